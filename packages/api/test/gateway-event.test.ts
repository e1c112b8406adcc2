import { HeaderMap } from '@apollo/server'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { describe, expect, it } from 'vitest'
import { createDocuments } from '../src/documents.ts'
import { answerBytesMax, bodyBytesMax, createGatewayEvent } from '../src/gateway-event.ts'

const event = (body: string | undefined, more: Partial<APIGatewayProxyEventV2> = {}): APIGatewayProxyEventV2 =>
  ({
    headers: { 'Content-Type': 'application/json' },
    rawQueryString: '',
    isBase64Encoded: false,
    requestContext: { http: { method: 'POST' } },
    ...(body === undefined ? {} : { body }),
    ...more,
  }) as APIGatewayProxyEventV2

const base64 = (bytes: Buffer): APIGatewayProxyEventV2 => event(bytes.toString('base64'), { isBase64Encoded: true })
const typed = (type: string | undefined) => event('{}', { headers: { 'content-type': type } })
const bytes = (count: number): string => JSON.stringify({ title: 'x'.repeat(count - '{"title":""}'.length) })

const refused: readonly [string, APIGatewayProxyEventV2, string, number | undefined][] = [
  ['no content type', typed(undefined), 'BAD_USER_INPUT', 415],
  ['text/plain', typed('text/plain'), 'BAD_USER_INPUT', 415],
  ['a form', typed('application/x-www-form-urlencoded'), 'BAD_USER_INPUT', 415],
  ['multipart', typed('multipart/form-data; boundary=x'), 'BAD_USER_INPUT', 415],
  ['a type that only begins like JSON', typed('application/jsonp'), 'BAD_USER_INPUT', 415],
  ['another charset', typed('application/json; charset=utf-16'), 'BAD_USER_INPUT', 415],
  ['no body', event(undefined), 'BAD_USER_INPUT', undefined],
  ['half a body', event('{"query":'), 'BAD_USER_INPUT', undefined],
  ['invalid UTF-8', base64(Buffer.from([0x22, 0xff, 0x22])), 'BAD_USER_INPUT', undefined],
  ['one byte too many', event(bytes(bodyBytesMax + 1)), 'LIMIT_EXCEEDED', 413],
  ['one byte too many in base64', base64(Buffer.from(bytes(bodyBytesMax + 1))), 'LIMIT_EXCEEDED', 413],
  ['few characters of many bytes', event(JSON.stringify({ title: '€'.repeat(400_000) })), 'LIMIT_EXCEEDED', 413],
]

const gatewayEvent = createGatewayEvent(createDocuments())

const completed = (string: string) =>
  gatewayEvent.toSuccessResult({ headers: new HeaderMap(), body: { kind: 'complete', string } })

describe('gatewayEvent', () => {
  it.each(refused)('refuses %s', (_name, given, code, status) => {
    const thrown = expect.objectContaining({ code, extensions: status ? { status } : {} })
    expect(() => gatewayEvent.fromEvent(given)).toThrow(thrown)
  })

  it('takes a body up to the limit, plain and in base64', () => {
    const body = bytes(bodyBytesMax)
    expect(gatewayEvent.fromEvent(event(body)).body).toEqual(JSON.parse(body))
    expect(gatewayEvent.fromEvent(base64(Buffer.from(body))).body).toEqual(JSON.parse(body))
  })

  it('takes parameters and any case of the content type', () => {
    expect(
      gatewayEvent.fromEvent({ ...event('{"a":1}'), headers: { 'CONTENT-TYPE': 'Application/JSON;charset="UTF-8"' } })
        .body,
    ).toEqual({ a: 1 })
  })

  it('answers with a limit instead of more than Lambda can carry', () => {
    const thrown = expect.objectContaining({ code: 'LIMIT_EXCEEDED', extensions: { status: 400 } })
    expect(() => completed(`"${'x'.repeat(answerBytesMax)}"`)).toThrow(thrown)
  })

  it('marks every answer as private and sniff-proof', () => {
    expect(completed('{}').headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  })

  it('hands on what it can not take, for the one exit', () => {
    const failure = new Error('db down at 10.0.0.1')
    expect(() => gatewayEvent.toErrorResult(failure)).toThrow(failure)
  })
})
