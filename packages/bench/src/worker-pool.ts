/** The processes that are measured, one per peer and layer, asked one at a time so that they never compete. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Layer } from './layers.ts'
import type { PeerName } from './peers.ts'
import type { Sample, Slice } from './worker.ts'

export interface Worker {
  readonly name: PeerName
  readonly layer: Layer
  readonly time: (slice: Slice) => Promise<Sample>
  readonly close: () => void
}

/**
 * Starts a worker and waits until its answers have been compared.
 * @throws Error with what the worker said, when an answer differs or the peer does not start.
 */
export const openWorker = async (name: PeerName, layer: Layer): Promise<Worker> => {
  const child = fork(new URL('worker.ts', import.meta.url), [name, layer], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const reply = replies(child)
  await reply()
  return {
    name,
    layer,
    time: (slice) => {
      child.send(slice)
      return reply() as Promise<Sample>
    },
    close: () => child.kill(),
  }
}

const replies = (child: ChildProcess) => {
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-10_000)
  })
  const left = once(child, 'close').then(() => {
    throw new Error(said)
  })
  left.catch(() => undefined)
  return async (): Promise<unknown> => {
    const [message] = await Promise.race([once(child, 'message'), left])
    return message
  }
}
