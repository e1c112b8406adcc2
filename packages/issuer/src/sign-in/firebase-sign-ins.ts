/** People of Firebase. Their browser signs in at Identity Toolkit, and sends the ID token: no password comes here. */
import { AppError } from '@fieldnotes/core/error'
import type { Identity } from '@fieldnotes/identity/identity'
import { type TakeOnce, takeIdToken } from './id-token-use.ts'
import { signedInPerson } from './person-of-token.ts'
import type { FirebaseSettings } from './sign-in-settings.ts'
import type { SignedInPerson } from './signed-in-person.ts'

/** Sign-ins at Firebase. */
export interface FirebaseSignIns {
  /** Where the page signs in: Identity Toolkit's `accounts:signInWithPassword`, with the project's API key. */
  readonly url: string
  /**
   * The person of an ID token that was never used to sign in here.
   * @throws BAD_USER_INPUT for another text, for a sign-in that is older than 5 minutes, and for a token that was used;
   * UNAUTHENTICATED for a token that is not accepted; UNAVAILABLE
   */
  readonly personOf: (idToken: string) => Promise<SignedInPerson>
}

/** What judges ID tokens. */
export interface FirebaseParts {
  /** Accepts ID tokens of the Firebase project alone. */
  readonly identity: Pick<Identity, 'requireCaller'>
  readonly takeOnce: TakeOnce
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/** Seconds since the sign-in, at most: ID tokens are renewed indefinitely without the person. */
const signInSecondsMax = 300

/** Seconds for which a used ID token is remembered. Firebase's end after an hour, and this one is 5 minutes old. */
const rememberedSeconds = 3600

/** Creates them. */
export function firebaseSignIns(
  settings: FirebaseSettings,
  { identity, takeOnce, clock }: FirebaseParts,
): FirebaseSignIns {
  return {
    url: `${settings.identityToolkit}/v1/accounts:signInWithPassword?key=${settings.apiKey}`,
    personOf: async (idToken) => {
      assertForm(idToken)
      const person = await signedInPerson(idToken, identity)
      const now = clock() / 1000
      if (now - person.authTime > signInSecondsMax) throw refused('the sign-in at Firebase is too old')
      if (!(await takeIdToken(takeOnce, idToken, now + rememberedSeconds)))
        throw refused('the ID token was used before')
      return person
    },
  }
}

function assertForm(idToken: string): void {
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(idToken)) throw refused('no ID token')
}

function refused(reason: string): AppError {
  return new AppError('BAD_USER_INPUT', reason, { extensions: { path: 'id_token' } })
}
