/**
 * Runs GraphQL requests of API Gateway on Apollo Server, with a strict parser in the place of the integration's own.
 */
import { type ApolloServer, HeaderMap } from '@apollo/server'
import { startServerAndCreateLambdaHandler } from '@as-integrations/aws-lambda/dist/lambdaHandler.js'
import { createRequestHandler } from '@as-integrations/aws-lambda/dist/request-handlers/_create.js'
import { AppError } from '@fieldnotes/core/error'
import type { Context as Invocation } from 'aws-lambda'
import type { DocumentCheck } from '../graphql/document-check.ts'
import { mediaTypeOf } from '../graphql/media-type.ts'
import type { Context } from '../resolvers/context.ts'
import { isMutation, mutationByGet } from './mutation-by-get.ts'
import { type GetParameters, parseQueryString } from './query-string.ts'
import { parseBody } from './request-body.ts'
import { jsonResponse } from './responses.ts'
import type { Event, Result } from './route.ts'

/** A GraphQL request whose caller is known. */
export interface GraphqlRequest {
  readonly event: Event
  readonly context: Context
}

export type Execute = (request: GraphqlRequest, invocation: Invocation) => Promise<Result>

const notAcceptable = new AppError('BAD_USER_INPUT', 'accept', {
  message: 'The answer is application/json or application/graphql-response+json.',
  extensions: { status: 406 },
})

function isGet({ requestContext }: Event): boolean {
  return requestContext.http.method === 'GET'
}

/**
 * The headers for Apollo. `accept` is the negotiated media type, so that Apollo does not parse the header of the client
 * again. A GET has no body, and gets the marker that Apollo's `csrfPrevention` needs: the endpoint reads no cookie, so
 * that a page which forges a GET receives what an anonymous caller receives. The check of POST is unchanged.
 */
function headersOf(event: Event): HeaderMap {
  const headers = new HeaderMap()
  for (const [name, value = ''] of Object.entries(event.headers)) headers.set(name.toLowerCase(), value)
  const mediaType = mediaTypeOf(headers.get('accept'))
  if (!mediaType) throw notAcceptable
  headers.set('accept', mediaType)
  if (!isGet(event)) return headers
  headers.delete('content-type')
  return headers.set('apollo-require-preflight', 'true')
}

/**
 * A mutation is refused for its method also where `checkDocument` refuses its text. Apollo refuses every other mutation
 * by GET.
 */
function checked(body: GetParameters['body'], checkDocument: DocumentCheck): unknown {
  try {
    return checkDocument(body)
  } catch (error) {
    throw isMutation(body) ? mutationByGet : error
  }
}

/** The parameters of a GET. Its document passes the same check as that of a POST. */
function searchOf(event: Event, checkDocument: DocumentCheck): string {
  if (!isGet(event)) return ''
  const { body, search } = parseQueryString(event.rawQueryString)
  const { query } = checked(body, checkDocument) as { readonly query?: unknown }
  if (typeof query === 'string') search.set('query', query)
  return search.toString()
}

/**
 * Parses events for the integration, and makes responses. Errors are thrown: the handler has one place that answers
 * them.
 */
export function createGatewayEvent(checkDocument: DocumentCheck) {
  return createRequestHandler<GraphqlRequest, Result>(
    {
      parseHttpMethod: ({ event }) => event.requestContext.http.method,
      parseHeaders: ({ event }) => headersOf(event),
      // Any JSON value, although the type says string. Apollo checks it.
      parseBody: ({ event }, headers) => (isGet(event) ? '' : (checkDocument(parseBody(event, headers)) as string)),
      parseQueryParams: ({ event }) => searchOf(event, checkDocument),
    },
    {
      success: ({ status, headers, body }) => {
        if (body.kind !== 'complete') throw new AppError('INTERNAL', 'an answer in parts')
        return jsonResponse(status ?? 200, body.string, Object.fromEntries(headers))
      },
      error: (thrown) => {
        throw thrown
      },
    },
  )
}

/**
 * Starts the server, and returns the function that executes a request. It throws for a request that can't be parsed.
 */
export function createExecute(server: ApolloServer<Context>, checkDocument: DocumentCheck): Execute {
  const run = startServerAndCreateLambdaHandler(server, createGatewayEvent(checkDocument), {
    context: async ({ event: { context } }) => context,
  })
  return async (request, invocation) => {
    // The integration has Lambda's type, which allows a callback in the place of a promise.
    const result = await run(request, invocation, () => {})
    if (!result) throw new AppError('INTERNAL', 'no response')
    return result
  }
}
