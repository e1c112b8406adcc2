/** Selects the route of a request by its path, and refuses the methods that the route does not have. */
import { AppError } from '@fieldnotes/core/error'
import { type PathOf, routeRows } from '@fieldnotes/core/routes'
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

/** Also receives the preflights of routes with an authorizer, from `$default`. */
async function notFound(event: Event): Promise<Result> {
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

/** Returns the function that selects the route of an event. A path without a row gets 404. */
export function createSelectRoute(answers: Answers): (event: Event) => Route {
  const methodsOf = new Map(routeRows.map(({ path, methods }) => [path, methods]))
  const selectable = new Map(
    Object.entries(answers).map(([path, route]) => [path, allowing(methodsOf.get(path) ?? [], route)]),
  )
  return (event) => selectable.get(pathOf(event)) ?? notFound
}
