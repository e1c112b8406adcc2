/** Reads start in the caller's own partition; the README states which items of other people they reach from there. */

import type { Table } from '@fieldnotes/table/table'
import type { Item, Key } from '@fieldnotes/table/writes'
import { describe, expect, it } from 'vitest'
import { act, handleOf, idOf, seen, shared, written } from '../support/acts.ts'
import { beforeFirst } from '../support/first.ts'
import { useWorlds } from '../support/setup.ts'
import type { Caller } from '../support/world.ts'

const newWorld = useWorlds()
let alice: Caller
let bob: Caller
let carol: Caller
let noteId: string
let alicesId: string
let alicesHandle: string

/** The partition of the caller whose reads are recorded. */
let own = ''
/** Keys outside of it that the current operation has read, and those that are neither public nor named by a pointer. */
let foreign: readonly string[] = []
let strange: readonly string[] = []

/** Records what is read from other partitions than the caller's. */
function recorded(table: Table): Table {
  const named = new Set<string>()
  const see = (items: readonly (Item | undefined)[]) => {
    for (const item of items) if (item?.sk.startsWith('SHARED#')) named.add(`USER#${item.ownerId} NOTE#${item.id}`)
  }
  const record = (keys: readonly Key[]) => {
    const others = keys.filter(({ pk }) => pk !== own).map(({ pk, sk }) => `${pk} ${sk}`)
    foreign = [...foreign, ...others]
    strange = [...strange, ...others.filter((key) => !named.has(key) && !/ (PROFILE|HANDLE)$/.test(key))]
  }
  return {
    ...table,
    get: async (key) => {
      record([key])
      const item = await table.get(key)
      see([item])
      return item
    },
    batchGet: async (keys) => {
      record(keys)
      const items = await table.batchGet(keys)
      see(items)
      return items
    },
    query: async (query) => {
      record([{ pk: query.pk, sk: query.between[0] }])
      const page = await table.query(query)
      see(page.items)
      return page
    },
  }
}

/** What one operation of a caller reads outside of the caller's partition. */
async function readsOf(who: Caller, operation: (who: Caller) => Promise<unknown>): Promise<readonly string[]> {
  own = `USER#${who.principal.kind === 'anonymous' ? '' : who.principal.id}`
  ;[strange, foreign] = [[], []]
  await operation(who)
  return foreign
}

beforeFirst(async () => {
  const world = await newWorld(recorded)
  ;[alice, bob, carol] = [world.someone('alice'), world.someone('bob'), world.someone('carol')]
  alicesHandle = await handleOf(alice)
  alicesId = await idOf(alice)
  noteId = (await written(alice, { tags: ['a'] })).id
  await shared(alice, noteId, bob, 'EDITOR')
  await handleOf(carol)
})

/** Every argument by which a caller could name another person or their note. */
const operations: Readonly<Record<string, (who: Caller) => Promise<unknown>>> = {
  note: (who) => seen(who, noteId),
  node: (who) => who.ask('query ($id: ID!) { node(id: $id) { id } }', { id: noteId }),
  'node of a person': (who) => who.ask('query ($id: ID!) { node(id: $id) { id } }', { id: alicesId }),
  nodes: (who) => who.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [noteId, alicesId] }),
  notes: (who) => who.ask('{ notes { nodes { title owner { name } } } }'),
  sharedWithMe: (who) => who.ask('{ sharedWithMe { nodes { title owner { name } } } }'),
  tags: (who) => who.ask('{ tags { tag count } }'),
  changes: (who) => who.ask('{ changes { changes { ... on NoteChanged { note { title } } } } }'),
  updateNote: (who) => act(who, 'updateNote', { id: noteId, title: 'Changed', tags: ['b'] }),
  trashNote: (who) => act(who, 'trashNote', { id: noteId }),
  restoreNote: (who) => act(who, 'restoreNote', { id: noteId }),
  deleteNote: (who) => act(who, 'deleteNote', { id: noteId }),
  shareNote: (who) => act(who, 'shareNote', { id: noteId, handle: alicesHandle, role: 'VIEWER' }),
  unshareNote: (who) => act(who, 'unshareNote', { id: noteId, personId: alicesId }),
  leaveNote: (who) => act(who, 'leaveNote', { id: noteId }),
  updateProfile: (who) => act(who, 'updateProfile', { name: 'Another' }),
}

describe.each(Object.entries(operations))('%s', (_name, operation) => {
  it('of a person without a share reads nothing outside of the own partition', async () => {
    expect(await readsOf(carol, operation)).toEqual([])
  })

  it('of a person with a share reads notes that a pointer names, and profiles', async () => {
    await readsOf(bob, operation)
    expect(strange).toEqual([])
  })
})

it('shareNote of an own note reads who has the handle, and that profile', async () => {
  const { id } = await written(carol)
  const reads = await readsOf(carol, () => act(carol, 'shareNote', { id, handle: alicesHandle, role: 'VIEWER' }))
  expect(reads).toEqual([`HANDLE#${alicesHandle} HANDLE`, 'USER#alice PROFILE'])
})

describe('the recorder', () => {
  it('sees the reads of a shared note and of its owner, and notices one that no pointer names', async () => {
    const world = await newWorld(recorded)
    const [dora, eve] = [world.someone('dora'), world.someone('eve')]
    const { id } = await written(dora)
    await shared(dora, id, eve)
    const query = 'query ($id: ID!) { note(id: $id) { owner { name } } }'
    const reads = await readsOf(eve, () => eve.ask(query, { id }))
    expect(reads).toEqual([expect.stringMatching(/^USER#dora NOTE#/), 'USER#dora PROFILE'])
    expect(strange).toEqual([])
    own = 'USER#eve'
    await recorded(world.table).batchGet([{ pk: 'USER#dora', sk: 'TAG#a' }])
    expect(strange).toEqual(['USER#dora TAG#a'])
  })
})
