/** What the local cloud answers over HTTP: preflights, its own sites, and the routes of the API. */
import type { RequestListener } from 'node:http'
import type { Log } from '@fieldnotes/core/log'
import type { RouteRow } from '@fieldnotes/core/routes'
import { type Cors, createCors } from './gateway/cors.ts'
import { createHasCors } from './gateway/find-route.ts'
import { respondAlone } from './gateway/respond.ts'
import type { Serve } from './gateway/serve-routes.ts'
import { type IsKept, respondLost } from './kept-files.ts'
import type { Site } from './site.ts'
import { wordsOf } from './usage-error.ts'

/** What answers requests, and what they depend on. */
export interface Served {
  readonly cors: Cors
  /** In the order in which they are tried. */
  readonly sites: readonly Site[]
  readonly serveRoutes: Serve
  readonly isKept: IsKept
}

/**
 * Answers preflights first, then paths of the sites. Every other request goes to the function of its route. Once the
 * data folder is lost, every request is refused.
 */
export function serving({ cors, sites, serveRoutes, isKept }: Served, log: Log): RequestListener {
  return async (request, response) => {
    try {
      if (cors(request, response)) return
      if (!isKept()) return respondLost(response)
      for (const site of sites) if (await site(request, response)) return
      await serveRoutes(request, response)
    } catch (error) {
      log('error', 'gateway', { cause: wordsOf(error) })
      respondAlone(response, 500)
    }
  }
}

/**
 * Pages of other origins may read what the rows grant, and the issuers' public documents: never tokens or
 * pages.
 */
export function corsFor(rows: readonly RouteRow[], documents: ReadonlyMap<string, unknown>): Cors {
  const hasCors = createHasCors(rows)
  return createCors((path) => hasCors(path) || documents.has(path))
}
