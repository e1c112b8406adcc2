/** Serves the routes of the API: each request reaches the function of its row. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '@fieldnotes/core/log'
import type { RouteRow } from '@fieldnotes/core/routes'
import { CommandFailed, wordsOf } from '../usage-error.ts'
import { createFindRoute } from './find-route.ts'
import { type Handler, pass } from './gateway.ts'
import { respondAlone } from './respond.ts'

/** Function → what returns its handler. It is called at each request, and may load the function at the first one. */
export type Handlers = Readonly<Record<string, () => Promise<Handler>>>

/** Answers one HTTP request. */
export type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>

interface ServeOptions {
  readonly rows: readonly RouteRow[]
  readonly handlers: Handlers
  readonly log: Log
}

/**
 * Returns the function that serves these rows. A path without a row is 404. While a function can't be loaded, its
 * routes are 503 and the others are served.
 * @throws CommandFailed for a row with an authorizer: this gateway has none, and would serve the path to everyone
 */
export function createServeRoutes({ rows, handlers, log }: ServeOptions): Serve {
  assertOpen(rows)
  const findRoute = createFindRoute(rows)
  const handlerOf = async (name: string): Promise<Handler | undefined> => {
    try {
      const load = Object.hasOwn(handlers, name) ? handlers[name] : undefined
      if (load === undefined) throw new Error('no such function')
      return await load()
    } catch (error) {
      log('error', 'function not loaded', { function: name, cause: wordsOf(error) })
      return undefined
    }
  }
  return async (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1)
    const found = findRoute(request.method ?? 'GET', path)
    if (!found) return respondAlone(response, 404)
    const handler = await handlerOf(found.row.function)
    if (!handler) return respondAlone(response, 503)
    await pass({ ...found, handler }, request, response)
  }
}

/** The check at run time, when types are not: only `none` is known, whatever else a row says. */
function assertOpen(rows: readonly RouteRow[]): void {
  const guarded = rows.find(({ authorizer }) => authorizer !== 'none')
  if (guarded === undefined) return
  throw new CommandFailed(`The laptop's gateway has no authorizer ${guarded.authorizer}, which ${guarded.path} needs.`)
}
