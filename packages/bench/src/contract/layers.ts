/**
 * The two layers at which a peer is called, with one signature: from an operation's name to an answer or a promise of
 * one.
 */
import { type Context, callers } from '../world/callers.ts'
import { eventOf, lambdaContext } from '../world/event.ts'
import { type Operation, operations } from '../world/operations.ts'
import type { Engine, GraphQLResponse, Handler, Peer } from './peer.ts'

/** The layers: the engine alone, and the Lambda handler. */
export const layers = ['engine', 'lambda'] as const

/** One of the layers. */
export type Layer = (typeof layers)[number]

/** Executes the operation and returns the peer's result unparsed. This call is timed. */
export type Execute = (operation: string) => unknown

/** The peer's call at one layer; `undefined` when the peer does not have the layer. */
export async function executorOf(peer: Peer, layer: Layer): Promise<Execute | undefined> {
  if (layer === 'engine') return peer.engine && engineExecutor(await peer.engine())
  return peer.handler && handlerExecutor(await peer.handler())
}

function engineExecutor(engine: Engine): Execute {
  const context = table(({ caller }): Context => ({ principal: callers[caller] }))
  return (name) => engine(name, { ...context(name) })
}

function handlerExecutor(handler: Handler): Execute {
  const event = table((operation) => eventOf(operation, `Bearer ${operation.caller}`))
  return (name) => handler(event(name), lambdaContext)
}

/** Prepares a value for each operation, so that its preparation is not timed. */
function table<Made>(make: (operation: Operation) => Made) {
  const made = new Map(Object.entries(operations).map(([name, operation]) => [name, make(operation)]))
  return (name: string): Made => {
    const found = made.get(name)
    if (found === undefined) throw new Error(`no operation ${name}`)
    return found
  }
}

/**
 * The answer as a client sees it: a handler's response, or an engine's result. Errors of an engine have no code,
 * because servers add it later.
 */
export function answerOf(result: unknown): GraphQLResponse {
  const { statusCode, body } = result as { statusCode?: number; body?: unknown }
  if (statusCode !== undefined) return { ...(JSON.parse(String(body)) as GraphQLResponse), status: statusCode }
  const { errors, ...rest } = JSON.parse(JSON.stringify(result)) as GraphQLResponse
  return errors ? { ...rest, errors: errors.map(({ path }) => ({ path })) } : rest
}
