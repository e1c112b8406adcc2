/** Holds an answer against what was predicted: the data, the errors, the text as a whole, and the log. */
import type { Answer } from './exchange.ts'
import { differences, Fault } from './expect.ts'
import type { Code } from './oracle.ts'
import type { Predicted } from './predict.ts'

export type Problem = string

/** The public words of each code. A refusal says these and nothing else. */
const words: Readonly<Record<Code, string>> = {
  UNAUTHENTICATED: 'Sign in to do this.',
  FORBIDDEN: 'You may not do this.',
  NOT_FOUND: 'Not found.',
}

interface AnsweredError {
  readonly path?: readonly (string | number)[]
  readonly message: string
  readonly extensions: { readonly code: string }
}

function placeOf({ path = [] }: AnsweredError): string {
  return path.map((step) => `.${step}`).join('')
}

function wrongErrors({ body }: Answer, { errors }: Predicted): readonly Problem[] {
  const answered: readonly AnsweredError[] = body.errors ?? []
  const codes = Object.fromEntries(answered.map((error) => [placeOf(error), error.extensions.code]))
  const said = answered.flatMap(({ message, extensions, ...rest }) => {
    const surplus = Object.keys({ ...rest, ...extensions }).filter(
      (name) => !['path', 'locations', 'code'].includes(name),
    )
    return [
      ...(message === words[extensions.code as Code] ? [] : [`an error in its own words: ${message}`]),
      ...surplus.map((name) => `an error that also says ${name}`),
    ]
  })
  const twice = answered.length === Object.keys(codes).length ? [] : ['two errors at one place']
  return [...differences(errors, codes, 'errors '), ...said, ...twice]
}

/** Refused text that the answer does not hold for another reason must not be in it anywhere. */
function leaks({ text }: Answer, { data, hidden }: Predicted): readonly Problem[] {
  const shown = JSON.stringify(data)
  const secrets = hidden.flatMap(textsIn).filter((secret) => secret.length > 5 && !shown.includes(secret))
  return secrets.filter((secret) => text.includes(secret)).map((secret) => `the answer holds "${secret}"`)
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (value instanceof Fault) return []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** One line for each error, with its place, its code and a reason. */
function unlogged({ lines }: Answer, { errors }: Predicted): readonly Problem[] {
  const refused = lines.filter(({ event }) => event === 'refused')
  const logged = Object.fromEntries(refused.map(({ path, code, reason }) => [`.${path}`, reason ? code : undefined]))
  return differences(errors, logged, 'log ')
}

/** All that is wrong with an answer. */
export function problemsWith(answer: Answer, predicted: Predicted): readonly Problem[] {
  const { status, body, text } = answer
  if (status !== 200 || typeof body !== 'object') return [`status ${status}: ${text.slice(0, 300)}`]
  return [
    ...differences(predicted.data, body.data, 'data '),
    ...wrongErrors(answer, predicted),
    ...Object.keys(body).filter((name) => name !== 'data' && name !== 'errors'),
    ...leaks(answer, predicted),
    ...unlogged(answer, predicted),
  ]
}
