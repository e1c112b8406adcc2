/**
 * The sending part of the runtime client in JavaScript. The client's own is a native addon around curl, which posts the
 * same two requests; `npm run runtime:native` builds the addon and runs the same tests with it.
 */
import { request } from 'node:http'

const [hostname, port] = String(process.env.AWS_LAMBDA_RUNTIME_API).split(':')

function post(path: string, body: string, headers: Readonly<Record<string, string>> = {}): void {
  request({ hostname, port, path: `/2018-06-01/runtime/invocation/${path}`, method: 'POST', headers }).end(body)
}

/** Posts the response of an invocation. */
export function done(id: string, body: string): void {
  post(`${id}/response`, body)
}

/** Posts the error of an invocation. */
export function error(id: string, body: string, cause: string): void {
  post(`${id}/error`, body, { 'lambda-runtime-function-xray-error-cause': encodeURIComponent(cause) })
}
