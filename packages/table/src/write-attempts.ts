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
  readonly code?: string
  readonly $metadata?: { readonly httpStatusCode?: number | undefined }
}

/** Errors of a connection that was not established: nothing was sent. */
const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])

/**
 * Whether an attempt that failed may have taken effect. An answer of 400 is a refusal, and nothing was written; after
 * 500, a time-out or a closed connection it is unknown (Amazon DynamoDB Developer Guide, "Error handling").
 */
export function mayHaveTakenEffect(error: unknown): boolean {
  const { code = '', $metadata } = error as AttemptError
  const status = $metadata?.httpStatusCode ?? 0
  return !unsent.has(code) && !(status >= 400 && status < 500)
}

/** Ends the attempts of a write: the SDK does not repeat after an error that it does not know. */
class NotRepeated extends Error {
  override readonly name = 'NotRepeated'
}

/**
 * Runs one attempt and records when its answer is lost.
 * @throws the attempt's error; one that the SDK does not repeat where a write that is sent `once` lost its answer
 */
export async function record<Out>(attempts: Attempts, once: boolean, attempt: () => Promise<Out>): Promise<Out> {
  try {
    return await attempt()
  } catch (error) {
    if (!mayHaveTakenEffect(error)) throw error
    attempts.lost = error
    throw once ? new NotRepeated('an answer was lost') : error
  }
}
