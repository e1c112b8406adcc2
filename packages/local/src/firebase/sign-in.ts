/**
 * A sign-in in the shape of Firebase Authentication, for the Firebase SDK after `connectAuthEmulator(auth, origin)`.
 * Laptop only; nothing that is deployed imports it.
 */
import type { Site } from '../site.ts'
import type { PartsOptions } from './open-parts.ts'
import type { Serve } from './serve.ts'

const paths = /^\/(identitytoolkit\.googleapis\.com|securetoken\.googleapis\.com|emulator)\//

/** Answers requests at the sign-in's paths. Its code and its accounts are loaded with the first of them. */
export function firebaseSignIn(options: PartsOptions): Site {
  let loading: Promise<Serve> | undefined
  return async (request, response) => {
    if (!paths.test(request.url ?? '')) return false
    loading ??= import('./serve.ts').then(({ createServe }) => createServe(options))
    await (await loading)(request, response)
    return true
  }
}
