/** What one instance remembers of applications: a key that was ended is refused after five seconds. */
import { createLru } from '@fieldnotes/policy/lru'

/** Milliseconds for which what was read is used without reading it again, and also that there is nothing. */
export const freshMs = 5000

/** What was found under as many names, and as many names under which there is nothing. */
const rememberedMax = 1000

/** Finds what has this name. @throws UNAVAILABLE when it can't be read */
export type Find<Found> = (name: string) => Promise<Found | undefined>

/** A read, and milliseconds since the epoch at its beginning. */
interface Read<Found> {
  readonly at: number
  readonly found: Promise<Found | undefined>
}

/**
 * Remembers what `read` returns. Requests that come during a read wait for it. What could not be read is not
 * remembered. Names under which there is nothing, which callers invent, push out no others.
 */
export function rememberFound<Found>(read: Find<Found>, clock: () => number): Find<Found> {
  const [present, absent] = [
    createLru<string, Read<Found>>(rememberedMax),
    createLru<string, Read<Found>>(rememberedMax),
  ]
  const settle = (name: string, made: Read<Found>, found: Found | undefined): void => {
    if (found === undefined) return
    if (absent.peek(name) === made) absent.delete(name)
    present.get(name, () => made)
  }
  return (name) => {
    const now = clock()
    const known = present.peek(name) ?? absent.peek(name)
    // The absolute difference: a clock that is set back must not make a copy look fresh.
    if (known && Math.abs(now - known.at) < freshMs) return known.found
    present.delete(name)
    absent.delete(name)
    const made = absent.get(name, () => ({ at: now, found: read(name) }))
    made.found.then(
      (found) => settle(name, made, found),
      () => {
        if (absent.peek(name) === made) absent.delete(name)
      },
    )
    return made.found
  }
}
