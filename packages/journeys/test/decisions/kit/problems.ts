/** Compares a response with its prediction: data, errors, leaked values, and log lines. */

import { differences, Fault } from './expect.ts'
import type { LoggedResponse } from './gateway-exchange.ts'
import type { Code } from './oracle.ts'
import type { Predicted } from './predict.ts'

/** Description of a difference, for the message of a failed test. */
export type Problem = string

/** The public message of each code. A refusal contains no other text. */
const words: Readonly<Record<Code, string>> = {
  UNAUTHENTICATED: 'Sign in to do this.',
  FORBIDDEN: 'You may not do this.',
  NOT_FOUND: 'Not found.',
}

/** Errors of one operation that have a log line each. */
const loggedMax = 50

interface ReturnedError {
  readonly path?: readonly (string | number)[]
  readonly message: string
  readonly extensions: { readonly code: string; readonly remedy?: unknown }
}

function pathOf({ path = [] }: ReturnedError): string {
  return path.map((step) => `.${step}`).join('')
}

function wrongErrors({ body }: LoggedResponse, { errors, remedies }: Predicted): readonly Problem[] {
  const answered: readonly ReturnedError[] = body.errors ?? []
  const codes = Object.fromEntries(answered.map((error) => [pathOf(error), error.extensions.code]))
  const remedied = answered.flatMap((error) => {
    const { remedy } = error.extensions
    return remedy === undefined ? [] : [[pathOf(error), remedy] as const]
  })
  const said = answered.flatMap(({ message, extensions, ...rest }) => {
    const surplus = Object.keys({ ...rest, ...extensions }).filter(
      (name) => !['path', 'locations', 'code', 'remedy'].includes(name),
    )
    return [
      ...(message === words[extensions.code as Code] ? [] : [`an error with another message: ${message}`]),
      ...surplus.map((name) => `an error with a further member: ${name}`),
    ]
  })
  const twice = answered.length === Object.keys(codes).length ? [] : ['two errors at one path']
  return [
    ...differences(errors, codes, 'errors '),
    ...differences(remedies, Object.fromEntries(remedied), 'remedies '),
    ...said,
    ...twice,
  ]
}

function valueAt(data: unknown, path: string): unknown {
  const steps = path.split('.').slice(1)
  return steps.reduce<unknown>((value, step) => (value as Record<string, unknown> | null)?.[step], data)
}

/** A null of a field that the schema calls null only with an error, without one. */
function unexplained({ body }: LoggedResponse, { explained }: Predicted): readonly Problem[] {
  const paths = new Set(((body.errors ?? []) as readonly ReturnedError[]).map(pathOf))
  const isNull = (path: string) => valueAt(body.data, path) === null
  return explained.filter((path) => isNull(path) && !paths.has(path)).map((path) => `null without an error: ${path}`)
}

/** A refused text must not occur anywhere in the response, unless allowed data contains it too. */
function leaks({ text }: LoggedResponse, { data, hidden }: Predicted): readonly Problem[] {
  const shown = JSON.stringify(data)
  const secrets = hidden.flatMap(textsIn).filter((secret) => secret.length > 5 && !shown.includes(secret))
  return secrets.filter((secret) => text.includes(secret)).map((secret) => `the response contains "${secret}"`)
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (value instanceof Fault) return []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** Each of the first errors has a log line with path, code and reason; one line has the codes of the others. */
function unlogged({ lines }: LoggedResponse, { errors }: Predicted): readonly Problem[] {
  const refused = lines.filter(({ event }) => event === 'refused')
  const logged = Object.fromEntries(refused.map(({ path, code, reason }) => [`.${path}`, reason ? code : undefined]))
  const due = Object.entries(errors).filter(([path]) => path in logged)
  const rest = Object.entries(errors).filter(([path]) => !(path in logged))
  const count = Math.min(Object.keys(errors).length, loggedMax)
  return [
    ...differences(Object.fromEntries(due), logged, 'log '),
    ...differences(count, refused.length, 'lines of the log '),
    ...differences(countsOf(rest), countsIn(lines), 'codes without a line '),
  ]
}

function countsOf(errors: readonly (readonly [path: string, code: Code])[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const [, code] of errors) counts[code] = (counts[code] ?? 0) + 1
  return counts
}

/** The counts of a line such as `FORBIDDEN 80, NOT_FOUND 3`. */
function countsIn(lines: LoggedResponse['lines']): Readonly<Record<string, number>> {
  const more = lines.filter(({ event }) => event === 'refused_more')
  const pairs = more.flatMap(({ codes }) => [...String(codes).matchAll(/(\w+) (\d+)/g)])
  return Object.fromEntries(pairs.map(([, code = '', count]) => [code, Number(count)]))
}

/** All problems of a response. */
export function problemsWith(answer: LoggedResponse, predicted: Predicted): readonly Problem[] {
  const { status, body, text } = answer
  if (status !== 200 || typeof body !== 'object') return [`status ${status}: ${text.slice(0, 300)}`]
  return [
    ...differences(predicted.data, body.data, 'data '),
    ...wrongErrors(answer, predicted),
    ...Object.keys(body).filter((name) => name !== 'data' && name !== 'errors'),
    ...unexplained(answer, predicted),
    ...leaks(answer, predicted),
    ...unlogged(answer, predicted),
  ]
}
