/** The measured processes, one per peer and layer. Only one is busy at a time, so that they never compete. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Layer } from '../contract/layers.ts'
import type { PeerName } from '../peers/peer-list.ts'
import { type Timed, timedNames } from '../world/operations.ts'
import type { Sample, Slice, Task } from './peer-process.ts'

/** The process of one peer at one layer. */
export interface Worker {
  readonly name: PeerName
  readonly layer: Layer
  /** Operations that can be timed, because their answers were compared. */
  readonly operations: readonly Timed[]
  readonly time: (slice: Slice) => Promise<Sample>
  /** @throws Error when an answer has changed */
  readonly compare: () => Promise<void>
  /** Ends the process and waits for its exit, so that its shutdown does not overlap the next measurement. */
  readonly close: () => Promise<void>
}

/**
 * Starts a worker and waits until its answers have been compared.
 * @throws Error with the worker's output, when an answer differs or the peer does not start
 */
export async function openWorker(name: PeerName, layer: Layer): Promise<Worker> {
  const child = fork(new URL('peer-process.ts', import.meta.url), [name, layer], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const gone = once(child, 'close')
  const reply = replies(child, `${name} (${layer})`)
  const send = (task: Task) => {
    child.send(task)
    return reply()
  }
  const compared = (await reply()) as string[]
  return {
    name,
    layer,
    operations: timedNames.filter((operation) => compared.includes(operation)),
    time: (slice) => send(slice) as Promise<Sample>,
    compare: async () => void (await send('compare')),
    close: async () => {
      child.kill()
      await gone
    },
  }
}

function replies(child: ChildProcess, who: string) {
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-10_000)
  })
  const left = once(child, 'close').then(([status, signal]) => {
    throw new Error(`${who} ended with ${signal ?? status}:\n${said}`)
  })
  left.catch(() => undefined)
  return async (): Promise<unknown> => {
    const [message] = await Promise.race([once(child, 'message'), left])
    return message
  }
}
