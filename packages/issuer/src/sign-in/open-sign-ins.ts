/** The providers at which people sign in. It is loaded with the first request that needs it. */
import type { Identity } from '@fieldnotes/identity/identity'
import { type FirebaseParts, type FirebaseSignIns, firebaseSignIns } from './firebase-sign-ins.ts'
import { createPoolClient, type PoolClientOptions } from './pool-client.ts'
import { type PoolSignIns, poolSignIns } from './pool-sign-ins.ts'
import type { SignInSettings } from './sign-in-settings.ts'

/** Sign-ins at each provider, with the secrets of the cookies. */
export interface SignIns extends Pick<SignInSettings, 'cookieSecrets'> {
  readonly pool: PoolSignIns
  /** Undefined where people of Firebase don't sign in at these pages. */
  readonly firebase: FirebaseSignIns | undefined
}

/** What they need beside their settings. */
export interface SignInsParts extends PoolClientOptions, Omit<FirebaseParts, 'identity'> {
  readonly identities: SignInIdentities
}

/** What judges the tokens of a sign-in: those of this client of the user pool alone, and of the project alone. */
export interface SignInIdentities {
  readonly pool: (clientId: string) => Identity
  readonly firebase: () => Identity
}

/** Opens them. Nothing is sent before the first sign-in. */
export function openSignIns(settings: SignInSettings, parts: SignInsParts): SignIns {
  const { userPool, firebase, cookieSecrets } = settings
  const { pool, firebase: ofProject } = parts.identities
  return {
    pool: poolSignIns(createPoolClient(userPool, parts), pool(userPool.clientId)),
    firebase: firebase && firebaseSignIns(firebase, { ...parts, identity: ofProject() }),
    cookieSecrets,
  }
}
