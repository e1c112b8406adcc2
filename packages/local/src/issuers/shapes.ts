/** What the tokens of the two providers look like, claim by claim. */
import { createHash, randomUUID } from 'node:crypto'

/** Whom a token is for, and what it says. Times are in seconds since the epoch. */
export interface Wish {
  readonly issuer: string
  readonly person: string
  readonly issuedAt: number
  readonly expiresAt: number
  /** Scopes in our spelling, separated by spaces. Without it the person gets what the provider gives by default. */
  readonly scope?: string | undefined
  readonly groups: readonly string[]
}

export type Claims = Readonly<Record<string, unknown>>

/** The app client of the local user pool. */
export const clientId = 'localclient0001'

/** The Firebase project. Projects named `demo-…` exist nowhere else. */
export const projectId = 'demo-fieldnotes'

/** What a person may do at first: everything but reading the audit trail. */
export const defaultScope = 'notes:read notes:write notes:share notes:trash'

function digest(issuer: string, person: string): Buffer {
  return createHash('sha256').update(`${issuer} ${person}`).digest()
}

/** The same person always has the same `sub`: a UUID at Cognito. */
export function cognitoSubject(person: string): string {
  return digest('cognito', person)
    .toString('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5')
}

/** The same person always has the same `sub`: 28 letters and digits at Firebase. */
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

/** A resource server's scope is `identifier/name` at Cognito. */
function spell(scope: string): string {
  return scope.replace(/(^| )notes:/g, '$1notes/')
}

/** An access token of an Amazon Cognito user pool (its trigger, `packages/api/src/pre-token.ts`, adds name and address). */
export function cognitoClaims({ issuer, person, issuedAt, expiresAt, scope = defaultScope, groups }: Wish): Claims {
  return {
    sub: cognitoSubject(person),
    ...(groups.length > 0 && { 'cognito:groups': groups }),
    iss: issuer,
    version: 2,
    client_id: clientId,
    origin_jti: randomUUID(),
    event_id: randomUUID(),
    token_use: 'access',
    scope: spell(scope),
    auth_time: issuedAt,
    exp: expiresAt,
    iat: issuedAt,
    jti: randomUUID(),
    username: person,
    ...profile(person, 'cognito.example'),
  }
}

/** An ID token of Firebase Authentication. `groups` and `scope` are custom claims. */
export function firebaseClaims({ issuer, person, issuedAt, expiresAt, scope, groups }: Wish): Claims {
  const sub = firebaseSubject(person)
  const { name, email, email_verified } = profile(person, 'firebase.example')
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
