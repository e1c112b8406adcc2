import { describe, expect, it } from 'vitest'
import { queryStringBytesMax } from '../../src/http/query-string.ts'
import { get, ofHash, parse } from '../support/gateway.ts'

function searched(search: string): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(parse(get(search)).search))
}

const tooLong = `query={__typename}&x=${'x'.repeat(queryStringBytesMax)}`

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

describe('the query string of a GET', () => {
  it.each(refusedSearches)('refuses a GET with %s', (_name, search, code, status) => {
    const thrown = expect.objectContaining({
      code,
      extensions: status ? { status } : expect.anything(),
      message: expect.not.stringContaining('MARKER'),
      reason: expect.not.stringContaining('MARKER'),
    })
    expect(() => parse(get(search))).toThrow(thrown)
  })

  it.each([
    ['', 'Send a query, or the hash of a persisted one.'],
    ['query={a}%zz', 'The query string is not UTF-8 in percent-encoding.'],
    ['query={a}&query={b}', 'The parameter query came more than once.'],
    ['query={a}&variables={}&variables={}', 'The parameter variables came more than once.'],
    ['query={a}&variables=[]', 'The parameter variables is not a JSON object.'],
    ['query={a}&extensions=', 'The parameter extensions is not a JSON object.'],
    [tooLong, `The query string is longer than ${queryStringBytesMax} bytes. Use POST.`],
  ])('says what is wrong with %.40s', (search, message) => {
    expect(() => parse(get(search))).toThrow(
      expect.objectContaining({ message, reason: expect.stringMatching(/^query string/) }),
    )
  })

  it('hands over an operation name only where it is not empty', () => {
    expect(searched('query={a}&operationName=b').operationName).toBe('b')
    expect(searched('query={a}&operationName=')).not.toHaveProperty('operationName')
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
})
