/** What goes through the endpoint: API Gateway's HTTP API event (payload format 2.0) and its answer. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as Invocation } from 'aws-lambda'

export type Event = APIGatewayProxyEventV2
export type Result = APIGatewayProxyStructuredResultV2
export type Handler = (event: Event, invocation: Invocation) => Promise<Result>

/** One way through the endpoint; `requestId` is the gateway's. */
export type Route = (event: Event, invocation: Invocation, requestId: string) => Promise<Result>
