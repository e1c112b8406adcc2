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
  [`${'text/html, '.repeat(60)}application/graphql-response+json`, modern],
  [`${'text/html, '.repeat(120)}application/graphql-response+json`, legacy],
  [`${'text/html, '.repeat(120)}application/json`, legacy],
  ['text/html'.padEnd(headerCharactersMax), undefined],
  ['text/html'.padEnd(headerCharactersMax + 1), legacy],
  ['application/json; charset=iso-8859-1', undefined],
  ['application/json;q=0', undefined],
  ['text/html', undefined],
]

describe('mediaTypeOf', () => {
  it.each(rows)('answers a client that takes %.70s with %s, each time', (accept, mediaType) => {
    expect([mediaTypeOf(accept), mediaTypeOf(accept)]).toEqual([mediaType, mediaType])
  })
})
