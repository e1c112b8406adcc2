/** The error of a server that gave no usable answer. */

/** What is known of it. */
export interface NoAnswerDetail {
  readonly cause?: unknown
  /** `x-request-id` of the answer, if there was one. */
  readonly requestId?: string | undefined
  /** Seconds after which the server takes the request again, where it says so. */
  readonly retrySeconds?: number | undefined
}

/** No answer, too late, too large, or of another form. The same call may succeed later. It quotes no part of it. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
  readonly requestId: string | undefined
  readonly retrySeconds: number | undefined

  constructor(message: string, { cause, requestId, retrySeconds }: NoAnswerDetail = {}) {
    super(message, { cause })
    this.requestId = requestId
    this.retrySeconds = retrySeconds
  }
}
