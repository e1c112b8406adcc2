/** Where people sign in for an app of this issuer: it has no passwords of its own. */
import { publicUrlFaults } from '@fieldnotes/core/public-url'
import type { Issuer } from '@fieldnotes/identity/issuer'

/** The user pool as an OAuth server, and this issuer's confidential client there. */
export interface UserPool {
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly jwksUri: string
  readonly clientId: string
  /** Never logged. */
  readonly clientSecret: string
  /** Scopes to request, as the pool writes them, separated by spaces. */
  readonly scope: string
  /** Whether its answers name it (RFC 9207). Cognito's do not. */
  readonly namesItself: boolean
}

/** A Firebase project whose people may sign in at the issuer's pages. */
export interface FirebaseSettings {
  /** The project's Web API key. It is public: it names the project, and opens nothing. */
  readonly apiKey: string
  /** URL of Identity Toolkit, where browsers send the password. */
  readonly identityToolkit: string
}

/** Identity Toolkit of every Firebase project. */
export const identityToolkit = 'https://identitytoolkit.googleapis.com'

/** What the authorization endpoint needs. Without it the issuer has no such endpoint. */
export interface SignInSettings {
  readonly userPool: UserPool
  /** Undefined where people of Firebase don't sign in at these pages. */
  readonly firebase?: FirebaseSettings
  /**
   * Secrets of at least 32 characters. The first signs the cookies of a sign-in that is under way; the others are
   * accepted until those have ended, 10 minutes after a rotation.
   */
  readonly cookieSecrets: readonly [string, ...string[]]
}

/** Whose tokens are believed, and whether addresses of this machine are accepted. */
interface TrustSettings {
  readonly issuers: readonly Issuer[]
  readonly loopbackIssuers: 'refuse' | 'trust'
}

const secretCharsMin = 32

/** Returns one sentence for each fault. None quotes a secret. */
export function signInFaults(
  { userPool, firebase, cookieSecrets }: SignInSettings,
  { issuers, loopbackIssuers }: TrustSettings,
): readonly string[] {
  const { issuer, authorizationEndpoint, tokenEndpoint, jwksUri, clientId, clientSecret } = userPool
  const isTrusted = issuers.some((row) => row.kind === 'cognito' && row.issuer === issuer)
  const addresses = { issuer, authorizationEndpoint, tokenEndpoint, jwksUri }
  return [
    ...(cookieSecrets.length > 0 && cookieSecrets.every(({ length }) => length >= secretCharsMin)
      ? []
      : [`signIn.cookieSecrets: not each has at least ${secretCharsMin} characters`]),
    ...(clientId && clientSecret ? [] : ['signIn.userPool: the client has no id or no secret']),
    ...(isTrusted ? [] : ['signIn.userPool: no row of issuers is of this user pool']),
    ...Object.entries(loopbackIssuers === 'refuse' ? addresses : {}).flatMap(([name, url]) =>
      publicUrlFaults(url).map((fault) => `signIn.userPool.${name} ${fault}`),
    ),
    ...(firebase ? firebaseFaults(firebase, { issuers, loopbackIssuers }) : []),
  ]
}

function firebaseFaults(
  { apiKey, identityToolkit: url }: FirebaseSettings,
  { issuers, loopbackIssuers }: TrustSettings,
): readonly string[] {
  const isGoogle = loopbackIssuers === 'trust' ? URL.canParse(url) : url === identityToolkit
  return [
    ...(/^[\w-]{1,128}$/.test(apiKey) ? [] : ['signIn.firebase.apiKey: not 1 to 128 letters, digits, - and _']),
    ...(isGoogle ? [] : ['signIn.firebase.identityToolkit: not that of Google']),
    ...(issuers.some(({ kind }) => kind === 'firebase') ? [] : ['signIn.firebase: no row of issuers is of Firebase']),
  ]
}
