/** Claims of the tokens of Amazon Cognito, of Firebase Authentication and of our own issuer. */
import { createHash, randomUUID } from 'node:crypto'
import { personId } from '@fieldnotes/identity/person-id'

/** Subject and contents of a token. Times are in seconds since the epoch. */
export interface TokenContents {
  readonly issuer: string
  readonly person: string
  readonly issuedAt: number
  readonly expiresAt: number
  /** Scopes as the API names them, separated by spaces. The provider's default applies when it is undefined. */
  readonly scope?: string | undefined
  readonly groups: readonly string[]
}

/** Claims of a JWT. */
export type Claims = Readonly<Record<string, unknown>>

/** App client of the local user pool. */
export const clientId = 'localclient0001'

/** Path of the local user pool below the origin: the issuer of its tokens. */
export const poolPath = '/cognito/eu-west-1_Local0001'

/** Client of our own issuer: the command line. */
export const ownClientId = 'terminal'

/** App client of programs that act for themselves. */
export const machineClientId = 'localmachine0001'

/** App client of browser sessions: it has a secret, and its tokens never reach a browser. */
export const sessionClientId = 'localsession0001'

/** App client of our own issuer at the user pool: people sign in there for apps of the issuer. */
export const issuerClientId = 'localissuer0001'

/** Firebase project. A name that starts with `demo-` never is a real project. */
export const projectId = 'demo-fieldnotes'

/** Default scopes of a person: all but reading the audit trail. */
export const defaultScope = 'notes:read notes:write notes:share notes:trash'

function digest(issuer: string, person: string): Buffer {
  return createHash('sha256').update(`${issuer} ${person}`).digest()
}

/** Deterministic `sub` of a person at Cognito, in the form of a UUID. */
export function cognitoSubject(person: string): string {
  return digest('cognito', person)
    .toString('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5')
}

/** Deterministic `sub` of a person at Firebase: 28 letters and digits. */
export function firebaseSubject(person: string): string {
  return digest('firebase', person)
    .toString('base64')
    .replace(/[^a-zA-Z0-9]/g, '')
    .padEnd(28, '0')
    .slice(0, 28)
}

function profile(person: string, host: string) {
  return {
    name: person.charAt(0).toUpperCase() + person.slice(1),
    email: `${person}@${host}`,
    email_verified: true,
  }
}

/** Name and e-mail address of a person at Firebase. */
export function firebaseProfile(person: string) {
  return profile(person, 'firebase.example')
}

/** The API's scopes as a user pool writes them, `identifier/name`. Other scopes stay as they are. */
export function poolScopes(scope: string): string {
  return scope.replace(/(^| )notes:/g, '$1notes/')
}

/**
 * Claims of an access token of a Cognito user pool, including the name and e-mail address that the trigger
 * `packages/api/src/pre-token.ts` adds.
 */
export function cognitoClaims({
  issuer,
  person,
  issuedAt,
  expiresAt,
  scope = defaultScope,
  groups,
}: TokenContents): Claims {
  return {
    sub: cognitoSubject(person),
    ...(groups.length > 0 && { 'cognito:groups': groups }),
    iss: issuer,
    version: 2,
    client_id: clientId,
    origin_jti: randomUUID(),
    event_id: randomUUID(),
    token_use: 'access',
    scope: poolScopes(scope),
    auth_time: issuedAt,
    exp: expiresAt,
    iat: issuedAt,
    jti: randomUUID(),
    username: person,
    ...profile(person, 'cognito.example'),
  }
}

/** Claims of an ID token of Firebase Authentication. `groups` and `scope` are custom claims. */
export function firebaseClaims({ issuer, person, issuedAt, expiresAt, scope, groups }: TokenContents): Claims {
  const sub = firebaseSubject(person)
  const { name, email, email_verified } = firebaseProfile(person)
  return {
    name,
    ...(scope !== undefined && { scope }),
    ...(groups.length > 0 && { groups }),
    iss: issuer,
    aud: projectId,
    auth_time: issuedAt,
    user_id: sub,
    sub,
    iat: issuedAt,
    exp: expiresAt,
    email,
    email_verified,
    firebase: { identities: { email: [email] }, sign_in_provider: 'password' },
  }
}

/** Id of a person of the user pool at `origin`. Our own issuer names people by it. */
function poolPersonId(origin: string, person: string): string {
  return personId(origin + poolPath, cognitoSubject(person))
}

/**
 * Claims of an access token of our own issuer (RFC 9068 §2.2), as exchanged for a token of the user pool: the same
 * person, by id. It has no groups.
 */
export function fieldnotesClaims({ issuer, person, issuedAt, expiresAt, scope = defaultScope }: TokenContents): Claims {
  const { origin } = new URL(issuer)
  return {
    iss: issuer,
    sub: poolPersonId(origin, person),
    aud: `${origin}/graphql`,
    client_id: ownClientId,
    scope,
    auth_time: issuedAt,
    login_id: randomUUID(),
    iat: issuedAt,
    exp: expiresAt,
    jti: randomUUID(),
    ...profile(person, 'cognito.example'),
  }
}
