/** API Gateway's HTTP API event (payload format 2.0) to Apollo's request, strictly, and Apollo's answer back. */
import { HeaderMap } from '@apollo/server'
import { createRequestHandler } from '@as-integrations/aws-lambda/dist/request-handlers/_create.js'
import { AppError } from '@fieldnotes/core/error'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { answer } from './answer.ts'
import type { Documents } from './documents.ts'

/** Bytes of a request body. Larger ones are refused before they are read. */
export const bodyBytesMax = 1_000_000

/** Bytes of an answer as a JSON string: Lambda gives up at 6 MB (6,291,556 bytes), headers and escapes included. */
export const answerBytesMax = 5_500_000

/** The answer travels as a string inside JSON, where every quote takes a backslash. One unit of a string is 6 bytes at most. */
const isTooLarge = (text: string): boolean =>
  text.length > answerBytesMax / 6 && Buffer.byteLength(JSON.stringify(text)) > answerBytesMax

const json = /^application\/(json|graphql-response\+json)\s*(;|$)/i
const otherCharset = /;\s*charset\s*=\s*(?!"?utf-?8)/i

const bytesOf = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): Buffer =>
  Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')

const unsupported = (reason: string): AppError =>
  new AppError('BAD_USER_INPUT', reason, { message: 'Send application/json in UTF-8.', extensions: { status: 415 } })

const utf8 = new TextDecoder('utf-8', { fatal: true })

const parseJson = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    throw new AppError('BAD_USER_INPUT', 'body is not JSON', { message: 'The body is not JSON.' })
  }
}

const parseBody = (event: APIGatewayProxyEventV2, contentType = ''): unknown => {
  if (!json.test(contentType) || otherCharset.test(contentType)) throw unsupported('content type')
  if ((event.body?.length ?? 0) > 1.4 * bodyBytesMax) throw tooLarge()
  const bytes = bytesOf(event)
  if (bytes.length > bodyBytesMax) throw tooLarge()
  return parseJson(bytes)
}

const tooLarge = (): AppError =>
  new AppError('LIMIT_EXCEEDED', 'body too large', {
    message: `The body is larger than ${bodyBytesMax} bytes.`,
    extensions: { status: 413 },
  })

const answerTooLarge = (): AppError =>
  new AppError('LIMIT_EXCEEDED', 'answer too large', {
    message: 'The answer is too large. Ask for fewer items or fields.',
    extensions: { status: 400 },
  })

/** What @as-integrations/aws-lambda asks for, in place of its lenient default. What it can't take it throws, for the one exit. */
export const createGatewayEvent = (documents: Documents) =>
  createRequestHandler<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(
    {
      parseHttpMethod: (event) => event.requestContext.http.method,
      parseHeaders: ({ headers }) => {
        const map = new HeaderMap()
        for (const [name, value = ''] of Object.entries(headers)) map.set(name.toLowerCase(), value)
        return map
      },
      // JSON may be anything; Apollo checks what it is given, whatever the type says.
      parseBody: (event, headers) => documents(parseBody(event, headers.get('content-type'))) as string,
      parseQueryParams: (event) => event.rawQueryString,
    },
    {
      success: ({ status, headers, body }) => {
        if (body.kind !== 'complete') throw new AppError('INTERNAL', 'an answer in parts')
        if (isTooLarge(body.string)) throw answerTooLarge()
        return answer(status ?? 200, body.string, Object.fromEntries(headers))
      },
      error: (thrown) => {
        throw thrown
      },
    },
  )
