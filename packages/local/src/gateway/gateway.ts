/** A local API Gateway: receives HTTP requests and calls the Lambda handler. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '@fieldnotes/core/log'
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2, Context as Invocation } from 'aws-lambda'
import { type Authorize, type SentHeaders, withAuthorizer } from './authorizers.ts'
import { headersOf, toEvent } from './event.ts'
import type { Found } from './find-route.ts'
import { respond, respondAlone } from './respond.ts'

/** A Lambda handler of HTTP API events. */
export type Handler = (event: APIGatewayProxyEventV2, invocation: Invocation) => Promise<APIGatewayProxyResultV2>

/** Largest request body in bytes, as in API Gateway. */
export const bodyBytesMax = 10 * 1024 * 1024

/** Milliseconds that API Gateway waits for the function. */
const patience = 30_000

async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length
    if (length > bodyBytesMax) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function invocation(): Invocation {
  const deadline = performance.now() + patience
  return {
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'local',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:local',
    logGroupName: '/aws/lambda/local',
    logStreamName: 'local',
    memoryLimitInMB: '1024',
    getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  }
}

/** The function of a request, and the route that leads to it. */
export interface Target extends Omit<Found, 'row'> {
  readonly handler: Handler
  /** Undefined for a route without an authorizer. */
  readonly authorize?: Authorize | undefined
  readonly log: Log
}

/** The event for the function; undefined where the route's authorizer denies the request. */
async function authorized(
  event: APIGatewayProxyEventV2,
  authorize: Authorize | undefined,
  sent: SentHeaders,
): Promise<APIGatewayProxyEventV2 | undefined> {
  if (authorize === undefined) return event
  const authorization = await authorize(event, sent)
  return authorization.isAuthorized ? withAuthorizer(event, authorization.authorizer) : undefined
}

/**
 * Answers one HTTP request with the handler. When the authorizer or the handler throws, the response is a 500 that does
 * not contain the error, which is logged.
 */
export async function pass(target: Target, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { handler, authorize, routeKey, pathParameters, log } = target
  const body = await read(request)
  if (!body) {
    request.resume()
    response.setHeader('connection', 'close')
    return respondAlone(response, 413)
  }
  const event = toEvent(request, body, { stage: '$default', routeKey, pathParameters, now: new Date() })
  try {
    const passed = await authorized(event, authorize, headersOf(request.rawHeaders))
    if (!passed) return respondAlone(response, 403)
    respond(response, await handler(passed, invocation()))
  } catch (error) {
    const { requestId } = event.requestContext
    log('error', 'gateway', { requestId, routeKey, cause: error instanceof Error ? error.stack : String(error) })
    respondAlone(response, 500)
  }
}
