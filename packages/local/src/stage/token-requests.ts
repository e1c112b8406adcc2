/**
 * Access tokens of a target's user pool, as an app gets them. The issuer is found by the endpoint's metadata (RFC 9728
 * §3), and its endpoints by discovery (OpenID Connect Discovery 1.0 §4).
 */
import * as client from 'openid-client'
import { CommandFailed, kindOf } from '../usage-error.ts'
import type { Machine, Target } from './target.ts'

/** Seconds that each request to the issuer may take. */
const patienceSeconds = 10

/** URL of the metadata of an endpoint (RFC 9728 §3.1). */
export function metadataUrlOf(endpoint: string): string {
  const { origin, pathname } = new URL(endpoint)
  return `${origin}/.well-known/oauth-protected-resource${pathname}`
}

function settingsOf({ endpoint }: Target): client.DiscoveryRequestOptions {
  const isLaptop = new URL(endpoint).hostname === '127.0.0.1'
  return { timeout: patienceSeconds, ...(isLaptop && { execute: [client.allowInsecureRequests] }) }
}

/**
 * The code of an OAuth error, in a body (RFC 6749 §5.2) or in a challenge, or the kind of another error. No other text
 * of a server or a library is printed.
 */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'the answer is no JSON'
  const isChallenge = error instanceof client.WWWAuthenticateChallengeError
  const parameters = isChallenge ? error.cause[0]?.parameters : error
  const { error: code } = (parameters ?? {}) as { readonly error?: unknown }
  return typeof code === 'string' && /^[a-z_]{1,40}$/.test(code) ? code : kindOf(error)
}

async function attempt<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof CommandFailed ? error : new CommandFailed(`${what}: ${reasonOf(error)}.`)
  }
}

/** The issuers that the metadata of the target list. @throws CommandFailed when the metadata can't be read */
export function issuersOf({ endpoint }: Target): Promise<readonly string[]> {
  const url = metadataUrlOf(endpoint)
  return attempt(`The metadata at ${url} can't be read`, async () => {
    const response = await fetch(url, { signal: AbortSignal.timeout(patienceSeconds * 1000) })
    if (!response.ok) throw new CommandFailed(`The metadata at ${url} can't be read: status ${response.status}.`)
    const { authorization_servers: issuers } = Object(await response.json()) as { authorization_servers?: unknown }
    return (Array.isArray(issuers) ? issuers : []).map(String)
  })
}

/** The issuer of the target's user pool. @throws CommandFailed when the metadata can't be read, or do not list it */
async function issuerOf(target: Target): Promise<URL> {
  const issuer = (await issuersOf(target)).find((each) => each.endsWith(`/${target.userPool}`))
  const found = issuer === undefined ? null : URL.parse(issuer)
  if (found) return found
  throw new CommandFailed(`The metadata at ${metadataUrlOf(target.endpoint)} do not list the pool ${target.userPool}.`)
}

/** Configuration of a client at the issuer of the target. */
async function clientOf(target: Target, id: string, authentication: client.ClientAuth): Promise<client.Configuration> {
  const issuer = await issuerOf(target)
  return attempt(`The issuer ${issuer} can't be used`, () =>
    client.discovery(issuer, id, undefined, authentication, settingsOf(target)),
  )
}

/** A started authorization request (RFC 6749 §4.1.1) with PKCE (RFC 7636). */
export interface Started {
  /** The address to open in a browser. */
  readonly url: string
  /** Returns the access token for the answer at the redirect URI. @throws CommandFailed when the issuer refuses */
  readonly redeem: (answer: URL) => Promise<string>
}

/** A new value of the parameter `state`. */
export function newState(): string {
  return client.randomState()
}

/** Starts an authorization request of the web app. @throws CommandFailed when the issuer can't be used */
export async function startSignIn(
  target: Target,
  { redirectUri, state, scope }: { readonly redirectUri: string; readonly state: string; readonly scope: string },
): Promise<Started> {
  const config = await clientOf(target, target.webClient, client.None())
  const verifier = client.randomPKCECodeVerifier()
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope,
    state,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  const redeem = (answer: URL) =>
    attempt('The sign-in failed', async () => {
      const checks = { pkceCodeVerifier: verifier, expectedState: state }
      return (await client.authorizationCodeGrant(config, answer, checks)).access_token
    })
  return { url: url.href, redeem }
}

/** A token of a program (RFC 6749 §4.4). @throws CommandFailed when the issuer can't be used, or refuses */
export async function machineToken(target: Target, { id, secret }: Machine, scope: string): Promise<string> {
  const config = await clientOf(target, id, client.ClientSecretBasic(secret))
  return attempt('The program gets no token', async () => {
    return (await client.clientCredentialsGrant(config, { scope })).access_token
  })
}
