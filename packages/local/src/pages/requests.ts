/** Reads the forms of the local pages, and refuses requests that none of these pages has sent. */
import type { IncomingMessage } from 'node:http'

/** A request that a page can't answer; the message is the text of the error page. */
export class RequestRefusal extends Error {
  override readonly name = 'RequestRefusal'
  readonly status: number

  constructor(status: number, text: string) {
    super(text)
    this.status = status
  }
}

/** Bytes of a request body, at most. */
const bodyBytesMax = 64 * 1024

/**
 * DNS rebinding: a page of another host name that resolves to this machine must not reach a local page or read a token.
 */
export function isOurs(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '')
}

/** Bytes of a query, at most: a sign-in keeps the parameters of its request until it ends. */
const queryBytesMax = 8 * 1024

/** Path and query of a request. @throws RequestRefusal 414 for a query of more than 8 KB */
export function splitTarget({ url = '' }: IncomingMessage): { readonly path: string; readonly query: URLSearchParams } {
  const at = url.indexOf('?')
  const [path, search] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)]
  if (search.length > queryBytesMax) throw new RequestRefusal(414, 'This address is too long.')
  return { path, query: new URLSearchParams(search) }
}

/** Reads a body of at most 64 KB. @throws RequestRefusal 413 for a longer one */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length
    if (length > bodyBytesMax) {
      request.resume()
      throw new RequestRefusal(413, 'That is more than a form of this page can hold.')
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * A form is only taken from a page of this origin: by fetch metadata where a browser sends it, and by `origin`. Other
 * programs send neither.
 */
function isOwnForm({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  const { origin, host } = headers
  return (site === undefined || site === 'same-origin') && (origin === undefined || origin === `http://${host}`)
}

/**
 * Reads the fields of a form.
 * @throws RequestRefusal 403 for a form of another origin, 413 for more than 64 KB, 415 for another content type
 */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  if (!isOwnForm(request)) throw new RequestRefusal(403, 'This form is only taken from a page of this machine.')
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type))
    throw new RequestRefusal(415, 'This page takes the fields of a form.')
  return new URLSearchParams((await readBody(request)).toString())
}
