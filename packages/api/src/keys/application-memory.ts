/** Applications as one instance remembers them: a key that was ended is refused after five seconds. */
import { createLru } from '@fieldnotes/policy/lru'
import type { Application } from './application.ts'

/** Milliseconds for which an application is used without reading it again, and also that there is none. */
export const freshMs = 5000

/** Applications that an instance remembers, and ids without one. */
const rememberedMax = 1000

/** Finds an application by its id. @throws UNAVAILABLE when it can't be read */
export type FindApplication = (id: string) => Promise<Application | undefined>

/**
 * Remembers what `read` returns. Requests that come during a read wait for it. What could not be read is not
 * remembered.
 */
export function rememberApplications(read: FindApplication, clock: () => number): FindApplication {
  const kept = createLru<string, { readonly at: number; readonly found: Promise<Application | undefined> }>(
    rememberedMax,
  )
  return (id) => {
    const now = clock()
    const known = kept.peek(id)
    // The absolute difference: a clock that is set back must not make a copy look fresh.
    if (known && Math.abs(now - known.at) < freshMs) return known.found
    kept.delete(id)
    const made = kept.get(id, () => ({ at: now, found: read(id) }))
    made.found.catch(() => {
      if (kept.peek(id) === made) kept.delete(id)
    })
    return made.found
  }
}
