/** Judges answers of the endpoint: which are final, and after which the same request is sent again. */
import type { Answer, FieldError } from '@fieldnotes/client/graphql-client'
import { NoAnswer } from '@fieldnotes/client/no-answer'

/** The token has ended, or the endpoint can't answer now: another request reads on. */
export class CannotReadOn extends Error {
  override readonly name = 'CannotReadOn'
  /** Seconds after which the endpoint takes the same request; undefined where it does not say so. */
  readonly retrySeconds: number | undefined

  constructor(message: string, { cause, retrySeconds }: { cause?: unknown; retrySeconds?: number | undefined } = {}) {
    super(message, { cause })
    this.retrySeconds = retrySeconds
  }
}

/** The endpoint refuses the same request each time. */
export class CannotRead extends Error {
  override readonly name = 'CannotRead'
}

/** What is read, and the errors of its fields, each of which names a value that is absent. */
export interface Read<Data> {
  readonly data: Data
  readonly errors: readonly FieldError[]
}

/** Codes of refusals that are final for this caller. */
const refusedCodes: ReadonlySet<string> = new Set(['FORBIDDEN', 'NOT_FOUND', 'UNAUTHENTICATED'])

/** Codes of errors that the same request gets each time. */
const lastingCodes: ReadonlySet<string> = new Set(['BAD_USER_INPUT', 'LIMIT_EXCEEDED'])

/**
 * Reads by `act`. A fault (INTERNAL) at one of the values for which `isAbsentable` is true is read once more; where it
 * lasts, this value is absent, so that no single one stops the export of all others.
 * @throws CannotReadOn; CannotRead
 */
export async function readAnswer<Data>(
  act: () => Promise<Answer<Data>>,
  isAbsentable: (error: FieldError) => boolean,
): Promise<Read<Data>> {
  const isFault = (error: FieldError) => error.code === 'INTERNAL' && isAbsentable(error)
  const first = await answered(act)
  const answer = first.errors.some(isFault) ? await answered(act) : first
  const other = answer.errors.find((error) => !refusedCodes.has(error.code) && !isFault(error))
  return { data: finalData(answer, other), errors: answer.errors }
}

async function answered<Data>(act: () => Promise<Answer<Data>>): Promise<Answer<Data>> {
  try {
    return await act()
  } catch (cause) {
    throw cause instanceof NoAnswer ? new CannotReadOn(cause.message, { cause }) : cause
  }
}

/** A value that could not be read now is not absent: the page is read again later. */
function finalData<Data>(
  { status, data, errors, retrySeconds = 1 }: Answer<Data>,
  other: FieldError | undefined,
): Data {
  const words = `the endpoint answered ${status} ${other?.code ?? errors[0]?.code ?? ''}`
  if (status === 429) throw new CannotReadOn(words, { retrySeconds })
  const passes = status === 401 || status >= 500
  if (passes || (other && !lastingCodes.has(other.code))) throw new CannotReadOn(words)
  if (other || data === undefined) throw new CannotRead(words)
  return data
}
