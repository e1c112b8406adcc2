/** Changes of the API's answers on their way to the smoke check. */
import { decodeJwt } from 'jose'
import type { Answer, RequestOptions } from '../../src/smoke/requests.ts'
import type { checks } from '../../src/smoke/run-checks.ts'

/** A request of the check, with its path. */
export interface Request extends RequestOptions {
  readonly path: string
}

/** Changes an answer. */
export type Change = (answer: Answer, request: Request) => Answer

/** A fault of the API, and the check that must find it. */
export type Fault = readonly [fault: string, check: keyof typeof checks, change: Change]

/** The headers without these. */
export function without(headers: Headers, ...names: readonly string[]): Headers {
  return new Headers([...headers].filter(([name]) => !names.includes(name)))
}

/** Whether a response has the root field. */
export function executes(request: Request, name: string, answer: Answer): boolean {
  return request.method === 'POST' && answer.body?.data?.[name] !== undefined
}

/** Changes one header of an answer; undefined removes it. */
export function withHeader(answer: Answer, name: string, value?: string): Answer {
  const headers = without(answer.headers, name)
  if (value !== undefined) headers.set(name, value)
  return { ...answer, headers }
}

/** Gives each answer with one status another one. */
export function withStatus(from: number, to: number): Change {
  return (answer) => (answer.status === from ? { ...answer, status: to } : answer)
}

/** Changes one header of each answer to a preflight. */
export function inPreflight(name: string, value?: string): Change {
  return (answer, { method }) => (method === 'OPTIONS' ? withHeader(answer, name, value) : answer)
}

/** Changes one header of each 401. */
export function in401(name: string, value?: string): Change {
  return (answer) => (answer.status === 401 ? withHeader(answer, name, value) : answer)
}

/** Whether a request has the token of the program. */
export function isProgram({ token }: Request): boolean {
  return token !== undefined && decodeJwt(token).client_id === 'localmachine0001'
}
