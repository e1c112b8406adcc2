/** How often, and after which waits, requests to the table and optimistic writes are repeated. */

/** Attempts of one request that meets a passing refusal, or of a batch that is answered in parts. */
export const requestAttemptsMax = 6

/** Milliseconds: the first wait between attempts of a request. */
export const requestWaitMs = 25

/** Attempts of an optimistic write that meets other writes. */
export const writeAttemptsMax = 20

/** Milliseconds: the first wait between attempts of a write. */
export const writeWaitMs = 4

/** Milliseconds: the longest wait between two attempts. */
export const waitMsMax = 200
