import { HeaderMap } from '@apollo/server'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { describe, expect, it } from 'vitest'
import { createDocuments } from '../../src/graphql/documents.ts'
import { createGatewayEvent } from '../../src/http/gateway-event.ts'
import { queryStringBytesMax } from '../../src/http/query-string.ts'
import { bodyBytesMax } from '../../src/http/request-body.ts'
import type { Context } from '../../src/resolvers/context.ts'

function event(body: string | undefined, more: Partial<APIGatewayProxyEventV2> = {}): APIGatewayProxyEventV2 {
  return {
    headers: { 'Content-Type': 'application/json' },
    rawQueryString: '',
    isBase64Encoded: false,
    requestContext: { http: { method: 'POST' } },
    ...(body === undefined ? {} : { body }),
    ...more,
  } as APIGatewayProxyEventV2
}

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

const context = {} as Context
const gatewayEvent = createGatewayEvent(createDocuments())

function parse(event: APIGatewayProxyEventV2, { fromEvent } = gatewayEvent) {
  return fromEvent({ event, context })
}

function get(rawQueryString: string, headers = {}): APIGatewayProxyEventV2 {
  return {
    headers,
    rawQueryString,
    isBase64Encoded: false,
    requestContext: { http: { method: 'GET' } },
  } as APIGatewayProxyEventV2
}

function searched(search: string): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(parse(get(search)).search))
}

const tooLong = `query={__typename}&x=${'x'.repeat(queryStringBytesMax)}`

function ofHash(hash: string) {
  return `{"persistedQuery":{"sha256Hash":${hash}}}`
}

/** A nested list that Apollo would convert to a text recursively. */
const deep = `${'['.repeat(2_000)}${']'.repeat(2_000)}`

const hashes: readonly [string, string][] = [
  ['a list', ofHash('[]')],
  ['a list 2,000 deep', ofHash(deep)],
  ['a number', ofHash('1')],
  ['null', ofHash('null')],
]

/** Query strings with the word MARKER, which no message may quote. */
const refusedSearches: readonly [string, string, string, number | undefined][] = [
  ['nothing', '', 'BAD_USER_INPUT', undefined],
  ['no query', 'operationName=MARKER', 'BAD_USER_INPUT', undefined],
  ['an empty query', 'query=&operationName=MARKER', 'BAD_USER_INPUT', undefined],
  ['two queries', 'query={MARKER}&query={MARKER}', 'BAD_USER_INPUT', undefined],
  ['the same query twice, once escaped', 'query={MARKER}&%71uery={MARKER}', 'BAD_USER_INPUT', undefined],
  ['two names', 'query={MARKER}&operationName=a&operationName=b', 'BAD_USER_INPUT', undefined],
  ['two sets of variables', 'query={MARKER}&variables={}&variables={}', 'BAD_USER_INPUT', undefined],
  ['two extensions', 'query={MARKER}&extensions={}&extensions={}', 'BAD_USER_INPUT', undefined],
  ['variables that are a list', 'query={MARKER}&variables=[]', 'BAD_USER_INPUT', undefined],
  ['variables that are a number', 'query={MARKER}&variables=0', 'BAD_USER_INPUT', undefined],
  ['variables that are no JSON', 'query={MARKER}&variables={MARKER}', 'BAD_USER_INPUT', undefined],
  ['variables with a NUL', 'query={MARKER}&variables=%7B%22a%22:%22%00MARKER%22%7D', 'BAD_USER_INPUT', undefined],
  ['empty variables', 'query={MARKER}&variables=', 'BAD_USER_INPUT', undefined],
  ['extensions that are text', 'query={MARKER}&extensions="MARKER"', 'BAD_USER_INPUT', undefined],
  ['half an escape', 'query={MARKER}%2', 'BAD_USER_INPUT', undefined],
  ['an escape that is none', 'query={MARKER}%zz', 'BAD_USER_INPUT', undefined],
  ['bytes that are no UTF-8', 'query={MARKER}%FF', 'BAD_USER_INPUT', undefined],
  ['an extension that names no document', 'extensions={"persistedQuery":null}', 'BAD_USER_INPUT', undefined],
  ['extensions that are null', 'extensions=null', 'BAD_USER_INPUT', undefined],
  ['a persisted query without a hash', 'extensions={"persistedQuery":{"version":1}}', 'BAD_USER_INPUT', 400],
  ['an empty hash', `extensions=${ofHash('""')}`, 'BAD_USER_INPUT', 400],
  ['one byte too many', tooLong.slice(0, queryStringBytesMax + 1), 'LIMIT_EXCEEDED', 414],
  ['few characters of many bytes', `query={a}&x=${'€'.repeat(queryStringBytesMax / 3)}`, 'LIMIT_EXCEEDED', 414],
]

function completed(string: string) {
  return gatewayEvent.toSuccessResult({ headers: new HeaderMap(), body: { kind: 'complete', string } })
}

describe('gatewayEvent', () => {
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

  it.each(refusedSearches)('refuses a GET with %s', (_name, search, code, status) => {
    const thrown = expect.objectContaining({
      code,
      extensions: status ? { status } : expect.anything(),
      message: expect.not.stringContaining('MARKER'),
      reason: expect.not.stringContaining('MARKER'),
    })
    expect(() => parse(get(search))).toThrow(thrown)
  })

  it.each(hashes)('refuses %s in the place of a hash, by GET and by POST', (_name, extensions) => {
    const thrown = expect.objectContaining({ code: 'BAD_USER_INPUT', reason: 'hash' })
    expect(() => parse(get(`query={a}&extensions=${extensions}`))).toThrow(thrown)
    expect(() => parse(event(`{"query":"{a}","extensions":${extensions}}`))).toThrow(thrown)
  })

  it('takes a query string up to the limit', () => {
    expect(searched(tooLong.slice(0, queryStringBytesMax)).query).toBe('{__typename}')
  })

  it.each([
    ['plus signs and escapes', 'query=query+A%7B__typename%7D%20%23+%2B%C3%BC', { query: 'query A{__typename} # +ü' }],
    ['variables and extensions that are null', 'query={a}&variables=null&extensions=null', { query: '{a}' }],
    ['an empty operation name', 'query={a}&operationName=', { query: '{a}' }],
    ['a parameter of others, twice', 'query={a}&x=1&x=2', { query: '{a}', x: '2' }],
    ['variables as they came', 'query={a}&variables={"n":1e999}', { query: '{a}', variables: '{"n":1e999}' }],
    ['a NUL, which the parser refuses', 'query={a}%00', { query: '{a}\u0000' }],
    ['a hash alone', `extensions=${ofHash('"x"')}`, { extensions: ofHash('"x"') }],
  ])('hands over a GET with %s', (_name, search, expected) => {
    expect(searched(search)).toEqual(expected)
  })

  it('executes for a hash by GET the listed text, and nothing else', () => {
    const list = { abc: '{ listed }' }
    const listed = createGatewayEvent(createDocuments(list))
    const hashed = (hash: string) => `extensions={"persistedQuery":{"version":1,"sha256Hash":"${hash}"}}`
    const { search } = parse(get(hashed('abc')), listed)
    expect(new URLSearchParams(search).get('query')).toBe('{ listed }')
    const forbidden = expect.objectContaining({ extensions: { code: 'FORBIDDEN' } })
    for (const other of [hashed('abd'), hashed('constructor'), 'query={other}', `query={other}&${hashed('abc')}`])
      expect(() => parse(get(other), listed)).toThrow(forbidden)
  })

  it.each([
    ['a mutation', 'query=mutation{a}', 405],
    ['a named mutation', 'query=query A{a} mutation B{a}&operationName=B', 405],
    ['a query beside a mutation', 'query=query A{a} mutation B{a}&operationName=A', undefined],
    ['a mutation that no name selects', 'query=query A{a} mutation B{a}', undefined],
    ['a text that is no document', 'query=mutation{', undefined],
    ['a mutation beyond a limit', `query=mutation{${'a '.repeat(2_000)}}`, undefined],
    ['no text', `extensions=${ofHash('"x"')}`, undefined],
  ])('refuses by GET, where it is not on the list, %s', (_name, search, status) => {
    const listed = createGatewayEvent(createDocuments({ abc: '{ listed }' }))
    const refusal = { extensions: status ? { status } : { code: 'FORBIDDEN' } }
    expect(() => parse(get(search), listed)).toThrow(expect.objectContaining(refusal))
  })

  it('marks a GET alone as one that needs no preflight, and looks at no type of a body that it has not', () => {
    const marker = 'apollo-require-preflight'
    const { headers } = parse(get('query={a}', { 'content-type': 'text/plain', 'x-a': 'b' }))
    expect(Object.fromEntries(headers)).toMatchObject({ 'x-a': 'b', [marker]: 'true' })
    expect(headers.has('content-type')).toBe(false)
    expect(parse(event('{"query":"{a}"}')).headers.has(marker)).toBe(false)
  })

  it.each([
    [undefined, 'application/json; charset=utf-8'],
    ['*/*,'.repeat(1_000), 'application/json; charset=utf-8'],
    ['multipart/mixed, application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
  ])('hands over what was negotiated in the place of accept %.20s', (accept, negotiated) => {
    const headers = { 'content-type': 'application/json', ...(accept && { accept }) }
    expect(parse(event('{}', { headers })).headers.get('accept')).toBe(negotiated)
  })

  it('hands over no query string of a POST', () => {
    expect(parse(event('{"a":1}', { rawQueryString: 'query={b}&query={c}' })).search).toBe('')
  })

  it('marks every answer as private and sniff-proof', () => {
    const common = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', vary: 'accept, accept-encoding' }
    expect(completed('{}').headers).toMatchObject(common)
    const headers = new HeaderMap(Object.keys(common).map((name) => [name, 'of Apollo']))
    headers.set('x-a', 'b')
    const more = gatewayEvent.toSuccessResult({ headers, body: { kind: 'complete', string: '{}' } })
    expect(more.headers).toMatchObject({ ...common, 'x-a': 'b' })
  })

  it('hands on what it can not take, for the one exit', () => {
    const failure = new Error('db down at 10.0.0.1')
    expect(() => gatewayEvent.toErrorResult(failure)).toThrow(failure)
  })
})
