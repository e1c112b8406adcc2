/** Who may call which mutation for a note, and equal responses for absent notes and notes of other people. */
import { describe, expect, it } from 'vitest'
import { globalId } from '../../src/notes/ids.ts'
import { act, done, handleOf, idOf, type Mutation, seen, shared, written } from '../support/acts.ts'
import { beforeFirst } from '../support/first.ts'
import { useWorlds } from '../support/setup.ts'
import type { Caller, World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
let people: Record<string, Caller>
let strangersHandle: string
let viewersId: string

beforeFirst(async () => {
  world = await newWorld()
  people = {
    owner: world.someone('alice'),
    editor: world.someone('bob'),
    viewer: world.someone('victor'),
    stranger: world.someone('carol'),
    machine: world.service('machine'),
    anonymous: world.anonymous,
    'staff stranger': world.someone('dora', { groups: new Set(['cognito:staff']) }),
  }
  strangersHandle = await handleOf(world.someone('carol'))
  viewersId = await idOf(world.someone('victor'))
})

function person(name: string): Caller {
  return people[name] ?? world.anonymous
}

/** Alice's note, with bob as editor and victor as viewer. */
async function sharedNote(): Promise<string> {
  const { id } = await written(person('owner'))
  await shared(person('owner'), id, person('editor'), 'EDITOR')
  await shared(person('owner'), id, person('viewer'), 'VIEWER')
  return id
}

const inputs: readonly [Mutation, (id: string) => object][] = [
  ['updateNote', (id) => ({ id, title: 'Changed' })],
  ['updateNote', (id) => ({ id, tags: ['changed'] })],
  ['updateNote', (id) => ({ id, content: 'Changed', idempotencyKey: id })],
  ['trashNote', (id) => ({ id })],
  ['restoreNote', (id) => ({ id })],
  ['deleteNote', (id) => ({ id })],
  ['shareNote', (id) => ({ id, handle: strangersHandle, role: 'VIEWER' })],
  ['unshareNote', (id) => ({ id, personId: viewersId })],
  ['leaveNote', (id) => ({ id })],
]

/** The code for each caller; undefined for success. */
const verdicts: Readonly<Record<string, (mutation: Mutation) => string | undefined>> = {
  owner: (mutation) => (mutation === 'leaveNote' ? 'FORBIDDEN' : undefined),
  editor: (mutation) => (mutation === 'updateNote' || mutation === 'leaveNote' ? undefined : 'FORBIDDEN'),
  viewer: (mutation) => (mutation === 'leaveNote' ? undefined : 'FORBIDDEN'),
  stranger: () => 'NOT_FOUND',
  'staff stranger': () => 'NOT_FOUND',
  machine: (mutation) => (mutation === 'shareNote' ? 'FORBIDDEN' : 'NOT_FOUND'),
  anonymous: () => 'UNAUTHENTICATED',
}

const cases = Object.entries(verdicts).flatMap(([name, verdict]) =>
  inputs.map(([mutation, input]) => ({ name, mutation, input, expected: verdict(mutation) })),
)
const refusals = cases.filter(({ expected }) => expected !== undefined)
const allowances = cases.filter(({ expected }) => expected === undefined)

describe('a shared note', () => {
  it.each(refusals)(
    'answers $mutation by $name with $expected and stays as it is',
    async ({ name, mutation, input, expected }) => {
      const id = await sharedNote()
      const before = await seen(person('owner'), id)
      const { codes, data } = await act(person(name), mutation, input(id))
      expect(codes).toEqual([expected])
      expect(data?.[mutation]).toBeNull()
      expect(await seen(person('owner'), id)).toEqual(before)
    },
  )

  it.each(allowances)('lets its $name do $mutation', async ({ name, mutation, input }) => {
    expect((await act(person(name), mutation, input(await sharedNote()))).codes).toEqual([])
  })

  it('in the trash is gone for everyone but its owner', async () => {
    const id = await sharedNote()
    await done(person('owner'), 'trashNote', { id })
    for (const name of ['editor', 'viewer', 'stranger']) {
      expect(await seen(person(name), id)).toEqual(['NOT_FOUND'])
      for (const [mutation, input] of inputs) {
        expect((await act(person(name), mutation, input(id))).codes, `${name} ${mutation}`).toEqual(['NOT_FOUND'])
      }
    }
  })
})

const reads: readonly string[] = [
  'query ($id: ID!) { it: note(id: $id) { id title } }',
  'query ($id: ID!) { it: node(id: $id) { id ... on Note { title owner { name } } } }',
  'query ($id: ID!) { it: nodes(ids: [$id]) { id } }',
]

describe("a note that is not the caller's", () => {
  const never = globalId('Note', '01M817QNM2RP244YFGG2M1KK4K')
  const bytes = async (who: Caller, query: string, id: string) => {
    const { data, errors } = await who.ask(query, { id })
    return JSON.stringify({ data, errors: errors.map(({ originalError, ...error }) => ({ ...error, originalError })) })
  }
  it.each(reads)('reads byte for byte like one that never was: %s', async (query) => {
    const { id } = await written(person('owner'))
    const absent = await bytes(person('stranger'), query, never)
    const theirs = await bytes(person('stranger'), query, id)
    const strip = (text: string) => text.replace(/"reason":"[^"]*"/g, '')
    expect(strip(theirs)).toBe(strip(absent))
    expect(absent).toContain('NOT_FOUND')
  })
  it.each(inputs)('answers %s like one that never was', async (mutation, input) => {
    const { id } = await written(person('owner'))
    const absent = await act(person('stranger'), mutation, input(never))
    const theirs = await act(person('stranger'), mutation, input(id))
    expect([theirs.codes, theirs.errors.map(String)]).toEqual([absent.codes, absent.errors.map(String)])
  })
  it.each(['lower case', 'raw', 'of a person'])('is not found by an id that is %s', async (how) => {
    const { id } = await written(person('owner'))
    const spellings: Record<string, string> = {
      'lower case': id.toLowerCase(),
      raw: Buffer.from(id, 'base64url').toString().slice('Note:'.length),
      'of a person': globalId('User', 'alice'),
    }
    expect(await seen(person('owner'), spellings[how] ?? '')).toEqual(['NOT_FOUND'])
  })
})

describe('scopes', () => {
  const only = (...scopes: string[]) => world.someone('alice', { scopes: new Set(scopes) })
  it.each([
    ['updateNote', []],
    ['deleteNote', []],
    ['trashNote', ['notes:trash']],
    ['restoreNote', ['notes:trash']],
    ['shareNote', ['notes:share']],
    ['unshareNote', ['notes:share']],
  ] as const)('let %s pass with notes:write or %j and with nothing else', async (mutation, narrower) => {
    const input = inputs.find(([name]) => name === mutation)?.[1] ?? (() => ({}))
    for (const scope of ['notes:read', 'notes:audit', 'notes:WRITE', 'notes:trash', 'notes:share', 'notes:write']) {
      const { id } = await written(person('owner'))
      const { codes } = await act(only(scope), mutation, input(id))
      const passes = scope === 'notes:write' || (narrower as readonly string[]).includes(scope)
      // A token without `notes:read` receives the payload without any field of the note.
      expect(codes[0] === 'FORBIDDEN' && codes.length === 1, `${mutation} with ${scope}`).toBe(!passes)
    }
  })
  it('keep the payload closed to a token that writes and may not read', async () => {
    const { data, codes } = await act(only('notes:write'), 'createNote', { title: 'Hidden', content: 'hidden' })
    expect(JSON.stringify(data)).not.toMatch(/hidden/i)
    expect(data.createNote.note.id).toBeTypeOf('string')
    expect(new Set(codes)).toEqual(new Set(['FORBIDDEN']))
  })
  it.each(['note(id: "x")', 'notes', 'sharedWithMe', 'tags', 'node(id: "x")', 'nodes(ids: [])', 'changes'])(
    'keep %s from a token that may not read',
    async (field) => {
      const selection = /^(tags)/.test(field) ? '{ tag }' : '{ __typename }'
      const { codes, data } = await only('notes:write').ask(`{ it: ${field} ${selection} }`)
      expect([codes, data]).toEqual([['FORBIDDEN'], { it: null }])
    },
  )
})
