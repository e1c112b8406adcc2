/** The two ways a peer is asked, made alike: an operation's name in, an answer or a promise of one out. */
import { type Context, callers } from './callers.ts'
import { eventOf, lambdaContext } from './event.ts'
import { type Operation, operations } from './operations.ts'
import type { Answer, Engine, Handler, Peer } from './peer.ts'

export const layers = ['engine', 'lambda'] as const

export type Layer = (typeof layers)[number]

/** Asks for the operation and gives back whatever the peer gives back, unread: this is what is timed. */
export type Ask = (operation: string) => unknown

/** The peer behind one layer, or nothing when it does not offer it. */
export async function askOf(peer: Peer, layer: Layer): Promise<Ask | undefined> {
  if (layer === 'engine') return peer.engine && askEngine(await peer.engine())
  return peer.handler && askHandler(await peer.handler())
}

function askEngine(engine: Engine): Ask {
  const context = table(({ caller }): Context => ({ principal: callers[caller] }))
  return (name) => engine(name, { ...context(name) })
}

function askHandler(handler: Handler): Ask {
  const event = table((operation) => eventOf(operation, `Bearer ${operation.caller}`))
  return (name) => handler(event(name), lambdaContext)
}

/** Something made once for each operation, so that making it is not timed. */
function table<Made>(make: (operation: Operation) => Made) {
  const made = new Map(Object.entries(operations).map(([name, operation]) => [name, make(operation)]))
  return (name: string): Made => {
    const found = made.get(name)
    if (found === undefined) throw new Error(`no operation ${name}`)
    return found
  }
}

/** What a client sees: a handler's response, or an engine's result. Errors of an engine have no codes yet: they get them where they leave a server. */
export function answerOf(result: unknown): Answer {
  const { statusCode, body } = result as { statusCode?: number; body?: unknown }
  if (statusCode !== undefined) return { ...(JSON.parse(String(body)) as Answer), status: statusCode }
  const { errors, ...rest } = JSON.parse(JSON.stringify(result)) as Answer
  return errors ? { ...rest, errors: errors.map(({ path }) => ({ path })) } : rest
}
