/**
 * The attempts of one write. DynamoDB may have done a write whose answer got lost; another writer may then change the
 * item before the write is repeated.
 */

/** What is known of the attempts that one write has had. */
export interface Attempts {
  /** The error of the last attempt that got no answer, and so may have taken effect; undefined when there was none. */
  lost: unknown
}

/** Members of the errors of the SDK and of Node that are read here. */
interface AttemptError {
  readonly name?: string
  /** The call of the operating system that failed. */
  readonly syscall?: string
  /** One error for each address of the host. */
  readonly errors?: readonly AttemptError[]
  /** The name of an error of DynamoDB, in the body of its answer. */
  readonly __type?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number | undefined }
}

/** Calls that come before a connection is established: nothing was sent. */
const beforeConnection = new Set(['connect', 'getaddrinfo'])

function isUnsent({ syscall = '', errors = [] }: AttemptError): boolean {
  return beforeConnection.has(syscall) || (errors.length > 0 && errors.every(isUnsent))
}

/** Whether DynamoDB itself refused. A proxy answers without the name of an error, and may have sent the write on. */
function isRefusal({ $metadata, __type }: AttemptError): boolean {
  return $metadata?.httpStatusCode === 400 && typeof __type === 'string'
}

/**
 * Whether an attempt that failed may have taken effect. DynamoDB refuses with 400 and the name of an error, and nothing
 * was written; after 500, a time-out or a closed connection it is unknown (Amazon DynamoDB Developer Guide, "Error
 * handling"). So it is after every other answer.
 */
export function mayHaveTakenEffect(error: unknown): boolean {
  const failed = error as AttemptError
  return !isUnsent(failed) && !isRefusal(failed)
}

/** Ends the attempts of a write: the SDK does not repeat after an error that it does not know. */
class NotRepeated extends Error {
  override readonly name = 'NotRepeated'
}

/** An attempt without an answer that can be used. The SDK repeats after an error with `$retryable`. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
  readonly $retryable = {}
}

/** What the SDK receives for a lost answer. It repeats nothing that the caller has aborted. */
function errorOfLost(error: unknown, once: boolean): unknown {
  if (once) return new NotRepeated('an answer was lost')
  return (error as AttemptError).name === 'AbortError' ? error : new NoAnswer('an answer was lost', { cause: error })
}

/**
 * Runs one attempt and records when its answer is lost.
 * @throws the attempt's error where it is certain; where the answer is lost, an error that the SDK repeats, unless the
 * write is sent `once`
 */
export async function record<Out>(attempts: Attempts, once: boolean, attempt: () => Promise<Out>): Promise<Out> {
  try {
    return await attempt()
  } catch (error) {
    if (!mayHaveTakenEffect(error)) throw error
    attempts.lost = error
    throw errorOfLost(error, once)
  }
}
