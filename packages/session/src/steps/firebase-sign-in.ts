/** Begins a session for a person of Firebase: `POST /session/firebase`. */
import { AppError } from '@fieldnotes/core/error'
import type { User } from '@fieldnotes/core/principal'
import type { CookieSecret } from '../crypto/cookie-secret.ts'
import { noContent } from '../http/answers.ts'
import type { Event, Result } from '../http/event.ts'
import { beginSession } from './begin-session.ts'
import { endReplaced, signedInCookies } from './replace-session.ts'
import { nowOf, personOf, type SessionParts } from './session-parts.ts'

/** Seconds since the sign-in at Firebase, at most: its ID tokens are renewed indefinitely without the person. */
const maxAge = 300

/** Characters of a body, at most. Firebase's ID tokens have about 1,000. */
const bodyMax = 16_384

/** What the step needs beside its parts. */
export interface FirebaseOptions {
  /** Names of the issuers whose tokens are Firebase's; empty where no project is trusted. */
  readonly firebaseNames: readonly string[]
}

/**
 * Exchanges an ID token for tokens of our own issuer, whose refresh token holds the session. The issuer takes each ID
 * token once. The session that the browser had is ended.
 * @throws NOT_FOUND where no Firebase project is trusted; BAD_USER_INPUT for another body; UNAUTHENTICATED for a
 * token that is not accepted, not of Firebase, or of a sign-in that is older than 5 minutes (remedy STEP_UP, RFC 9470);
 * UNAVAILABLE
 */
export async function signInWithFirebase(parts: SessionParts, event: Event, options: FirebaseOptions): Promise<Result> {
  if (options.firebaseNames.length === 0) throw new AppError('NOT_FOUND', 'no Firebase project is trusted')
  const idToken = idTokenOf(event)
  const user = await userOf(parts, idToken, options)
  assertRecent(user, nowOf(parts))
  const session = await begin(parts, { idToken, user, userAgent: event.headers['user-agent'] })
  await endReplaced(parts, event)
  return noContent({ cookies: signedInCookies(session) })
}

function idTokenOf({ body = '', isBase64Encoded }: Event): string {
  if (body.length > bodyMax) throw badBody('a body of more than 16,384 characters')
  const { idToken } = parsed(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body)
  if (typeof idToken === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(idToken)) return idToken
  throw badBody('no ID token')
}

function parsed(text: string): { readonly idToken?: unknown } {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    throw badBody('a body that is no JSON')
  }
}

function badBody(reason: string): AppError {
  return new AppError('BAD_USER_INPUT', reason, { extensions: { path: 'idToken' } })
}

/** The person of an ID token, judged as the endpoint judges it. Tokens of other issuers are for the endpoint alone. */
async function userOf({ identity }: SessionParts, idToken: string, { firebaseNames }: FirebaseOptions): Promise<User> {
  const caller = await identity.authenticate({ authorization: [`Bearer ${idToken}`] })
  if (caller.kind === 'user' && firebaseNames.includes(caller.issuer)) return caller
  throw new AppError('UNAUTHENTICATED', 'not an ID token of Firebase')
}

function assertRecent({ authenticatedAt = 0 }: User, now: number): void {
  if (now - authenticatedAt <= maxAge) return
  throw new AppError('UNAUTHENTICATED', 'sign_in_too_old', { remedy: { kind: 'STEP_UP', maxAge } })
}

interface Judged {
  readonly idToken: string
  readonly user: User
  readonly userAgent: string | undefined
}

/** Tokens that get no session are revoked: no sign-in is without an owner. */
async function begin(parts: SessionParts, judged: Judged): Promise<CookieSecret> {
  const { ownIssuer } = parts
  const { idToken, user, userAgent } = judged
  const { accessToken, refreshToken } = await ownIssuer.exchange(idToken)
  try {
    const person = await personOf(parts, accessToken)
    if (person.id !== user.id) throw new AppError('UNAUTHENTICATED', 'two tokens of different persons')
    const named = { ...person, name: person.name ?? user.name, email: person.email ?? user.email }
    const source = { issuer: user.issuer, subject: user.subject }
    return await beginSession(parts, { person: named, heldBy: 'own', accessToken, refreshToken, userAgent, source })
  } catch (error) {
    await ownIssuer.revoke(refreshToken).catch(() => undefined)
    throw error
  }
}
