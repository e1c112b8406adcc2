/** Serves the routes of the API: each request reaches the function of its row. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '@fieldnotes/core/log'
import type { RouteRow } from '@fieldnotes/core/routes'
import { CommandFailed, wordsOf } from '../usage-error.ts'
import type { Authorize, Authorizers } from './authorizers.ts'
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
  /** Default: none. */
  readonly authorizers?: Authorizers
  readonly log: Log
}

/**
 * Returns the function that serves these rows. A path without a row is 404. While a function can't be loaded, its
 * routes are 503 and the others are served.
 * @throws CommandFailed for a row whose authorizer is not among `authorizers`: the path would be open to everyone
 */
export function createServeRoutes({ rows, handlers, authorizers = {}, log }: ServeOptions): Serve {
  const authorizes = new Map(rows.map((row) => [row.path, authorizeOf(row, authorizers)]))
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
    await pass({ ...found, handler, authorize: authorizes.get(found.row.path), log }, request, response)
  }
}

/** Undefined for `none` alone. Types are removed before this runs, so a row may say anything. */
function authorizeOf({ path, authorizer }: RouteRow, authorizers: Authorizers): Authorize | undefined {
  if (authorizer === 'none') return undefined
  const found = Object.hasOwn(authorizers, authorizer) ? authorizers[authorizer] : undefined
  if (found) return found
  throw new CommandFailed(`The laptop's gateway has no authorizer ${authorizer}, which ${path} needs.`)
}
