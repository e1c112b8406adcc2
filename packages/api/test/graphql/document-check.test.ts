import { listOperations, operationId } from '@fieldnotes/policy/persisted'
import { describe, expect, it } from 'vitest'
import { createDocumentCheck } from '../../src/graphql/document-check.ts'

const ours = 'query Me { me { id } }'
const list = listOperations([ours])
function by(id: string, query?: string) {
  return {
    ...(query === undefined ? {} : { query }),
    extensions: { persistedQuery: { version: 1, sha256Hash: id } },
  }
}

const strangers: readonly [string, object][] = [
  ['another text', { query: '{ me { email } }' }],
  ['our text with one space more', { query: `${ours} ` }],
  ['an unknown id', by(operationId('{ me { email } }'))],
  ['the name of a property of every object', by('constructor')],
  ['our id with another text', by(operationId(ours), '{ me { email } }')],
  ['no document', { variables: {} }],
  ['a document that is no text', { query: { kind: 'Document' } }],
]

describe('createDocumentCheck with a list', () => {
  it.each(strangers)('refuses %s', (_name, body) => {
    expect(() => createDocumentCheck(list)(body)).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'FORBIDDEN' }) }),
    )
  })

  it.each([{ query: ours }, by(operationId(ours)), by(operationId(ours), ours)])('takes what is on it: %j', (body) => {
    expect(createDocumentCheck(list)(body)).toMatchObject({ query: ours })
  })
})

describe('createDocumentCheck with a list that is not enforced', () => {
  const documents = createDocumentCheck(list, { enforced: false })

  it('replaces a listed id by its text', () => {
    expect(documents(by(operationId(ours)))).toEqual(by(operationId(ours), ours))
    expect(documents({ ...by(operationId(ours)), query: null })).toEqual(by(operationId(ours), ours))
  })

  it.each(strangers)('returns as it is %s', (_name, body) => {
    expect(documents(body)).toBe(body)
  })
})

const tooLarge: readonly [string, string][] = [
  ['a text of 50,001 characters', '{ me { id } } '.padEnd(50_001, '#')],
  ['brackets 101 deep', `{ nodes(ids: ${'['.repeat(99)}${']'.repeat(99)}) { id } }`],
  ['brackets that nothing closes', `{ nodes(ids: ${'['.repeat(1990)}`],
]

/** Values in the place of a hash that are no hash. */
const strangeHashes: readonly unknown[] = [undefined, '', null, 7, true, ['a'], {}, { toString: 1, valueOf: 1 }]

describe('createDocumentCheck', () => {
  it.each(tooLarge)('refuses %s before it is parsed', (_name, query) => {
    expect(() => createDocumentCheck()({ query })).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'LIMIT_EXCEEDED' }) }),
    )
  })

  it.each(strangeHashes.map((hash) => ({ hash })))('refuses $hash in the place of a hash', ({ hash }) => {
    const body = { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } }
    expect(() => createDocumentCheck()(body)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
    expect(() => createDocumentCheck(list)(body)).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'FORBIDDEN' }) }),
    )
  })

  it.each([null, undefined, {}, { persistedQuery: null }, { persistedQuery: false }])(
    'takes no hash for none: %j',
    (extensions) => {
      const body = { query: ours, extensions }
      expect(createDocumentCheck()(body)).toBe(body)
    },
  )

  it.each([[[{ query: ours }]], [null], ['text'], [7], [{ query: 7 }], [{ query: '{' }]])(
    'leaves to the server what it refuses in its own words: %j',
    (body) => {
      expect(createDocumentCheck()(body)).toBe(body)
    },
  )
})
