/** The grant of token exchange at oidc-provider: a person's token in, a smaller one for the next hop out. */
import type { Log } from '@fieldnotes/core/log'
import type Provider from 'oidc-provider'
import type { TokenEndpointGrantContext } from 'oidc-provider'
import {
  buildTokenResponse,
  checkDpopReplay,
  checkDpopRequired,
  validateDpop,
} from 'oidc-provider/lib/helpers/grants.js'
import { type ActClaim, actFor } from '../exchange/act-claim.ts'
import { ExchangeRefusal } from '../exchange/exchange-refusal.ts'
import { type ExchangeRequest, type GivenParameters, parseExchange, tokenType } from '../exchange/exchange-request.ts'
import { grantedScopes } from '../exchange/granted-scopes.ts'
import { type JudgedSubject, judgeSubject, type ProvenKey, type SubjectParts } from '../exchange/subject.ts'
import type { ClientRow, ExchangeGrant, SignInGrant } from '../grants/client-rows.ts'
import type { TakeOnce } from '../sign-in/id-token-use.ts'
import type { ModelStore } from './model-store.ts'
import { lifetimeUnderPolicies } from './narrowed-server.ts'
import { answering } from './oauth-errors.ts'
import { rowOf } from './registered-client.ts'
import { ceilingAt, resourceServer } from './resource-servers.ts'
import { refreshTokenFor } from './sign-in-exchange.ts'

/** Claims of an exchanged token beside those that oidc-provider writes. */
export type SignInClaims = { readonly act?: ActClaim; readonly auth_time: number; readonly login_id: string }

/** Token → its further claims, which oidc-provider reads when it signs. */
export type ClaimsOfTokens = WeakMap<object, SignInClaims>

/** What the grant needs. */
export interface ExchangeParts extends SubjectParts {
  readonly origin: string
  readonly claims: ClaimsOfTokens
  readonly takeOnce: TakeOnce
  readonly store: ModelStore
  readonly log: Log
}

type Context = TokenEndpointGrantContext<GivenParameters>

/** An exchange that is allowed. */
export interface Exchange {
  readonly grant: ExchangeGrant | SignInGrant
  readonly request: ExchangeRequest
  readonly subject: JudgedSubject
  readonly scopes: readonly string[]
  /** Undefined for a sign-in: the client is the app itself. */
  readonly act: ActClaim | undefined
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

/** Returns the handler of the grant. */
export function exchangeGrant(provider: Provider, parts: ExchangeParts): (ctx: Context) => Promise<void> {
  return async (ctx) => {
    const { client, params } = ctx.oidc
    const proof = await validateDpop(provider, ctx)
    checkDpopRequired(provider, ctx, proof)
    const exchange = await answering(() => decide(client, params, { ...parts, provenKey: proof?.thumbprint }))
    const token = new provider.AccessToken({
      accountId: exchange.subject.personId,
      client,
      gty: 'token_exchange',
    } as never)
    if (proof) await bind(provider, ctx, { token, proof })
    const { request, scopes, act, subject, expiresAt } = exchange
    token.scope = scopes.join(' ')
    token.exp = expiresAt
    token.resourceServer = new provider.ResourceServer(request.target, resourceServer(request.target, scopes))
    const signIn = { auth_time: subject.authTime, login_id: subject.loginId }
    parts.claims.set(token, { ...(act && { act }), ...signIn })
    ctx.oidc.entity('AccessToken', token)
    // Signed first: a key that is out of reach uses up no sign-in.
    const accessToken = await token.save()
    const refreshToken = await answering(() => refreshTokenFor({ ...parts, provider }, ctx, exchange))
    logExchange(parts.log, ctx, exchange)
    ctx.body = buildTokenResponse(provider, {
      accessToken,
      ...(refreshToken !== undefined && { refreshToken }),
      issuedTokenType: tokenType.access,
      tokenType: token.tokenType,
      expiresIn: token.remainingTTL,
      scope: token.scope,
    })
  }
}

/** @throws ExchangeRefusal; UNAVAILABLE when the subject can't be judged */
async function decide(
  client: Context['oidc']['client'],
  params: GivenParameters,
  parts: ExchangeParts & ProvenKey,
): Promise<Exchange> {
  const row = rowOf(client)
  const grant = row && exchangeOf(row)
  if (!grant) throw new ExchangeRefusal('unauthorized_client', 'the client may not exchange tokens')
  const request = parseExchange(params)
  const ceiling = ceilingAt(row, request.target, parts.origin)
  if (!ceiling) throw new ExchangeRefusal('invalid_target', 'the client has no such target')
  const subject = await judgeSubject(request, grant, parts)
  const act = 'refreshSeconds' in grant ? undefined : actFor(client.clientId, subject.actor)
  const scopes = grantedScopes(request.scopes, subject.scopes, ceiling.scopes)
  const now = Math.floor(parts.clock() / 1000)
  const lifetime = Math.min(ceiling.lifetimeSeconds, lifetimeUnderPolicies({ groups: new Set(subject.groups) }))
  const expiresAt = Math.min(now + lifetime, subject.expiresAt)
  if (expiresAt <= now) throw new ExchangeRefusal('invalid_request', 'subject_token is not valid', 'expired')
  return { grant, request, subject, scopes, act, expiresAt }
}

function exchangeOf(row: ClientRow): ExchangeGrant | SignInGrant | undefined {
  if (row.profile === 'session') return row.grants.sign_in
  return row.profile === 'service' ? row.grants.exchange : undefined
}

/** What is bound to which key. */
interface Binding {
  readonly token: InstanceType<Provider['AccessToken']>
  readonly proof: NonNullable<Awaited<ReturnType<typeof validateDpop>>>
}

/** Uses up the proof, and binds the token to its key (RFC 9449 §5). */
async function bind(provider: Provider, ctx: Context, { token, proof }: Binding): Promise<void> {
  await checkDpopReplay(provider, ctx, proof, ctx.oidc.client.clientId)
  token.setThumbprint('jkt', proof.thumbprint)
}

function logExchange(log: Log, ctx: Context, { request, subject, scopes, act }: Exchange): void {
  const { personId, loginId } = subject
  log('info', 'issuer.exchanged', {
    ...{
      requestId: ctx.get('x-request-id'),
      clientId: ctx.oidc.client.clientId,
      sub: personId,
      loginId,
      target: request.target,
      scope: scopes.join(' '),
    },
    act: actorsOf(act).join(' '),
  })
}

function actorsOf(claim: ActClaim | undefined): readonly string[] {
  return claim ? [claim.sub, ...actorsOf(claim.act)] : []
}
