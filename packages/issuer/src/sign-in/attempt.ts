/**
 * What a sign-in at a provider is recognised by. All of it follows from the id of the sign-in, which is in a signed
 * cookie of the browser that has begun it: nothing has to be stored, and no other browser can finish it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** `state`, `nonce` and PKCE's verifier (RFC 7636) of one sign-in, and the tokens of its forms. */
export interface Attempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** Of the form with which a person of Firebase signs in. */
  readonly signInToken: string
  /** Of the form that names this person: after another one has signed in, it agrees to nothing. */
  readonly formTokenFor: (personId: string) => string
}

/**
 * The attempts that a sign-in may be: by the secret of today, and by an earlier one, of which a provider or a form came
 * back. What is begun is of the first.
 */
export type Attempts = readonly [current: Attempt, ...earlier: Attempt[]]

/** The attempts of a sign-in, one for each secret. */
export function attemptsOf(uid: string, [secret, ...earlier]: readonly [string, ...string[]]): Attempts {
  return [attemptOf(uid, secret), ...earlier.map((each) => attemptOf(uid, each))]
}

function attemptOf(uid: string, secret: string): Attempt {
  const derived = (use: string) => createHmac('sha256', secret).update(`${use} ${uid}`).digest('base64url')
  return {
    state: derived('state'),
    nonce: derived('nonce'),
    verifier: derived('verifier'),
    signInToken: derived('sign-in form'),
    formTokenFor: (personId) => derived(`form ${personId}`),
  }
}

/** Compares a text that was sent with a secret one, in a time that says nothing. */
export function isSame(given: unknown, secret: string): boolean {
  const [one, other] = [Buffer.from(String(given)), Buffer.from(secret)]
  return one.length === other.length && timingSafeEqual(one, other)
}
