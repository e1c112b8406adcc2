/** Instants of sign-ins, which are stored in whole seconds. */

/** Seconds after which every door refuses a revoked credential: each reads the revocations again after 5. */
export const refusedSeconds = 10

/** RFC 3339 of seconds since the epoch. */
export function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
