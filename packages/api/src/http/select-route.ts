/** Selects the route of a request by its path, and refuses the methods that the route does not have. */
import { AppError } from '@fieldnotes/core/error'
import { type PathOf, type RouteRow, routeKeysOf, routeRows } from '@fieldnotes/core/routes'
import type { Config } from '../config/config.ts'
import { errorResponse, noContent, refusedOf } from './responses.ts'
import type { Event, Result, Route } from './route.ts'

/** What answers each path of the endpoint in the table of routes. */
export type Answers = Readonly<Record<PathOf<'graphql'>, Route>>

/** The path without the stage: API Gateway prefixes the name of a stage, except `$default`. */
function pathOf({ rawPath, requestContext: { stage } }: Event): string {
  const prefix = `/${stage}/`
  return stage !== '$default' && rawPath.startsWith(prefix) ? rawPath.slice(prefix.length - 1) : rawPath
}

/**
 * A preflight that API Gateway passes on for some routes. It adds its own headers to the response; without them nothing
 * is allowed.
 */
function isPreflight({ requestContext, headers }: Event): boolean {
  return requestContext.http.method === 'OPTIONS' && Boolean(headers.origin && headers['access-control-request-method'])
}

const noRoute = new AppError('NOT_FOUND', 'no such route')

/** Answers 404. Also receives the preflights of routes with an authorizer, from `$default`. */
export async function notFound(event: Event): Promise<Result> {
  return isPreflight(event) ? noContent() : errorResponse(noRoute, refusedOf(event))
}

/** The route for these methods; 405 for every other method. */
function allowing(methods: readonly string[], route: Route): Route {
  const refusal = new AppError('BAD_USER_INPUT', 'method', {
    message: `Use ${methods.join(' or ')}.`,
    extensions: { status: 405 },
  })
  return async (event, invocation, requestId) => {
    if (methods.includes(event.requestContext.http.method)) return route(event, invocation, requestId)
    if (isPreflight(event)) return noContent()
    return errorResponse(refusal, refusedOf(event), { allow: methods.join(', ') })
  }
}

/**
 * A route with an authorizer is reached by its own route keys alone. API Gateway compares the path as it was sent, and
 * passes it decoded: `/graphq%6C` arrives by `$default`, which has no authorizer, with the path `/graphql`.
 */
function guarded(row: RouteRow, route: Route): Route {
  const { methods, authorizer } = row
  if (authorizer === 'none') return route
  const keys = routeKeysOf(row)
  return async (event, invocation, requestId) => {
    const isOther = !methods.some((method) => method === event.requestContext.http.method)
    return isOther || keys.includes(event.routeKey) ? route(event, invocation, requestId) : notFound(event)
  }
}

/**
 * Returns the function that selects the route of an event. A path without a row gets 404. `gate` says whether routes
 * with an authorizer are reached through it alone.
 */
export function createSelectRoute(answers: Answers, gate: Config['gate'] = 'absent'): (event: Event) => Route {
  const rows = routeRows.filter(({ path }) => Object.hasOwn(answers, path))
  const selectable = new Map(
    rows.map((row) => {
      const route = allowing(row.methods, answers[row.path as keyof Answers])
      return [row.path, gate === 'demanded' ? guarded(row, route) : route]
    }),
  )
  return (event) => selectable.get(pathOf(event)) ?? notFound
}
