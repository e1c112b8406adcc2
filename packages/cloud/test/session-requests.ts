/** Requests to the deployed functions of browser sessions, as the gateway passes them on. */
import type { Sandbox } from '../src/lambda/sandbox.ts'
import { origin } from './session-world.ts'
import { event, type Response, responseOf } from './world.ts'

/** An answer, with its cookies apart. */
export type Answer = Response & { readonly cookies?: readonly string[] }

interface Sent {
  readonly query?: string
  readonly body?: string
  readonly cookies?: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
}

/** What our own pages send. */
export const own: Readonly<Record<string, string>> = { 'x-fieldnotes': '1', origin, 'sec-fetch-site': 'same-origin' }

/** Sends one request to a function. */
export async function send(to: Sandbox, method: string, path: string, sent: Sent = {}): Promise<Answer> {
  const { query = '', body = '', cookies = [], headers = {} } = sent
  const plain = event(path, { method, body })
  const all = { ...plain.headers, ...headers }
  return responseOf(await to.invoke({ ...plain, rawQueryString: query, cookies, headers: all }))
}

/** The cookies of an answer as a browser sends them back. */
export function cookiesOf({ cookies = [] }: Answer): readonly string[] {
  return cookies.map((cookie) => cookie.split(';')[0] ?? '').filter((cookie) => !cookie.endsWith('='))
}
