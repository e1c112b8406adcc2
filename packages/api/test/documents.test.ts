import { listOperations, operationId } from '@fieldnotes/policy/persisted'
import { describe, expect, it } from 'vitest'
import { createDocuments } from '../src/documents.ts'

const ours = 'query Me { me { id } }'
const list = listOperations([ours])
const by = (id: string, query?: string) => ({
  ...(query === undefined ? {} : { query }),
  extensions: { persistedQuery: { version: 1, sha256Hash: id } },
})

const strangers: readonly [string, object][] = [
  ['another text', { query: '{ me { email } }' }],
  ['our text with one space more', { query: `${ours} ` }],
  ['an unknown id', by(operationId('{ me { email } }'))],
  ['the name of a property of every object', by('constructor')],
  ['our id with another text', by(operationId(ours), '{ me { email } }')],
  ['no document', { variables: {} }],
  ['a document that is no text', { query: { kind: 'Document' } }],
]

describe('createDocuments with a list', () => {
  it.each(strangers)('refuses %s', (_name, body) => {
    expect(() => createDocuments(list)(body)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
  })

  it.each([{ query: ours }, by(operationId(ours)), by(operationId(ours), ours)])('takes what is on it: %j', (body) => {
    expect(createDocuments(list)(body)).toMatchObject({ query: ours })
  })
})

const tooLarge: readonly [string, string][] = [
  ['1,000 aliases', `{ ${Array.from({ length: 1000 }, (_, n) => `a${n}: me { id }`).join(' ')} }`],
  ['2,000 fields of one name', `{ me { ${'id '.repeat(2000)}} }`],
  ['relations 50 deep', `{ note(id: "x") ${'{ owner '.repeat(50)}{ id }${' }'.repeat(50)} }`],
  ['60 directives', `{ me ${'@include(if: true) '.repeat(60)}{ id } }`],
  [
    '50 mutations',
    `mutation { ${Array.from({ length: 50 }, (_, n) => `a${n}: createNote(input: {title: "x"}) { note { id } }`).join(' ')} }`,
  ],
]

describe('createDocuments', () => {
  it.each(tooLarge)('refuses %s', (_name, query) => {
    expect(() => createDocuments()({ query })).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }))
  })

  it.each([[[{ query: ours }]], [null], ['text'], [7], [{ query: 7 }], [{ query: '{' }]])(
    'leaves to the server what it refuses in its own words: %j',
    (body) => {
      expect(createDocuments()(body)).toBe(body)
    },
  )
})
