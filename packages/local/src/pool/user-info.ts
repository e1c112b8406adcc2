/**
 * The endpoint of user information
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/userinfo-endpoint.html). oidc-provider's own refuses JWTs.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApiTokens } from './api/api-tokens.ts'
import type { People } from './people/people.ts'
import type { Person } from './people/pool-person.ts'

/** Members by scope. Cognito writes `email_verified` as a text. */
const membersOf: Readonly<Record<string, (person: Person) => object>> = {
  openid: ({ sub, username }) => ({ sub, username }),
  email: ({ email, emailVerified }) => (email === undefined ? {} : { email, email_verified: String(emailVerified) }),
  profile: ({ name }) => (name === undefined ? {} : { name }),
}

function send(response: ServerResponse, status: number, body: object): void {
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
  const challenge = { 'www-authenticate': 'Bearer error="invalid_token"' }
  response.writeHead(status, { ...headers, ...(status === 401 && challenge) }).end(JSON.stringify(body))
}

/** Answers for an access token with the scope `openid` whose sign-in has not been ended (RFC 6750 §2.1). */
export async function answerUserInfo(
  tokens: ApiTokens,
  people: People,
  { headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, token = ''] = /^Bearer +([\w.-]{1,8192})$/i.exec(headers.authorization ?? '') ?? []
  const claims = await tokens.read(token)
  const scopes = String(claims?.scope).split(' ')
  const person = people.bySub(String(claims?.sub))
  if (!person || !scopes.includes('openid')) return send(response, 401, { error: 'invalid_token' })
  const members = Object.entries(membersOf).filter(([scope]) => scopes.includes(scope))
  send(response, 200, Object.assign({}, ...members.map(([, read]) => read(person))))
}
