/** Bounds expensive work: how much of it runs at once, and how much may wait. */

/** The refusal of work, because too much of it waits already. */
export class BusyError extends Error {
  override readonly name = 'BusyError'

  constructor() {
    super('too much work is waiting')
  }
}

/** Numbers of acts, at most. */
export interface WorkQueueSettings {
  readonly runningMax: number
  readonly waitingMax: number
}

/** Runs `act` in its turn. @throws BusyError, without running it, when too many acts are waiting */
export type WorkQueue = <T>(act: () => Promise<T>) => Promise<T>

/** Creates a queue without acts. */
export function createWorkQueue({ runningMax, waitingMax }: WorkQueueSettings): WorkQueue {
  const waiting: (() => void)[] = []
  let running = 0

  /** An act that ends gives its place to the first one that waits. */
  async function turn(): Promise<void> {
    if (running >= runningMax) return new Promise((begin) => void waiting.push(begin))
    running += 1
  }

  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }

  return async (act) => {
    if (running >= runningMax && waiting.length >= waitingMax) throw new BusyError()
    await turn()
    try {
      return await act()
    } finally {
      leave()
    }
  }
}
