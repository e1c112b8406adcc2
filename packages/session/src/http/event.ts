/** Types of the functions, and what they read of an event. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as Invocation } from 'aws-lambda'

/** An event of API Gateway's HTTP API, payload format 2.0. */
export type Event = APIGatewayProxyEventV2
export type Result = APIGatewayProxyStructuredResultV2

/** A function: an event in, a response out. */
export type Handler = (event: Event, invocation: Invocation) => Promise<Result>

/**
 * The value of a cookie. Undefined for two cookies of one name: a browser sends no two with the prefix `__Host-`, so
 * that one of them was not set here.
 */
export function cookieOf({ cookies = [] }: Pick<Event, 'cookies'>, name: string): string | undefined {
  const prefix = `${name}=`
  const [found, ...more] = cookies.filter((cookie) => cookie.startsWith(prefix))
  return more.length > 0 ? undefined : found?.slice(prefix.length)
}

/** Whether a request has any cookie of this name. */
export function hasCookie({ cookies = [] }: Pick<Event, 'cookies'>, name: string): boolean {
  return cookies.some((cookie) => cookie.startsWith(`${name}=`))
}

/** The path without the stage: API Gateway prefixes the name of a stage, except `$default`. */
export function pathOf({ rawPath, requestContext: { stage } }: Pick<Event, 'rawPath' | 'requestContext'>): string {
  const prefix = `/${stage}/`
  return stage !== '$default' && rawPath.startsWith(prefix) ? rawPath.slice(prefix.length - 1) : rawPath
}
