import { describe, expect, it } from 'vitest'
import { act, done, handleOf, idOf, type Mutation, seen, shared, titles, written } from '../support/acts.ts'
import { usePairs } from '../support/setup.ts'
import type { Caller, World } from '../support/world.ts'

const nextPair = usePairs()
let world: World
let alice: Caller
let bob: Caller
function newPair() {
  ;({ world, alice, bob } = nextPair())
}

/** Each mutation of alice's note, which bob may edit: its caller and its input. */
const calls: readonly [Mutation, () => Caller, (id: string) => object | Promise<object>][] = [
  ['createNote', () => alice, () => ({ title: 'new', tags: ['a'] })],
  ['createNotes', () => alice, () => ({ notes: [{ title: 'new', tags: ['a'] }, { title: 'new too' }] })],
  ['updateNote', () => alice, (id) => ({ id, title: 'changed', tags: ['b'] })],
  ['updateNote', () => alice, (id) => ({ id, title: 'changed', version: 2 })],
  ['updateNote', () => bob, (id) => ({ id, title: 'changed' })],
  ['trashNote', () => alice, (id) => ({ id })],
  ['restoreNote', () => alice, (id) => ({ id })],
  ['deleteNote', () => alice, (id) => ({ id })],
  ['shareNote', () => alice, async (id) => ({ id, handle: await handleOf(bob), role: 'VIEWER' })],
  ['unshareNote', () => alice, async (id) => ({ id, personId: await idOf(bob) })],
  ['leaveNote', () => bob, (id) => ({ id })],
  ['updateProfile', () => alice, () => ({ name: 'Alice', renewHandle: true })],
]

/** Another input under the same key; for the other mutations it is the id of another note. */
const otherBodies: Partial<Record<Mutation, object>> = {
  createNote: { title: 'other' },
  createNotes: { notes: [{ title: 'other' }] },
  updateProfile: { name: 'Other' },
}

async function prepareAnother() {
  const { id } = await written(alice, { title: 'old', tags: ['a'] })
  await shared(alice, id, bob, 'EDITOR')
  return id
}

async function prepare() {
  newPair()
  return prepareAnother()
}

async function state(id: string) {
  const query = `{
      me { name handle }
      tags { tag count }
      notes(first: 100) { nodes { id title version } }
      trash: notes(filter: { trashed: true }) { nodes { id version } }
      sharedWithMe { nodes { id title } }
    }`
  return [await seen(alice, id), (await alice.ask(query)).data, (await bob.ask(query)).data]
}

describe.each(calls)('%s with a key (%#)', (mutation, who, body) => {
  it('does it once and, while nothing else happens, answers the same again', async () => {
    const id = await prepare()
    const input = { ...(await body(id)), idempotencyKey: 'key' }
    const first = await done(who(), mutation, input)
    const after = await state(id)
    const again = await act(who(), mutation, input)
    expect(again.codes).toEqual([])
    expect(again.data[mutation]).toEqual(first)
    expect(await state(id)).toEqual(after)
  })
  it('does it once when called ten times at once', async () => {
    const id = await prepare()
    const input = { ...(await body(id)), idempotencyKey: 'key' }
    const answers = await Promise.all(Array.from({ length: 10 }, () => done(who(), mutation, input)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    const after = await state(id)
    await done(who(), mutation, input)
    expect(await state(id)).toEqual(after)
  })
  it('refuses another body and does nothing', async () => {
    const id = await prepare()
    const input = await body(id)
    const another = await prepareAnother()
    await done(who(), mutation, { ...input, idempotencyKey: 'key' })
    const after = [await state(id), await state(another)]
    const other = { ...input, ...(otherBodies[mutation] ?? { id: another }) }
    const { codes, errors } = await act(who(), mutation, { ...other, idempotencyKey: 'key' })
    expect([codes, errors[0]?.originalError]).toMatchObject([
      ['BAD_USER_INPUT'],
      { extensions: { argument: 'input.idempotencyKey' } },
    ])
    expect([await state(id), await state(another)]).toEqual(after)
  })
})

describe('a key', () => {
  it('means nothing to another person', async () => {
    newPair()
    const input = { title: 'same', idempotencyKey: 'key' }
    const [hers, his] = [await done(alice, 'createNote', input), await done(bob, 'createNote', input)]
    expect(hers.note.id).not.toBe(his.note.id)
    expect([await titles(alice, 'notes'), await titles(bob, 'notes')]).toEqual([['same'], ['same']])
  })
  it('means nothing to another mutation', async () => {
    newPair()
    const { note } = await done(alice, 'createNote', { title: 'x', idempotencyKey: 'key' })
    expect((await done(alice, 'trashNote', { id: note.id, idempotencyKey: 'key' })).note.version).toBe(2)
  })
  it.each([
    ['createNote', { title: 'x' }, { title: 'x', color: null }],
    ['createNote', { title: 'x' }, { title: 'x', content: null, tags: null, pinned: null }],
    ['createNote', { title: 'x' }, { title: 'x', content: '', tags: [], pinned: false }],
    ['createNotes', { notes: [{ title: 'x' }] }, { notes: [{ title: 'x', color: null, content: null }] }],
    ['updateProfile', { name: 'x' }, { name: 'x', renewHandle: null }],
  ] as const)('of %s takes null for what is left out: %j and %j', async (mutation, bare, nulls) => {
    newPair()
    const one = await done(alice, mutation, { ...bare, idempotencyKey: 'key' })
    expect(await done(alice, mutation, { ...nulls, idempotencyKey: 'key' })).toEqual(one)
    const other = await done(alice, mutation, { ...nulls, idempotencyKey: 'other' })
    expect(await done(alice, mutation, { ...bare, idempotencyKey: 'other' })).toEqual(other)
  })
  it('of a change takes no version and null for the same, but not a color of null', async () => {
    newPair()
    const { id } = await written(alice, { color: 'RED' })
    const input = { id, title: 'x', idempotencyKey: 'key' }
    const { note } = await done(alice, 'updateNote', input)
    expect(note).toMatchObject({ color: 'RED', version: 2 })
    expect(await done(alice, 'updateNote', { ...input, version: null })).toEqual({ note })
    expect((await act(alice, 'updateNote', { ...input, color: null })).codes).toEqual(['BAD_USER_INPUT'])
    expect(await seen(alice, id)).toMatchObject({ color: 'RED', version: 2 })
  })
  it.each([
    ['createNote', { title: 'x' }],
    ['updateNote', { title: 'x' }],
  ] as const)('of %s takes tags for a set', async (mutation, rest) => {
    newPair()
    const id = mutation === 'updateNote' ? { id: (await written(alice)).id } : {}
    const input = { ...id, ...rest, idempotencyKey: 'key' }
    const one = await done(alice, mutation, { ...input, tags: ['a', 'b'] })
    for (const tags of [
      ['b', 'a'],
      ['b', ' a ', 'b', 'a'],
    ]) {
      expect(await done(alice, mutation, { ...input, tags })).toEqual(one)
    }
    for (const tags of [['a'], ['a', 'b', 'c'], []]) {
      expect((await act(alice, mutation, { ...input, tags })).codes).toEqual(['BAD_USER_INPUT'])
    }
  })
  it('is forgotten after 24 hours, and not before, though the table still has its receipt', async () => {
    newPair()
    const input = { title: 'x', idempotencyKey: 'key' }
    const one = await done(alice, 'createNote', input)
    const change = { ...input, id: one.note.id }
    const two = await done(alice, 'updateNote', change)
    world.clock.now += 24 * 3600 * 1000 - 60_000
    expect([await done(alice, 'createNote', input), await done(alice, 'updateNote', change)]).toEqual([two, two])
    world.clock.now += 120_000
    expect((await done(alice, 'createNote', input)).note.id).not.toBe(one.note.id)
    expect((await done(alice, 'updateNote', change)).note.version).toBe(3)
    expect(await titles(alice, 'notes')).toEqual(['x', 'x'])
  })
  it('answers an editor with the note, and what they are to it, as of now', async () => {
    newPair()
    const { id } = await written(alice, { title: 'old' })
    await shared(alice, id, bob, 'EDITOR')
    const input = { id, title: 'changed', idempotencyKey: 'key' }
    const update = async () =>
      (
        await bob.ask(
          `mutation ($input: UpdateNoteInput!) {
            updateNote(input: $input) { note { title version viewerRole viewerCan { update leave } } }
          }`,
          { input },
        )
      ).data.updateNote.note
    const first = await update()
    expect(first).toMatchObject({ viewerRole: 'EDITOR', viewerCan: { update: true, leave: true } })
    await shared(alice, id, bob, 'VIEWER')
    await done(alice, 'updateNote', { id, title: 'later' })
    const later = { title: 'later', version: 5, viewerRole: 'VIEWER', viewerCan: { update: false, leave: true } }
    expect(await update()).toEqual(later)
    await shared(alice, id, bob, 'EDITOR')
    expect(await update()).toEqual({ ...later, version: 6, viewerRole: 'EDITOR', viewerCan: first.viewerCan })
  })
  it('of a refused call is free again', async () => {
    newPair()
    const { id } = await written(bob)
    expect((await act(alice, 'updateNote', { id, title: 'x', idempotencyKey: 'key' })).codes).toEqual(['NOT_FOUND'])
    const own = await written(alice)
    expect((await done(alice, 'updateNote', { id: own.id, title: 'y', idempotencyKey: 'key' })).note.title).toBe('y')
  })
})
