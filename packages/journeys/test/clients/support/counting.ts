/** A `fetch` as clients take one, which keeps what was sent. */

export interface Sent {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly status: number
}

export interface CountingFetch {
  readonly fetch: typeof fetch
  /** In the order of the requests. */
  readonly sent: Sent[]
}

/** Creates one; every request goes to the network. */
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
