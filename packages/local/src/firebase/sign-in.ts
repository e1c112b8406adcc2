/**
 * A sign-in in the shape of Firebase Authentication, for the Firebase SDK after `connectAuthEmulator(auth, origin)`.
 * Laptop only; nothing that is deployed imports it.
 */
import { loadOnce } from '../gateway/load-once.ts'
import type { Site } from '../site.ts'
import type { PartsOptions } from './open-parts.ts'

const paths = /^\/(identitytoolkit\.googleapis\.com|securetoken\.googleapis\.com|emulator)\//

/** Answers requests at the sign-in's paths. Its code and its accounts are loaded with the first of them. */
export function firebaseSignIn(options: PartsOptions): Site {
  const load = loadOnce(async () => (await import('./serve.ts')).createServe(options))
  return async (request, response) => {
    if (!paths.test(request.url ?? '')) return false
    await (await load())(request, response)
    return true
  }
}
