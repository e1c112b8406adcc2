/** Keeps one program running: when it ends, it is started again, each time a little later. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

export interface Supervised {
  /** Ends the program for good; resolves when it is gone. */
  readonly stop: () => Promise<void>
}

/** Milliseconds. */
const firstDelay = 200
const longestDelay = 5_000
/** A program that ran this long was well; its next delay is the first again. */
const settled = 10_000
/** A program that was asked to end may take this long. */
const grace = 3_000

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), grace)
  await gone
  clearTimeout(force)
}

/** Watches `child`, and calls `start` for another whenever it ended without being asked to; `tell` hears why. */
export function supervise(child: ChildProcess, start: () => ChildProcess, tell: (words: string) => void): Supervised {
  let current = child
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let delay = firstDelay

  const watch = (): void => {
    const began = performance.now()
    current.on('error', () => {})
    current.once('exit', (code, signal) => {
      if (stopped) return
      if (performance.now() - began > settled) delay = firstDelay
      tell(`ended (${signal ?? code}); starting it again in ${delay} ms`)
      timer = setTimeout(restart, delay)
      delay = Math.min(delay * 2, longestDelay)
    })
  }
  const restart = (): void => {
    current = start()
    watch()
  }

  watch()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await end(current)
    },
  }
}
