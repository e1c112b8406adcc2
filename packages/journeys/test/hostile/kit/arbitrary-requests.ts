/** Generators of the parts of a request, for fast-check. */
import fc from 'fast-check'
import { argumentPositions } from './argument-positions.ts'

/** Sender of a request. */
export const caller = fc.constantFrom('anonymous' as const, 'alice' as const)

/** Arbitrary text, with texts that parsers often fail on. */
export const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('\ud800', '\udc00a', '\u0000', '\u2028', '\u202e', '__proto__', 'constructor', 'a'.repeat(300), ''),
)

/** Arbitrary JSON, with the member names of a request. */
export const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom(null, true, 0, -1, 1e308, 2 ** 31, 2 ** 53, 0.5),
    text,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(
        text,
        fc.constantFrom('query', 'variables', 'extensions', 'operationName', 'persistedQuery', 'toString'),
      ),
      tie('json'),
      { maxKeys: 4 },
    ),
  ),
})).json

const words = [
  ...'{}()[]:!$@=|&"#,'.split(''),
  ...['...', '"""', '\\', '\n', '\ufeff', '\u0000', '\ud800', '1', '-1', '1e999', '007', '0x1', '"a"', 'null', 'true'],
  ...['query', 'mutation', 'subscription', 'fragment', 'on', 'F', '$a', 'Int', 'ID', '@skip', '@include', 'if', 'type'],
  ...['me', 'note', 'notes', 'node', 'nodes', 'ids', 'id', 'first', 'filter', 'tag', 'edges', 'pageInfo', 'title'],
  ...['createNote', 'deleteNote', 'input', 'changes', 'since', '__typename', '__schema', '__type', 'name', 'schema'],
] as const

/** Tokens of documents in any order. */
export const soup = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((list) => list.join(' '))

/** A document that is valid except for one part. */
export const nearly = fc
  .tuple(fc.constantFrom(...argumentPositions().map(({ query }) => query)), fc.nat(), fc.constantFrom(...words))
  .map(([query, at, word]) => {
    const parts = query.split(/(?=[\s{}():$!,])/)
    return parts.with(at % parts.length, ` ${word}`).join('')
  })
