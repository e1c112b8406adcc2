/** Network requests of each operation to the table, counted on the wire. */
import { describe, expect, it } from 'vitest'
import { done, handleOf, idOf, shared, written } from '../support/acts.ts'
import { beforeFirst } from '../support/first.ts'
import { useWorlds } from '../support/setup.ts'
import type { Caller, World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
let alice: Caller
let bob: Caller
let own: string
let sharedId: string
beforeFirst(async () => {
  world = await newWorld()
  alice = world.someone('alice')
  bob = world.someone('bob')
  await handleOf(alice)
  own = (await written(alice, { tags: ['a'] })).id
  sharedId = (await written(alice)).id
  await shared(alice, sharedId, bob, 'EDITOR')
  await done(alice, 'createNotes', { notes: Array.from({ length: 25 }, () => ({ title: 'x', tags: ['b'] })) })
  for (let index = 0; index < 3; index += 1)
    await done(alice, 'createNotes', { notes: Array.from({ length: 25 }, () => ({ title: 'x' })) })
})

const twentyFive = Array.from({ length: 25 }, () => ({ title: 'x', tags: ['a'] }))

/** One note under ten aliases. */
const tenAliases = Array.from({ length: 10 }, (_, index) => `n${index}: note(id: $id) { title }`).join(' ')

const costs: readonly [string, number, () => Promise<unknown>][] = [
  ['me', 1, () => alice.ask('{ me { id name email handle } }')],
  [
    'an own note',
    1,
    () =>
      alice.ask(
        'query ($id: ID!) { note(id: $id) { title content owner { id } viewerCan { update } shares { role } } }',
        { id: own },
      ),
  ],
  ['a note shared with the caller', 2, () => bob.ask('query ($id: ID!) { note(id: $id) { title } }', { id: sharedId })],
  [
    "a note with its owner's name",
    2,
    () => alice.ask('query ($id: ID!) { note(id: $id) { owner { name email handle } } }', { id: own }),
  ],
  ['a note that is absent', 1, () => bob.ask('query ($id: ID!) { note(id: $id) { title } }', { id: own })],
  ['ten notes under ten aliases', 1, () => alice.ask(`query ($id: ID!) { ${tenAliases} }`, { id: own })],
  [
    'a page of 100 notes',
    1,
    () =>
      alice.ask('{ notes(first: 100) { nodes { title content tags viewerCan { update } } pageInfo { endCursor } } }'),
  ],
  [
    'a page of 100 notes with their owners',
    2,
    () => alice.ask('{ notes(first: 100) { nodes { owner { name email } } } }'),
  ],
  [
    'a page by tag, four notes in five passed over',
    3,
    () => alice.ask('{ notes(filter: { tag: "b" }) { nodes { title } } }'),
  ],
  ['a page of shared notes', 2, () => bob.ask('{ sharedWithMe { nodes { title } } }')],
  ['tags', 1, () => alice.ask('{ tags { tag count } }')],
  ['changes from the beginning', 4, () => alice.ask('{ changes { cursor } }')],
  [
    'changes since then',
    5,
    () => alice.ask('query ($since: String) { changes(since: $since) { cursor } }', { since: cursor }),
  ],
  ['a note written', 1, () => written(alice)],
  ['a note written with tags and a key', 1, () => written(alice, { tags: ['a', 'b'], idempotencyKey: 'k' })],
  ['the same again', 2, () => written(alice, { tags: ['a', 'b'], idempotencyKey: 'k' })],
  ['25 notes written', 1, () => done(alice, 'createNotes', { notes: twentyFive, idempotencyKey: 'k' })],
  ['the same 25 again', 2, () => done(alice, 'createNotes', { notes: twentyFive, idempotencyKey: 'k' })],
  ['an update', 1, () => done(alice, 'updateNote', { id: own, title: 'y' })],
  ['an update with a version', 1, () => done(alice, 'updateNote', { id: own, title: 'z', version: 2 })],
  ['an update with a key', 2, () => done(alice, 'updateNote', { id: own, title: 'y', idempotencyKey: 'k' })],
  ['the same update again', 1, () => done(alice, 'updateNote', { id: own, title: 'y', idempotencyKey: 'k' })],
  ['an update of tags', 2, () => done(alice, 'updateNote', { id: own, tags: ['c'] })],
  ['an update of a note shared with others', 2, () => done(alice, 'updateNote', { id: sharedId, title: 'y' })],
  ['an update by an editor', 4, () => done(bob, 'updateNote', { id: sharedId, title: 'y' })],
  ['into the trash', 2, () => done(alice, 'trashNote', { id: own })],
  ['an update in the trash', 2, () => done(alice, 'updateNote', { id: own, title: 'y' })],
  ['out of it', 2, () => done(alice, 'restoreNote', { id: own })],
  [
    'a share',
    4,
    async () =>
      alice.ask('mutation ($input: ShareNoteInput!) { shareNote(input: $input) { note { id } } }', {
        input: { id: own, handle: bobsHandle, role: 'VIEWER' },
      }),
  ],
  ['a share taken back', 2, () => done(alice, 'unshareNote', { id: own, personId: bobsId })],
  ['a note that was shared once', 1, () => bob.ask('query ($id: ID!) { note(id: $id) { title } }', { id: own })],
  ['a deletion', 2, () => done(alice, 'deleteNote', { id: own })],
]

let bobsHandle: string
let bobsId: string
let cursor: string
beforeFirst(async () => {
  bobsHandle = await handleOf(bob)
  bobsId = await idOf(bob)
  cursor = (await alice.ask('{ changes { cursor } }')).data.changes.cursor
})

describe('requests to the table', () => {
  it.each(costs)('for %s: %i', async (name, requests, act) => {
    const before = world.table.used.requests
    await act()
    expect(world.table.used.requests - before, name).toBe(requests)
  })
})
