/** A request that a client sent, as its `fetch` received it. */

export interface Sent {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly status: number
}

/** A `fetch` with its record. */
export interface CountingFetch {
  readonly fetch: typeof fetch
  /** Requests in order. */
  readonly sent: Sent[]
}

/** Creates a `fetch` that records each request and sends it. */
export function countingFetch(): CountingFetch {
  const sent: Sent[] = []
  const counting: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const { method = 'GET', headers } = init ?? {}
    sent.push({ method, url: new URL(String(input)), headers: new Headers(headers), status: response.status })
    return response
  }
  return { fetch: counting, sent }
}
