import { describe, expect, it } from 'vitest'
import { mediaTypeOf } from '../../src/graphql/media-type.ts'
import { headerCharactersMax } from '../../src/graphql/remembered-header.ts'

const legacy = 'application/json; charset=utf-8'
const modern = 'application/graphql-response+json; charset=utf-8'

const rows: readonly [string | undefined, string | undefined][] = [
  [undefined, legacy],
  ['', legacy],
  ['*/*', legacy],
  ['application/*', legacy],
  ['application/json', legacy],
  ['application/json; charset=utf-8', legacy],
  ['application/json;charset=UTF-8', legacy],
  ['text/html, application/json;q=0.9', legacy],
  ['application/graphql-response+json', modern],
  ['application/graphql-response+json; charset=utf-8', modern],
  ['application/graphql-response+json; charset=utf-8, application/json; charset=utf-8', modern],
  ['application/graphql-response+json;q=0.5, application/json', legacy],
  ['text/html, application/json'.padEnd(headerCharactersMax), legacy],
  [`${'text/html, '.repeat(120)}application/graphql-response+json`, legacy],
  [`${'text/html, '.repeat(120)}application/json`, legacy],
  ['text/html'.padEnd(headerCharactersMax), undefined],
  ['text/html'.padEnd(headerCharactersMax + 1), legacy],
  ['application/json; charset=iso-8859-1', undefined],
  ['application/json;q=0', undefined],
  ['text/html', undefined],
]

/** Headers that RFC 9110 §12.5.1 does not allow, each beside one that it allows. */
const malformed: readonly [malformed: string, wellFormed: string, mediaType: string | undefined][] = [
  [';', ' ,', legacy],
  ['text', 'text/html', undefined],
  ['*', '*/*', legacy],
  ['text/html text/plain', 'text/html,text/plain', undefined],
  ['text/html, ;', 'text/html, ,', undefined],
  ['text/html;q=2', 'text/html;q=1.000', undefined],
  ['text/html;q=high', 'text/html;level=high', undefined],
  ['text/html;q="1"', 'text/html;q=1;a="1"', undefined],
  ['text/html;a="', 'text/html;a="\\""', undefined],
  ['text/html;a', 'text/html;', undefined],
  ['application/graphql-response+json, text', 'application/graphql-response+json, text/*', modern],
  ['application/json;q=-1', 'application/json;q=0', undefined],
  ['application/json;q=0.0001', 'application/json;q=0.001', legacy],
]

describe('mediaTypeOf', () => {
  it.each(malformed)('disregards %s, and not %s', (accept, wellFormed, mediaType) => {
    expect([mediaTypeOf(accept), mediaTypeOf(wellFormed)]).toEqual([legacy, mediaType])
  })

  it('disregards a header of more than 20 media ranges', () => {
    const others = (count: number) => 'text/html, '.repeat(count)
    expect(mediaTypeOf(`${others(19)}application/graphql-response+json`)).toBe(modern)
    expect(mediaTypeOf(`${others(20)}application/graphql-response+json`)).toBe(legacy)
    expect([mediaTypeOf(`${others(19)}a/b`), mediaTypeOf(`${others(20)}a/b`)]).toEqual([undefined, legacy])
  })

  it.each([' ', ';', ',', '"', '\\', '; ', ' ;a=b', 'a/b ', ' ,a/b', ';a="', ';a="\\', 'a/b;q=0.1, '])(
    'disregards a header that %j fills, and is malformed at its end',
    (unit) => {
      const filled = `a/b${unit.repeat(headerCharactersMax)}`.slice(0, headerCharactersMax - 1)
      expect(mediaTypeOf(`${filled}(`)).toBe(legacy)
    },
  )

  it.each(rows)('answers a client that takes %.70s with %s, each time', (accept, mediaType) => {
    expect([mediaTypeOf(accept), mediaTypeOf(accept)]).toEqual([mediaType, mediaType])
  })
})
