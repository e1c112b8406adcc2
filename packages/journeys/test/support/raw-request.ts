/** Requests by node:http: `fetch` decodes answers, joins headers that are repeated, and controls others itself. */
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'

/** An answer, byte for byte. */
export interface RawAnswer {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
}

/** What is sent. */
export interface RawRequest {
  readonly method: string
  /** A list repeats a header. */
  readonly headers: OutgoingHttpHeaders
  readonly body?: string | undefined
}

/** Sends a request, and resolves to its answer. */
export function rawRequest(url: string, { method, headers, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, async (response) => {
      const bytes = Buffer.concat(await response.toArray())
      resolve({ status: response.statusCode, headers: response.headers, bytes })
    })
    outgoing.on('error', reject).end(body)
  })
}
