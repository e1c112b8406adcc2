/** Reads the body of a POST strictly: JSON in UTF-8, without a content coding, of at most 1,000,000 bytes. */
import { AppError } from '@fieldnotes/core/error'
import { rememberedHeader } from '../graphql/remembered-header.ts'
import type { Event } from './route.ts'

/** Bytes of a body. A larger one is refused before it is parsed. */
export const bodyBytesMax = 1_000_000

const json = /^application\/(json|graphql-response\+json)\s*(;|$)/i

/** Any `charset` but `utf-8`, which may be quoted and is compared without case (RFC 9110 §8.3.2). */
const otherCharset = /;\s*charset\s*=(?!("?)utf-8\1\s*(?:;|$))/i

/** Undefined for a type that is missing or too long, which is refused. */
const isJson = rememberedHeader((contentType) => json.test(contentType) && !otherCharset.test(contentType))

/** Any coding but `identity`. */
const otherCoding = /^(?!\s*(identity\s*)?$)/i

const unsupportedType = new AppError('BAD_USER_INPUT', 'content type', {
  message: 'Send application/json in UTF-8.',
  extensions: { status: 415 },
})

/** The error for a body with a content coding (RFC 7694 §3). */
export const unsupportedCoding = new AppError('BAD_USER_INPUT', 'content encoding', {
  message: 'Send the body without a content-encoding.',
  extensions: { status: 415 },
})

function tooLarge(): AppError {
  return new AppError('LIMIT_EXCEEDED', 'body too large', {
    message: `The body is larger than ${bodyBytesMax} bytes.`,
    extensions: { status: 413 },
  })
}

function bytesOf({ body = '', isBase64Encoded }: Event): Buffer {
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    throw new AppError('BAD_USER_INPUT', 'body is not JSON', { message: 'The body is not JSON.' })
  }
}

/**
 * The JSON of a body. `headers` have lower-case names.
 * @throws BAD_USER_INPUT (415 for type and coding), LIMIT_EXCEEDED (413)
 */
export function parseBody(event: Event, headers: ReadonlyMap<string, string>): unknown {
  if (otherCoding.test(headers.get('content-encoding') ?? '')) throw unsupportedCoding
  if (!isJson(headers.get('content-type'))) throw unsupportedType
  // Base64 has 4 characters for 3 bytes.
  if ((event.body?.length ?? 0) > 1.4 * bodyBytesMax) throw tooLarge()
  const bytes = bytesOf(event)
  if (bytes.length > bodyBytesMax) throw tooLarge()
  return parseJson(bytes)
}
