/** Exchanges a person's token for a smaller one at the issuer (RFC 8693), as a confidential client. */
import { NoAnswer } from './no-answer.ts'
import { parseObject, type SendOptions, type Sent, send } from './send.ts'

/** The confidential client, and the issuer's token endpoint. */
export interface ExchangeClient extends SendOptions {
  readonly tokenEndpoint: string
  readonly clientId: string
  /** Sent by `client_secret_basic` (RFC 6749 §2.3.1). Never logged. */
  readonly clientSecret: string
}

/** What the new token is for. */
export interface ExchangeTarget {
  /** The `aud` of the new token (RFC 8707). */
  readonly resource: string
  /** Exactly the scopes that it gets; the issuer refuses what it can't give, and narrows nothing. */
  readonly scopes: readonly string[]
}

/** The issuer refused, with a code of RFC 6749 §5.2 or RFC 8693 §2.2.2. */
export class ExchangeRefused extends Error {
  override readonly name = 'ExchangeRefused'
  readonly code: string
  /** `x-request-id` of the answer. */
  readonly requestId: string | undefined

  constructor(code: string, requestId?: string) {
    super(`the issuer refused: ${code}`)
    this.code = code
    this.requestId = requestId
  }
}

/** A new token. */
export interface Exchanged {
  readonly token: string
  /** Seconds for which it is valid, from the answer on. */
  readonly lifetimeSeconds: number
}

const tokenTypes = 'urn:ietf:params:oauth:token-type:'

/**
 * Returns a token for the target. The subject token is a JWT of any issuer that ours believes: an access token, or an
 * ID token of Firebase.
 * @throws ExchangeRefused when the issuer refuses; NoAnswer when it can't be reached, fails, or answers in another form
 */
export async function exchangeToken(
  subjectToken: string,
  { resource, scopes }: ExchangeTarget,
  { tokenEndpoint, clientId, clientSecret, ...bounds }: ExchangeClient,
): Promise<Exchanged> {
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: subjectToken,
    subject_token_type: `${tokenTypes}jwt`,
    requested_token_type: `${tokenTypes}access_token`,
    ...{ resource, scope: scopes.join(' ') },
  })
  const credentials = [clientId, clientSecret].map(encodeURIComponent).join(':')
  const authorization = `Basic ${btoa(credentials)}`
  const sent = await send(tokenEndpoint, { method: 'POST', headers: { authorization }, body }, bounds)
  if (sent.status >= 500 || sent.status === 429) throw new NoAnswer(`the issuer answered ${sent.status}`, sent)
  return exchangedOf(sent, scopes)
}

function exchangedOf(sent: Sent, scopes: readonly string[]): Exchanged {
  const { error, access_token: token, token_type: type, expires_in: lifetimeSeconds, scope } = parseObject(sent)
  const { status, requestId } = sent
  if (status !== 200) throw new ExchangeRefused(isCode(error) ? error : 'unknown', requestId)
  const isBearer = typeof type === 'string' && type.toLowerCase() === 'bearer'
  const isLasting = typeof lifetimeSeconds === 'number' && lifetimeSeconds > 0
  if (typeof token === 'string' && token !== '' && isBearer && isExactly(scope, scopes) && isLasting)
    return { token, lifetimeSeconds }
  throw new NoAnswer('not a token answer', { requestId })
}

/**
 * Whether a token has the requested scopes: an answer lists them in any order (RFC 6749 §3.3), or not at all (§5.1).
 */
function isExactly(scope: unknown, requested: readonly string[]): boolean {
  if (scope === undefined) return true
  return typeof scope === 'string' && sorted(scope.split(' ')) === sorted(requested)
}

function sorted(scopes: readonly string[]): string {
  return [...scopes].sort().join(' ')
}

function isCode(error: unknown): error is string {
  return typeof error === 'string' && /^\w{1,64}$/.test(error)
}
