/** Limits guesses of passwords: after five failures in a row, an address is refused for a minute. */
import { createKeyQueue } from '../key-queue.ts'
import { apiError } from './api-error.ts'

/** Runs checks of passwords, one after another for each address. */
export interface Attempts {
  /**
   * Runs `check` for `email`; resolves to its result.
   * @throws ApiError TOO_MANY_ATTEMPTS_TRY_LATER, without running it
   */
  readonly run: (email: string, check: () => Promise<boolean>) => Promise<boolean>
  /** Forgets the failures, after a new password was set. */
  readonly forget: (email: string) => void
}

interface Failures {
  readonly count: number
  readonly last: number
}

const failuresMax = 5
const pauseMilliseconds = 60_000
/** Addresses that are remembered; the one that failed first is forgotten first. */
const addressesMax = 10_000

/** `now` returns milliseconds since the epoch. Unknown addresses are counted like known ones. */
export function createAttempts(now: () => number): Attempts {
  const failures = new Map<string, Failures>()
  const queued = createKeyQueue()

  function record(email: string, passed: boolean): void {
    const { count } = recent(email)
    failures.delete(email)
    if (!passed) failures.set(email, { count: count + 1, last: now() })
    if (failures.size > addressesMax) failures.delete(failures.keys().next().value ?? '')
  }

  function recent(email: string): Failures {
    const found = failures.get(email)
    return found && now() - found.last < pauseMilliseconds ? found : { count: 0, last: 0 }
  }

  async function attempt(email: string, check: () => Promise<boolean>): Promise<boolean> {
    if (recent(email).count >= failuresMax) throw apiError('TOO_MANY_ATTEMPTS_TRY_LATER')
    const passed = await check()
    record(email, passed)
    return passed
  }

  return {
    /** Parallel guesses wait for each other: all of them at once are no more than five either. */
    async run(email, check) {
      const passed = queued(email, () => attempt(email, check))
      if (!passed) throw apiError('TOO_MANY_ATTEMPTS_TRY_LATER')
      return passed
    },
    forget: (email) => void failures.delete(email),
  }
}
