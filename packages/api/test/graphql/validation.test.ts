import { buildSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { appErrorOf } from '../../src/errors/map-error.ts'
import { unguardedSchema } from '../../src/graphql/schema.ts'
import { createValidation } from '../../src/graphql/validation.ts'

const validate = createValidation(unguardedSchema())

/** The argument that each error names; null for none. */
function named(query: string, check = validate): unknown[] {
  return check(parse(query)).map((error) => appErrorOf(error).extensions.argument ?? null)
}

function create(input: string): string {
  return `mutation { createNote(input: ${input}) { note { id } } }`
}

const rows: readonly [string, string, readonly (string | null)[]][] = [
  [
    'each wrong literal',
    create('{ title: 1, content: 2, tags: [4] }'),
    ['input.title', 'input.content', 'input.tags.0'],
  ],
  ['the second item of a list', create('{ title: "a", tags: ["a", true] }'), ['input.tags.1']],
  [
    'an item of a list of inputs',
    'mutation { createNotes(input: { notes: [{ title: 1 }] }) { notes { id } } }',
    ['input.notes.0.title'],
  ],
  ['null where a value is needed', 'mutation { updateNote(input: { id: null }) { note { id } } }', ['input.id']],
  ['a member that is missing', 'mutation { updateNote(input: {}) { note { id } } }', ['input.id']],
  ['an unknown member', create('{ title: "a", nope: 1 }'), ['input.nope']],
  ['a member that comes twice', create('{ title: "a", title: "b" }'), ['input.title']],
  ['a text in the place of an input', create('"hunter2"'), ['input']],
  ['an argument that is missing', 'mutation { createNote { note { id } } }', ['input']],
  ['an unknown argument', '{ me(nope: 1) { id } }', ['nope']],
  ['an argument that comes twice', '{ note(id: 1, id: 2) { id } }', ['id']],
  [
    'a value that is not in the enum',
    'mutation { shareNote(input: { id: 1, handle: "a", role: NOPE }) { note { id } } }',
    ['input.role'],
  ],
  ['an argument of a directive', '{ me @include(if: "hunter2") { id } }', ['if']],
  ['a directive without its argument', '{ me @include { id } }', ['if']],
  ['a variable of another type', 'query ($n: Int) { note(id: $n) { id } }', ['id']],
  ['a variable that is not declared', '{ note(id: $n) { id } }', ['id']],
  [
    'the default of a variable',
    'mutation ($i: CreateNoteInput! = { title: 1 }) { createNote(input: $i) { note { id } } }',
    ['i.title'],
  ],
  ['in a fragment', '{ ...f } fragment f on Query { notes(first: "1") { nodes { id } } }', ['first']],
  ['no argument for an unknown field', '{ nope }', [null]],
  ['no argument for a field without a selection', '{ me }', [null]],
  ['nothing where all is right', create('{ title: "a", tags: ["b"] }'), []],
]

describe('createValidation', () => {
  it.each(rows)('names %s', (_what, query, expected) => {
    expect(named(query)).toEqual(expected)
    expect(named(query)).toEqual(expected)
  })

  it('has the same members as a mutation that refuses its input, and quotes no value', () => {
    const [error] = validate(parse(create('{ title: 31337 }'))).map(appErrorOf)
    const reason = 'The value can not be a String'
    expect(error).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: `The argument \`input.title\` is not acceptable: ${reason}.`,
      extensions: { argument: 'input.title', arguments: [{ argument: 'input.title', reason }] },
    })
  })

  it('names no path that is longer than 200 characters, and one that just fits', () => {
    const check = createValidation(buildSchema('input In { inner: In n: Int } type Query { a(i: In): Int }'))
    const deep = (levels: number, end: string) =>
      `{ a(i: ${'{ inner: '.repeat(levels)}{ n: ${end} }${' }'.repeat(levels)}) }`
    const [fits, long] = [32, 33].map((levels) => named(deep(levels, '"x"'), check)[0])
    expect([fits, long]).toEqual([`i${'.inner'.repeat(32)}.n`, null])
    expect(named(deep(33, '1'), check)).toEqual([])
  })
})
