/** The program of a process that is one instance: it gets its settings and its calls as messages of its parent. */
import { flushCompileCache } from 'node:module'
import { createInstance, type InstanceSettings } from './instance.ts'
import { type Step, watchRequests } from './instance-steps.ts'

/** A call, or what the process is to end at: `steps` begins a new list of requests. */
export type Message =
  | { readonly id: number; readonly act: 'call' | 'firebase' | 'open' | 'signOut'; readonly words: readonly string[] }
  | { readonly id: number; readonly act: 'steps'; readonly end?: Step }
  | { readonly id: number; readonly act: 'start'; readonly settings: InstanceSettings; readonly ahead: number }

const requests = watchRequests()
let instance: ReturnType<typeof createInstance> | undefined

async function answerTo(message: Message): Promise<unknown> {
  if (message.act === 'start') {
    instance = createInstance(message.settings, { ahead: message.ahead }, () => {})
    return 'started'
  }
  if (message.act === 'steps') {
    const names = requests.names()
    requests.forget(message.end)
    return names
  }
  const [first = '', ...rest] = message.words
  return instance?.[message.act](first, ...rest)
}

process.on('message', async (message: Message) => {
  process.send?.({ id: message.id, answer: await answerTo(message) })
  // At its end a killed process stores nothing.
  flushCompileCache()
})
process.on('disconnect', () => process.exit())
