/** API Gateway's HTTP API event (payload format 2.0) to Apollo's request, strictly, and Apollo's answer back. */
import { HeaderMap } from '@apollo/server'
import { createRequestHandler } from '@as-integrations/aws-lambda/dist/request-handlers/_create.js'
import { AppError } from '@fieldnotes/core/error'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import type { Documents } from '../graphql/documents.ts'
import { mediaTypeOf } from '../graphql/media-type.ts'
import { parseQueryString } from './query-string.ts'
import { answer } from './responses.ts'

/** Bytes of a request body. Larger ones are refused before they are read. */
export const bodyBytesMax = 1_000_000

const json = /^application\/(json|graphql-response\+json)\s*(;|$)/i
const otherCharset = /;\s*charset\s*=\s*(?!"?utf-?8)/i

/** Characters of a content type that is read, here and by Apollo. */
const contentTypeMax = 200

function isJson(contentType: string): boolean {
  return contentType.length <= contentTypeMax && json.test(contentType) && !otherCharset.test(contentType)
}

/** Any coding but `identity`. */
const otherCoding = /^(?!\s*(identity\s*)?$)/i

function bytesOf({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): Buffer {
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
}

function unsupported(reason: string): AppError {
  return new AppError('BAD_USER_INPUT', reason, {
    message: 'Send application/json in UTF-8.',
    extensions: { status: 415 },
  })
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    throw new AppError('BAD_USER_INPUT', 'body is not JSON', { message: 'The body is not JSON.' })
  }
}

function parseBody(event: APIGatewayProxyEventV2, headers: HeaderMap): unknown {
  const contentType = headers.get('content-type') ?? ''
  if (otherCoding.test(headers.get('content-encoding') ?? '')) throw unsupportedCoding
  if (!isJson(contentType)) throw unsupported('content type')
  if ((event.body?.length ?? 0) > 1.4 * bodyBytesMax) throw tooLarge()
  const bytes = bytesOf(event)
  if (bytes.length > bodyBytesMax) throw tooLarge()
  return parseJson(bytes)
}

function tooLarge(): AppError {
  return new AppError('LIMIT_EXCEEDED', 'body too large', {
    message: `The body is larger than ${bodyBytesMax} bytes.`,
    extensions: { status: 413 },
  })
}

/** Our answer to a body that is compressed, or encoded in another way (RFC 7694 §3). */
export const unsupportedCoding = new AppError('BAD_USER_INPUT', 'content encoding', {
  message: 'Send the body without a content-encoding.',
  extensions: { status: 415 },
})

function isGet({ requestContext }: APIGatewayProxyEventV2): boolean {
  return requestContext.http.method === 'GET'
}

/**
 * A GET has no body whose type could matter. The endpoint reads no cookie, so that a page which forges a GET gets the answer of an
 * anonymous caller: the request gets the marker for which Apollo's `csrfPrevention` looks. For POST that check stays as it is.
 */
function getHeaders(headers: HeaderMap): HeaderMap {
  headers.delete('content-type')
  return headers.set('apollo-require-preflight', 'true')
}

function headersOf(event: APIGatewayProxyEventV2): HeaderMap {
  const map = new HeaderMap()
  for (const [name, value = ''] of Object.entries(event.headers)) map.set(name.toLowerCase(), value)
  // Apollo negotiates anew for each operation, over the whole of the header. It gets the outcome.
  const mediaType = mediaTypeOf(map.get('accept'))
  if (mediaType) map.set('accept', mediaType)
  return isGet(event) ? getHeaders(map) : map
}

/** The parameters, with the text of the document that is executed: it passes the same gate as that of a POST. */
function searchOf(event: APIGatewayProxyEventV2, documents: Documents): string {
  if (!isGet(event)) return ''
  const { body, search } = parseQueryString(event.rawQueryString)
  const { query } = documents(body) as { readonly query?: unknown }
  if (typeof query === 'string') search.set('query', query)
  return search.toString()
}

/** What @as-integrations/aws-lambda asks for, in place of its lenient default. What it can't take it throws, for the one exit. */
export function createGatewayEvent(documents: Documents) {
  return createRequestHandler<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(
    {
      parseHttpMethod: (event) => event.requestContext.http.method,
      parseHeaders: headersOf,
      // JSON may be anything; Apollo checks what it is given, whatever the type says.
      parseBody: (event, headers) => (isGet(event) ? '' : (documents(parseBody(event, headers)) as string)),
      parseQueryParams: (event) => searchOf(event, documents),
    },
    {
      success: ({ status, headers, body }) => {
        if (body.kind !== 'complete') throw new AppError('INTERNAL', 'an answer in parts')
        return answer(status ?? 200, body.string, Object.fromEntries(headers))
      },
      error: (thrown) => {
        throw thrown
      },
    },
  )
}
