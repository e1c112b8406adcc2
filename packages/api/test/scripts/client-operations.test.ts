/** The list of operations that a stage may enforce: complete for an app, valid, and within every limit. */
import { anonymous } from '@fieldnotes/core/principal'
import { parseWithin } from '@fieldnotes/policy/document-limits'
import { operationId } from '@fieldnotes/policy/persisted'
import { extendSchema, Kind, parse, type SelectionSetNode, validate, visit } from 'graphql'
import { describe, expect, it } from 'vitest'
import { clientOperations, fieldsWithout, readOperationFiles } from '../../scripts/client-operations.ts'
import { operations } from '../../src/generated/operations.ts'
import { admissionOf } from '../../src/graphql/operation-admission.ts'
import { createSchema } from '../../src/graphql/schema.ts'

const { schema } = createSchema()
const files = readOperationFiles(new URL('../../operations/', import.meta.url))
const listed = clientOperations(schema, files)
const byName = listed.map(({ name, body }) => [name, body] as const)
const whole = parse(Object.values(files).join('\n'))

function manifest(id: string, body: string) {
  return JSON.stringify({ operations: [{ id, body }] })
}
function ofFiles(given: Readonly<Record<string, string>>) {
  return () => clientOperations(schema, given)
}

function isOperation(node: unknown): boolean {
  return (node as { readonly kind?: unknown }).kind === Kind.OPERATION_DEFINITION
}

/** Pages of operations that never request 100: with all shares, that would be too large. */
const largestPages: Readonly<Record<string, number>> = { ExportNotes: 50 }

/** Variables with the largest pages and lists of ids. */
function largest(name: string, body: string) {
  const size = largestPages[name] ?? 100
  return body.includes('$ids') ? { ids: Array(100).fill('x') } : { first: size, last: size }
}

describe('the committed list', () => {
  it('selects every field of the schema', () => {
    expect(fieldsWithout(schema, listed)).toEqual([])
  })

  it('is noticed to be incomplete when a field is added', () => {
    const added = 'extend type Query { fresh: Int } extend type Mutation { renew: Int } extend type Note { words: Int }'
    expect(fieldsWithout(extendSchema(schema, parse(added)), listed).toSorted()).toEqual([
      'Mutation.renew',
      'Note.words',
      'Query.fresh',
    ])
  })

  it('has one id for each operation of the files', () => {
    const names = whole.definitions.flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION ? node.name?.value : []))
    expect(Object.keys(operations).length).toBe(names.length)
    expect(new Set(listed.map(({ name }) => name))).toEqual(new Set(names))
    for (const { id, body } of listed) expect(operations).toHaveProperty(id, body)
  })

  it('has no fragment that no operation spreads', () => {
    expect(validate(schema, whole).map(({ message }) => message)).toEqual([])
  })

  it.each(byName)('%s passes every limit with its largest page', (name, body) => {
    const document = parseWithin(body)
    expect(validate(schema, document)).toEqual([])
    const operation = { schema, document, operationName: name, variables: largest(name, body) }
    expect(() => admissionOf({ development: false })(operation, anonymous)).not.toThrow()
  })

  /**
   * Clients with a normalised cache add `__typename` as the last field, unless the text has it: so the text keeps its
   * id.
   */
  it.each(byName)('%s ends each selection below the root with `__typename`', (_name, body) => {
    const ends: string[] = []
    const enter = ({ selections }: SelectionSetNode, _key: unknown, parent: unknown) => {
      const last = selections.at(-1)
      if (!isOperation(parent)) ends.push(last && 'name' in last ? last.name.value : '')
    }
    visit(parse(body), { SelectionSet: { enter } })
    expect(new Set(ends)).toEqual(new Set(['__typename']))
  })
})

describe('clientOperations', () => {
  const named = 'query Own {\n  me {\n    id\n  }\n}'

  it('prints an operation, then its fragments by name, wherever they are written', () => {
    const [operation] = clientOperations(schema, {
      'a.graphql': 'fragment Z on User { id } fragment A on User { name }',
      'b.graphql': 'query Who { me { ...Z ...A } }',
    })
    expect(operation?.body).toMatch(/^query Who.+fragment A on.+fragment Z on/s)
    expect(operation).toMatchObject({ name: 'Who', type: 'query', id: operationId(operation?.body ?? '') })
  })

  it('lists the exact texts of manifests, in both formats, and a text of several once', () => {
    const text = 'query  Odd{me{id}} # as it was sent'
    const list = clientOperations(schema, {
      'ios.json': manifest(operationId(text), text),
      'relay.json': JSON.stringify({ [operationId(text)]: text, [operationId(named)]: named }),
    })
    expect(list.map(({ body }) => body)).toEqual([text, named])
  })

  const refused: readonly [string, Readonly<Record<string, string>>, string][] = [
    ['a field that the schema does not have', { 'a.graphql': 'query A { nothing }' }, 'Cannot query field'],
    ['the same in a manifest', { 'a.json': manifest(operationId('query A { no }'), 'query A { no }') }, 'Cannot query'],
    ['an operation without a name', { 'a.graphql': '{ me { id } }' }, 'not one operation with a name'],
    [
      'two operations in one text',
      { 'a.json': manifest(operationId(`${named} query B { tags { tag } }`), `${named} query B { tags { tag } }`) },
      'not one operation',
    ],
    ['two operations of one name', { 'a.graphql': named, 'b.graphql': 'query Own { tags { tag } }' }, 'the name Own'],
    ['an id by another digest', { 'a.json': manifest('5f4dcc3b', named) }, 'operations/a.json: the id 5f4dcc3b is not'],
    ['an id without a text', { 'a.json': JSON.stringify({ [operationId(named)]: null }) }, 'has no text'],
    ['an unknown fragment', { 'a.graphql': 'query A { me { ...Gone } }' }, 'Unknown fragment'],
  ]
  it.each(refused)('refuses %s', (_what, given, words) => {
    expect(ofFiles(given)).toThrow(words)
  })

  it('accepts nothing at all', () => {
    expect(ofFiles({})()).toEqual([])
  })
})
