/**
 * What one instance remembers of applications: a key that was ended is refused after five seconds, and a new one
 * accepted within a fifth of a second.
 */
import { createLru } from '@fieldnotes/policy/lru'

/** Milliseconds for which what was read is used without reading it again, and also that there is nothing. */
export const freshMs = 5000

/**
 * Milliseconds for which what was read is used where it would refuse a caller: forged keys cost five reads a second.
 */
export const freshRefusalMs = 200

/** What was found under as many names, and as many names under which there is nothing. */
const rememberedMax = 1000

/** Reads what has this name. @throws UNAVAILABLE when it can't be read */
export type Read<Found> = (name: string) => Promise<Found | undefined>

/**
 * Finds what has this name; what was read up to `forMs` milliseconds ago is not read again.
 * @throws UNAVAILABLE when it can't be read
 */
export type Find<Found> = (name: string, forMs?: number) => Promise<Found | undefined>

/** A read that was made, and milliseconds since the epoch at its beginning. */
interface Made<Found> {
  readonly at: number
  readonly found: Promise<Found | undefined>
}

/**
 * Remembers what `read` returns. Requests that come during a read wait for it, unless what was found before is fresh
 * enough for them. What could not be read is not remembered. Names under which there is nothing, which callers invent,
 * push out no others.
 */
export function rememberFound<Found>(read: Read<Found>, clock: () => number): Find<Found> {
  // A read that has not ended is among the absent.
  const [present, absent] = [
    createLru<string, Made<Found>>(rememberedMax),
    createLru<string, Made<Found>>(rememberedMax),
  ]
  const settle = (name: string, made: Made<Found>, found: Found | undefined): void => {
    const latest = absent.peek(name)
    if (latest !== undefined && latest !== made) return
    present.delete(name)
    if (found === undefined) return
    absent.delete(name)
    present.get(name, () => made)
  }
  const forget = (name: string, made: Made<Found>): void => {
    if (absent.peek(name) === made) absent.delete(name)
  }
  return (name, forMs = freshMs) => {
    const now = clock()
    // The absolute difference: a clock that is set back must not make a copy look fresh.
    const isFresh = (made: Made<Found> | undefined) => made !== undefined && Math.abs(now - made.at) < forMs
    const known = [present.peek(name), absent.peek(name)].find(isFresh)
    if (known) return known.found
    absent.delete(name)
    const made = absent.get(name, () => ({ at: now, found: read(name) }))
    made.found.then(
      (found) => settle(name, made, found),
      () => forget(name, made),
    )
    return made.found
  }
}
