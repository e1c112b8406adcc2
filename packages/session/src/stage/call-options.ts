/** Options that the clients of AWS have in common. */

/** The region, and for tests another URL than the region's. */
export interface AwsOptions {
  readonly region: string
  readonly endpoint?: string
}

/** The client's options: a request that got no answer is sent twice at most. */
export function clientOptions({ region, endpoint }: AwsOptions) {
  return { region, maxAttempts: 2, ...(endpoint !== undefined && { endpoint }) }
}

/** Options of one call, which is aborted after some milliseconds with all of its attempts. */
export function abortAfter(milliseconds: number): { readonly abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(milliseconds) }
}
