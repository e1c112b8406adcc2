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
  /** `x-request-id`: how the server's operators find the request in their logs. */
  readonly requestId: string | undefined
  /** Seconds of `retry-after` (RFC 9110 §10.2.3); undefined without it, and for a date, which no service here sends. */
  readonly retrySeconds: number | undefined
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
    return { ...headOf(response), text: await textOf(response, bytesMax) }
  } catch (cause) {
    throw cause instanceof NoAnswer ? cause : new NoAnswer('no answer', { cause })
  }
}

function headOf({ status, headers }: Response): Omit<Sent, 'text'> {
  const wait = headers.get('retry-after') ?? ''
  const retrySeconds = /^\d{1,9}$/.test(wait) ? Number(wait) : undefined
  return { status, headers, requestId: headers.get('x-request-id') ?? undefined, retrySeconds }
}

async function textOf({ body }: Response, bytesMax: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.length
    if (length > bytesMax) throw new NoAnswer('the answer is too large')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** The object in the JSON text of an answer. @throws NoAnswer for any other text */
export function parseObject({ text, requestId }: Pick<Sent, 'text' | 'requestId'>): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // As for JSON of another form.
  }
  throw new NoAnswer('the answer is not a JSON object', { requestId })
}
