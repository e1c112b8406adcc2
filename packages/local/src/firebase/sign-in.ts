/**
 * A sign-in in the shape of Firebase Authentication, for the Firebase SDK after `connectAuthEmulator(auth, origin)`.
 * Laptop only; nothing that is deployed imports it.
 */
import { loadOnce } from '@fieldnotes/core/load-once'
import type { Site } from '../site.ts'
import type { PartsOptions } from './open-parts.ts'

const paths = /^\/(identitytoolkit\.googleapis\.com|securetoken\.googleapis\.com|emulator)\//

/** The site, and what the cloud does with its accounts. */
export interface FirebaseSignIn {
  readonly site: Site
  /** `revokeRefreshTokens` of the Admin SDK: ends every sign-in of an account, if there is one. */
  readonly endSignIns: (localId: string) => Promise<void>
}

/** Answers requests at the sign-in's paths. Its code and its accounts are loaded with the first of them. */
export function firebaseSignIn(options: PartsOptions): FirebaseSignIn {
  const load = loadOnce(async () => (await import('./serve.ts')).createServe(options))
  return {
    site: async (request, response) => {
      if (!paths.test(request.url ?? '')) return false
      await (await load()).serve(request, response)
      return true
    },
    endSignIns: async (localId) => (await load()).endSignIns(localId),
  }
}
