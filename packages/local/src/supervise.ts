/** Keeps a program running: when it ends, it is restarted, with a delay that grows. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** A supervised program. */
export interface Supervised {
  /** Ends the program without a restart; resolves after its exit. */
  readonly stop: () => Promise<void>
}

/** Milliseconds. */
const firstDelay = 200
const longestDelay = 5_000
/** After this uptime, the delay is reset. */
const settled = 10_000
/** Time between SIGTERM and SIGKILL. */
const grace = 3_000

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), grace)
  await gone
  clearTimeout(force)
}

/** Watches `child` and replaces it by `start()` whenever it ends, except after `stop`. `report` receives the reason. */
export function supervise(child: ChildProcess, start: () => ChildProcess, report: (words: string) => void): Supervised {
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
      report(`ended (${signal ?? code}); starting it again in ${delay} ms`)
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
