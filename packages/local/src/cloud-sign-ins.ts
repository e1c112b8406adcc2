/** Where people sign in on the laptop. */
import type { IssuerSignOuts } from '@fieldnotes/api/inform-issuers'
import type { Log } from '@fieldnotes/core/log'
import { firebaseSignIn } from './firebase/sign-in.ts'
import { issuerNamed, type LocalIssuer } from './issuers/local-issuers.ts'
import type { Keys } from './issuers/signing-keys.ts'
import { createMailbox } from './mailbox/mailbox.ts'
import { createSignInSite } from './sign-in-site.ts'
import type { Site } from './site.ts'

/** The settings of the cloud that the sign-ins need. */
export interface SignInSettings {
  readonly folder: string
  readonly ephemeral: boolean
  readonly log: Log
}

/** What the sign-ins need beside those settings. */
export interface SignInParts {
  readonly origin: string
  readonly issuers: readonly LocalIssuer[]
  readonly keys: Keys
}

/** Where people sign in: the user pool, and Firebase. An ephemeral cloud keeps its people in memory. */
export function signInSites({ origin, issuers, keys }: SignInParts, settings: SignInSettings) {
  const { log, ephemeral } = settings
  const shared = { origin, folder: ephemeral ? undefined : settings.folder, log }
  const mailbox = createMailbox(log)
  const { issuer, privateJwk } = issuerNamed(issuers, 'cognito')
  const pool = createSignInSite({ ...shared, issuer, privateJwk, folderSecret: keys.cursorSecret, mailbox })
  const firebase = firebaseSignIn({ ...shared, issuer: issuerNamed(issuers, 'firebase'), deliver: mailbox.send })
  return {
    isCurrent: pool.isCurrent,
    sites: [pool.site, firebase.site] as readonly Site[],
    issuerSignOuts: { cognito: pool.endSignIns, firebase: firebase.endSignIns } satisfies IssuerSignOuts,
  }
}
