/** Sends one HTTP request with bounds on time and size. */
import { NoAnswer } from './no-answer.ts'

/** Bounds of one request, and what sends it. */
export interface SendOptions {
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch
  /** Milliseconds for the whole answer. Default: 10,000. */
  readonly millisMax?: number
  /** Largest body in bytes, after decompression. Default: 65,536. */
  readonly bytesMax?: number
}

/** An answer with its body as text. */
export interface Sent {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/**
 * Sends the request, and reads the whole answer. A redirect is an answer: it is not followed.
 * @throws NoAnswer for an answer that does not come, comes too late or is too large
 */
export async function send(url: string, init: RequestInit, options: SendOptions = {}): Promise<Sent> {
  const { fetch = globalThis.fetch, millisMax = 10_000, bytesMax = 65_536 } = options
  try {
    const signal = AbortSignal.timeout(millisMax)
    const response = await fetch(url, { ...init, redirect: 'manual', signal })
    return { status: response.status, headers: response.headers, text: await textOf(response, bytesMax) }
  } catch (cause) {
    throw cause instanceof NoAnswer ? cause : new NoAnswer('no answer', { cause })
  }
}

async function textOf({ body }: Response, bytesMax: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.length
    if (length > bytesMax) throw new NoAnswer('the answer is too large')
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

/** The object in a JSON text. @throws NoAnswer for any other text */
export function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // As for JSON of another form.
  }
  throw new NoAnswer('the answer is not a JSON object')
}
