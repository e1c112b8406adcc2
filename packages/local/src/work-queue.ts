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

/** Runs `act` after the earlier ones. @throws BusyError, without running it, when too many acts are waiting */
export type WorkQueue = <T>(act: () => Promise<T>) => Promise<T>

/** Creates a queue without acts. */
export function createWorkQueue({ runningMax, waitingMax }: WorkQueueSettings): WorkQueue {
  const waiting: (() => void)[] = []
  let running = 0

  async function enter(): Promise<void> {
    if (running >= runningMax) return new Promise((begin) => void waiting.push(begin))
    running += 1
  }

  /** The first act that waits takes the place of the one that ends. */
  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }

  return async (act) => {
    if (running >= runningMax && waiting.length >= waitingMax) throw new BusyError()
    await enter()
    try {
      return await act()
    } finally {
      leave()
    }
  }
}
