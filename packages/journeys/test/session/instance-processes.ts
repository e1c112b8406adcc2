/** Instances that are processes of their own, on the tables and the user pool of one cloud. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Calls, InstanceSettings } from './instance.ts'
import type { Message } from './instance-process.ts'
import type { Step } from './instance-steps.ts'

const program = fileURLToPath(import.meta.resolve('./instance-process.ts'))

/** Compiled code of the first process, with which others start in a third of its time. */
const compileCache = fileURLToPath(new URL('../../../../node_modules/.cache/instances', import.meta.url))

/** A process that is one instance. */
export interface InstanceProcess extends Calls {
  /** The requests that it has sent since the last call of this, or of `endAt`. */
  readonly requests: () => Promise<readonly string[]>
  /** Lets the process end itself at a step of what it does next. */
  readonly endAt: (step: Step) => Promise<void>
  /** Resolves to the signal that has ended it. */
  readonly ended: Promise<NodeJS.Signals | null>
  readonly stop: () => Promise<void>
}

/** A message without its number. */
type Sent = Message extends infer Each ? (Each extends Message ? Omit<Each, 'id'> : never) : never

/** Starts a process. Seconds by which its clock is ahead may be given. The caller stops it. */
export async function startInstance(settings: InstanceSettings, ahead = 0): Promise<InstanceProcess> {
  const child = fork(program, { execArgv: [], env: { ...process.env, NODE_COMPILE_CACHE: compileCache } })
  const ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null)
  const request = createRequest(child)
  await request({ act: 'start', settings, ahead })
  return {
    call: (...words) => request({ act: 'call', words: words.filter((word) => word !== undefined) }),
    firebase: (...words) => request({ act: 'firebase', words }),
    open: (...words) => request({ act: 'open', words }),
    signOut: (cookie) => request({ act: 'signOut', words: [cookie] }),
    requests: () => request({ act: 'steps' }),
    endAt: async (end) => void (await request({ act: 'steps', end })),
    ended,
    stop: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Sends a message, and resolves to its answer: never, where the process ends before. */
function createRequest(child: ChildProcess) {
  let last = 0
  const waiting = new Map<number, (answer: unknown) => void>()
  child.on('message', ({ id, answer }: { readonly id: number; readonly answer: unknown }) => {
    waiting.get(id)?.(answer)
    waiting.delete(id)
  })
  return <Answer>(message: Sent): Promise<Answer> =>
    new Promise((resolve) => {
      last += 1
      waiting.set(last, resolve as (answer: unknown) => void)
      child.send({ ...message, id: last })
    })
}
