import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { describe, expect, it } from 'vitest'
import { bodyBytesMax } from '../../src/http/request-body.ts'
import { event, parse } from '../support/gateway.ts'

function base64(bytes: Buffer): APIGatewayProxyEventV2 {
  return event(bytes.toString('base64'), { isBase64Encoded: true })
}
function typed(type: string | undefined) {
  return event('{}', { headers: { 'content-type': type } })
}
function bytes(count: number): string {
  return JSON.stringify({ title: 'x'.repeat(count - '{"title":""}'.length) })
}

function coded(coding: string) {
  return event('{"a":1}', { headers: { 'content-type': 'application/json', 'content-encoding': coding } })
}

const otherCharsets = [
  'application/json; charset=utf-16',
  'application/json; charset=utf-8x',
  'application/json; charset=utf8',
  'application/json; charset = utf-16',
  'application/json; charset="utf-8',
  'application/json; charset=utf-8"',
  'application/json; charset="utf-16"',
  'application/json; charset=',
  'application/json; charset=utf-8 x',
  'application/json; charset=utf-8; charset=utf-16',
  'application/graphql-response+json;CHARSET=latin1',
]

type Refused = readonly [name: string, event: APIGatewayProxyEventV2, code: string, status: number | undefined]

const refused: readonly Refused[] = [
  ['no content type', typed(undefined), 'BAD_USER_INPUT', 415],
  ['text/plain', typed('text/plain'), 'BAD_USER_INPUT', 415],
  ['a form', typed('application/x-www-form-urlencoded'), 'BAD_USER_INPUT', 415],
  ['multipart', typed('multipart/form-data; boundary=x'), 'BAD_USER_INPUT', 415],
  ['a type that only ends like JSON', typed('text/x-application/json'), 'BAD_USER_INPUT', 415],
  ['a type that only begins like JSON', typed('application/jsonp'), 'BAD_USER_INPUT', 415],
  ['more parameters than a type can need', typed(`application/json${';a=b'.repeat(250)}`), 'BAD_USER_INPUT', 415],
  ...otherCharsets.map((type): Refused => [`another charset: ${type}`, typed(type), 'BAD_USER_INPUT', 415]),
  ['a compressed body', coded('gzip'), 'BAD_USER_INPUT', 415],
  ['a body in two codings', coded('identity, gzip'), 'BAD_USER_INPUT', 415],
  ['a body in a coding that is none', coded('x'), 'BAD_USER_INPUT', 415],
  ['no body', event(undefined), 'BAD_USER_INPUT', undefined],
  ['half a body', event('{"query":'), 'BAD_USER_INPUT', undefined],
  ['invalid UTF-8', base64(Buffer.from([0x22, 0xff, 0x22])), 'BAD_USER_INPUT', undefined],
  ['one byte too many', event(bytes(bodyBytesMax + 1)), 'LIMIT_EXCEEDED', 413],
  ['one byte too many in base64', base64(Buffer.from(bytes(bodyBytesMax + 1))), 'LIMIT_EXCEEDED', 413],
  ['few characters of many bytes', event(JSON.stringify({ title: '€'.repeat(400_000) })), 'LIMIT_EXCEEDED', 413],
]

/** Reason in the log → public message. */
const messages = {
  'content encoding': 'Send the body without a content-encoding.',
  'content type': 'Send application/json in UTF-8.',
  'body too large': `The body is larger than ${bodyBytesMax} bytes.`,
  'body is not JSON': 'The body is not JSON.',
}

describe('the body of a POST', () => {
  it.each([
    ['content encoding', coded('gzip')],
    ['content type', typed('text/plain')],
    ['body too large', event(bytes(bodyBytesMax + 1))],
    ['body too large', base64(Buffer.from(bytes(bodyBytesMax + 1)))],
    ['body is not JSON', event('{"query":')],
    ['body is not JSON', event(undefined)],
    ['body is not JSON', base64(Buffer.from([0x22, 0xff, 0x22]))],
  ] as const)('says what is wrong with it: %s (%#)', (reason, given) => {
    expect(() => parse(given)).toThrow(expect.objectContaining({ reason, message: messages[reason] }))
  })

  it.each(refused)('refuses %s', (_name, given, code, status) => {
    const thrown = expect.objectContaining({ code, extensions: status ? { status } : {} })
    expect(() => parse(given)).toThrow(thrown)
  })

  it('takes a body up to the limit, plain and in base64', () => {
    const body = bytes(bodyBytesMax)
    expect(parse(event(body)).body).toEqual(JSON.parse(body))
    expect(parse(base64(Buffer.from(body))).body).toEqual(JSON.parse(body))
  })

  it.each([
    'Application/JSON;charset="UTF-8"',
    'application/json',
    'application/json;',
    'application/json; charset=utf-8',
    'application/json;Charset=Utf-8 ; a=b',
    'application/graphql-response+json; a=b; charset="utf-8"',
  ])('takes parameters, any case and UTF-8 alone: %s', (type) => {
    expect(parse({ ...event('{"a":1}'), headers: { 'CONTENT-TYPE': type } }).body).toEqual({ a: 1 })
  })

  it('takes a body whose coding is identity', () => {
    expect(parse(coded('identity')).body).toEqual({ a: 1 })
    expect(parse(coded(' Identity ')).body).toEqual({ a: 1 })
  })
})
