/** Userinfo (OpenID Connect Core 1.0 §5.3): who the person of an access token of this issuer is. */
import { AppError } from '@fieldnotes/core/error'
import { hasOpaqueToken } from '@fieldnotes/core/verdict'
import type { Identity } from '@fieldnotes/identity/identity'
import type { Settings } from '@fieldnotes/identity/settings'
import type { APIGatewayProxyEventV2 as Event, APIGatewayProxyStructuredResultV2 as Result } from 'aws-lambda'
import type { TakeOnce } from '../sign-in/id-token-use.ts'
import { type ModelStore, modelAdapter } from './model-store.ts'

/** What the endpoint needs. */
export interface UserInfoParts {
  /** Accepts tokens of this issuer alone, opaque ones among them. */
  readonly identity: Pick<Identity, 'errorResponse' | 'requireCaller'>
  readonly store: ModelStore
  /** URL of the endpoint, which DPoP proofs name. */
  readonly url: string
}

/** The scope whose words on the page of consent have the name. */
const nameScope = 'notes:read'

/**
 * Answers with `sub`, and with `name` where the token may read the profile and the sign-in said a name. An address is
 * not among them: the endpoint has it.
 */
export function userInfo({ identity, store, url }: UserInfoParts): (event: Event) => Promise<Result> {
  return async ({ headers, requestContext: { http } }) => {
    try {
      const caller = await identity.requireCaller(headers, { method: http.method, url })
      if (caller.kind !== 'user') throw new AppError('FORBIDDEN', 'a program is no person')
      const name = caller.scopes.has(nameScope) ? await nameOf(headers.authorization, store) : undefined
      return result(200, {}, { sub: caller.id, ...(name !== undefined && { name }) })
    } catch (error) {
      const refused = identity.errorResponse(error)
      if (refused.status >= 500) throw error
      return result(refused.status, refused.headers, errorIn(refused.headers['www-authenticate']))
    }
  }
}

/** Proofs are used up here apart from those at the token endpoint: each names the URL that it is for. */
export function proofsAt(takeOnce: TakeOnce): NonNullable<Settings['proofs']> {
  return { consume: ({ thumbprint, id, until }) => takeOnce('userinfo proof', `${thumbprint} ${id}`, until) }
}

/** The code of a challenge. A request without a token gets none (RFC 6750 §3.1). */
function errorIn(challenge = ''): { readonly error?: string } {
  const error = /error="(\w+)"/.exec(challenge)?.[1]
  return error === undefined ? {} : { error }
}

function result(statusCode: number, headers: Readonly<Record<string, string>>, body: object): Result {
  const fixed = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  return { statusCode, headers: { ...headers, ...fixed }, body: JSON.stringify(body) }
}

/** The name that the person had at the sign-in. The grant of an app has it; those of own clients have none. */
async function nameOf(authorization: string | undefined, store: ModelStore): Promise<string | undefined> {
  if (!hasOpaqueToken(authorization)) return undefined
  const token = await modelAdapter('AccessToken', store).find(authorization?.split(/ +/)[1] ?? '')
  const grant = token && (await modelAdapter('Grant', store).find(String(token.grantId)))
  return typeof grant?.name === 'string' ? grant.name : undefined
}
