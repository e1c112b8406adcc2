import { HeaderMap } from '@apollo/server'
import { describe, expect, it } from 'vitest'
import { createDocumentCheck } from '../../src/graphql/document-check.ts'
import { createGatewayEvent } from '../../src/http/gateway-event.ts'
import { event, gatewayEvent, get, ofHash, parse } from '../support/gateway.ts'

/** A nested list that Apollo would convert to a text recursively. */
const deep = `${'['.repeat(2_000)}${']'.repeat(2_000)}`

const hashes: readonly [string, string][] = [
  ['a list', ofHash('[]')],
  ['a list 2,000 deep', ofHash(deep)],
  ['a number', ofHash('1')],
  ['null', ofHash('null')],
]

function completed(string: string) {
  return gatewayEvent.toSuccessResult({ headers: new HeaderMap(), body: { kind: 'complete', string } })
}

describe('gatewayEvent', () => {
  it.each(hashes)('refuses %s in the place of a hash, by GET and by POST', (_name, extensions) => {
    const thrown = expect.objectContaining({ code: 'BAD_USER_INPUT', reason: 'hash' })
    expect(() => parse(get(`query={a}&extensions=${extensions}`))).toThrow(thrown)
    expect(() => parse(event(`{"query":"{a}","extensions":${extensions}}`))).toThrow(thrown)
  })

  it('executes for a hash by GET the listed text, and nothing else', () => {
    const list = { abc: '{ listed }' }
    const listed = createGatewayEvent(createDocumentCheck(list))
    const hashed = (hash: string) => `extensions={"persistedQuery":{"version":1,"sha256Hash":"${hash}"}}`
    const { search } = parse(get(hashed('abc')), listed)
    expect(new URLSearchParams(search).get('query')).toBe('{ listed }')
    const forbidden = expect.objectContaining({ extensions: expect.objectContaining({ code: 'FORBIDDEN' }) })
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
    const listed = createGatewayEvent(createDocumentCheck({ abc: '{ listed }' }))
    const refusal = { extensions: expect.objectContaining(status ? { status } : { code: 'FORBIDDEN' }) }
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
