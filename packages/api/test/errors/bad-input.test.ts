/** One error lists every problem of an input that can be found without a read. */
import { beforeAll, describe, expect, it } from 'vitest'
import { Problems } from '../../src/errors/bad-input.ts'
import { globalId } from '../../src/notes/ids.ts'
import { act, type Mutation, seen, written } from '../support/acts.ts'
import { useWorlds } from '../support/setup.ts'
import type { Caller, GraphQLResponse, World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
let alice: Caller
let id: string
beforeAll(async () => {
  world = await newWorld()
  alice = world.someone('alice')
  id = (await written(alice)).id
})

function extensionsOf({ errors }: GraphQLResponse) {
  return (
    errors[0]?.originalError as { extensions?: { argument: string; arguments: { argument: string; reason: string }[] } }
  )?.extensions
}

function namedBy(answer: GraphQLResponse) {
  return extensionsOf(answer)?.arguments.map(({ argument }) => argument)
}

const blank = { idempotencyKey: ' ' }
const bad = { title: '', content: '\ud800', tags: ['ok', '\u0000', ' '] }

const inputs: readonly (readonly [Mutation, object, readonly string[]])[] = [
  [
    'createNote',
    { ...bad, ...blank },
    ['input.title', 'input.content', 'input.tags.1', 'input.tags.2', 'input.idempotencyKey'],
  ],
  [
    'createNotes',
    { notes: [{ title: 'fine' }, { title: '' }, { title: 'x', tags: ['', 'ok'] }], ...blank },
    ['input.notes.1.title', 'input.notes.2.tags.0', 'input.idempotencyKey'],
  ],
  ['createNotes', { notes: [], ...blank }, ['input.notes', 'input.idempotencyKey']],
  [
    'updateNote',
    { id: '#', ...bad, ...blank },
    ['input.id', 'input.title', 'input.content', 'input.tags.1', 'input.tags.2', 'input.idempotencyKey'],
  ],
  [
    'updateNote',
    { id: '', title: null, tags: null, pinned: null },
    ['input.id', 'input.title', 'input.tags', 'input.pinned'],
  ],
  ['updateNote', { id: '#' }, ['input.id', 'input']],
  ['trashNote', { id: '#', ...blank }, ['input.id', 'input.idempotencyKey']],
  ['restoreNote', { id: '#', ...blank }, ['input.id', 'input.idempotencyKey']],
  ['deleteNote', { id: '#', ...blank }, ['input.id', 'input.idempotencyKey']],
  [
    'shareNote',
    { id: '#', handle: '\ud800', role: 'VIEWER', ...blank },
    ['input.id', 'input.handle', 'input.idempotencyKey'],
  ],
  ['unshareNote', { id: '#', personId: '\u0000', ...blank }, ['input.id', 'input.personId', 'input.idempotencyKey']],
  ['leaveNote', { id: '#', ...blank }, ['input.id', 'input.idempotencyKey']],
  ['updateProfile', { name: '\u202e', ...blank }, ['input.name', 'input.idempotencyKey']],
  ['updateProfile', { name: null, ...blank }, ['input.name', 'input.idempotencyKey']],
  ['updateProfile', blank, ['input', 'input.idempotencyKey']],
]

describe('a mutation', () => {
  it.each(inputs)('%s names all that is wrong (%#)', async (mutation, input, named) => {
    const answer = await act(alice, mutation, input)
    expect(answer.codes).toEqual(['BAD_USER_INPUT'])
    expect(namedBy(answer)).toEqual(named)
    expect(extensionsOf(answer)?.argument).toBe(named[0])
    for (const { argument, reason } of extensionsOf(answer)?.arguments ?? []) {
      expect(answer.errors[0]?.message).toContain(`\`${argument}\`: ${reason}`)
    }
  })
  it('names one argument in the words of one', async () => {
    const { errors, ...answer } = await act(alice, 'createNote', { title: '' })
    expect(errors[0]?.message).toBe('The argument `input.title` is not acceptable: use 1 to 200 characters.')
    expect(namedBy({ ...answer, errors })).toEqual(['input.title'])
  })
  it('refuses the form of an input before it looks for the note', async () => {
    const absent = globalId('Note', '01ARZ3NDEKTSV4RRFFQ69G5FAV')
    expect((await act(alice, 'updateNote', { id: absent, title: '' })).codes).toEqual(['BAD_USER_INPUT'])
    expect((await act(alice, 'updateNote', { id: globalId('User', 'bob'), title: '' })).codes).toEqual([
      'BAD_USER_INPUT',
    ])
    expect((await act(alice, 'updateNote', { id: absent, title: 'x' })).codes).toEqual(['NOT_FOUND'])
  })
  it('names 20 problems at most, and says how many there are', async () => {
    const notes = Array.from({ length: 25 }, () => ({ title: '' }))
    const answer = await act(alice, 'createNotes', { notes })
    expect(namedBy(answer)).toEqual(Array.from({ length: 20 }, (_, index) => `input.notes.${index}.title`))
    expect(answer.errors[0]?.message).toMatch(/; and 5 more\.$/)
  })
  it('writes nothing', async () => {
    expect(await seen(alice, id)).toMatchObject({ version: 1 })
  })
})

/** Lists that are too long with invalid entries: only the list is reported, since its entries are not read. */
describe('a list that is too long', () => {
  const many = <T>(entry: T) => Array.from({ length: 100_000 }, () => entry)
  it.each([
    ['createNote', () => ({ title: 'x', tags: many('') }), 'input.tags'],
    ['updateNote', () => ({ id, tags: many('') }), 'input.tags'],
    ['createNotes', () => ({ notes: many({ title: '', tags: [''] }) }), 'input.notes'],
    ['createNotes', () => ({ notes: [{ title: 'x', tags: many('') }] }), 'input.notes.0.tags'],
  ] as const)('is refused by %s before its entries are read', async (mutation, input, argument) => {
    for (const key of [undefined, 'key']) {
      const answer = await act(alice, mutation, { ...input(), idempotencyKey: key })
      expect([answer.codes, namedBy(answer)]).toEqual([['BAD_USER_INPUT'], [argument]])
    }
  })
  it('of ids is refused before they are read', async () => {
    const answer = await alice.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: many('#') })
    expect([answer.codes, namedBy(answer)]).toEqual([['BAD_USER_INPUT'], ['ids']])
  })
  it('is not one of 40 tags that repeat 20', async () => {
    const tags = Array.from({ length: 40 }, (_, index) => `t${index % 20}`)
    expect((await written(alice, { tags })).tags).toHaveLength(20)
    expect(namedBy(await act(alice, 'createNote', { title: 'x', tags: [...tags, 't0'] }))).toEqual(['input.tags'])
  })
})

describe('a page', () => {
  it.each([
    ['notes(first: 0, after: "x")', ['first', 'after']],
    ['notes(last: 101, before: "x")', ['last', 'before']],
    ['notes(first: 0, after: "x", last: 0, before: "x")', ['first', 'first', 'last', 'after', 'before']],
    ['notes(first: 101, filter: { tag: "" })', ['filter.tag', 'first']],
    ['notes(after: "x", filter: { tag: "" })', ['filter.tag']],
    ['sharedWithMe(first: -1, after: "x")', ['first', 'after']],
  ] as const)('%s names all that is wrong', async (list, named) => {
    const answer = await alice.ask(`{ ${list} { nodes { id } } }`)
    expect([answer.codes, namedBy(answer)]).toEqual([['BAD_USER_INPUT'], named])
  })
  it('of changes does, too', async () => {
    const answer = await alice.ask('{ changes(since: "x", first: 0) { hasMore } }')
    expect([answer.codes, namedBy(answer)]).toEqual([['BAD_USER_INPUT'], ['since', 'first']])
  })
})

describe('Problems', () => {
  it('of none are no refusal', () => {
    const problems = new Problems()
    problems.add('input.title', undefined)
    expect(problems.any).toBe(false)
    expect(() => problems.assertNone()).not.toThrow()
  })
})
