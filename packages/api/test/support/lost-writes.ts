/** Every mutation as its answer gets lost, and what another device does before the write is repeated. */
import { act, done, handleOf, idOf, type Mutation, shared, written } from './acts.ts'
import type { Caller, Data, World } from './world.ts'

/** Alice's note, which she shares with bob. Both use devices that reach the database directly. */
export interface People {
  readonly alice: Caller
  readonly bob: Caller
  /** Alice, or bob for what a sharee does, on a device behind the proxy. */
  readonly caller: Caller
  readonly id: string
}

/**
 * How a call without a key writes: `alone`, one item that others change; `new`, one item that no other call creates;
 * `transaction`, which DynamoDB does once for each token.
 */
type Kind = 'alone' | 'new' | 'transaction'

export interface Row {
  readonly mutation: Mutation
  readonly kind: Kind
  readonly input: (people: People) => object | Promise<object>
  readonly isShared?: true
  readonly isTrashed?: true
  readonly isBobs?: true
}

const twoNotes = { notes: [{ title: 'new' }, { title: 'new too' }] }

export const rows: readonly Row[] = [
  { mutation: 'createNote', kind: 'new', input: () => ({ title: 'new' }) },
  { mutation: 'createNote', kind: 'transaction', input: () => ({ title: 'new', tags: ['a'] }) },
  { mutation: 'createNotes', kind: 'new', input: () => ({ notes: [{ title: 'new' }] }) },
  { mutation: 'createNotes', kind: 'transaction', input: () => twoNotes },
  { mutation: 'updateNote', kind: 'alone', input: ({ id }) => ({ id, title: 'mine' }) },
  { mutation: 'updateNote', kind: 'alone', input: ({ id }) => ({ id, title: 'mine', version: 1 }) },
  { mutation: 'updateNote', kind: 'alone', input: ({ id }) => ({ id, tags: [], title: 'mine', version: 1 }) },
  { mutation: 'updateNote', kind: 'transaction', input: ({ id }) => ({ id, tags: ['b'] }) },
  { mutation: 'updateNote', kind: 'transaction', isShared: true, input: ({ id }) => ({ id, tags: [], title: 'mine' }) },
  { mutation: 'trashNote', kind: 'alone', input: ({ id }) => ({ id }) },
  { mutation: 'trashNote', kind: 'alone', input: ({ id }) => ({ id, version: 1 }) },
  { mutation: 'trashNote', kind: 'transaction', isShared: true, input: ({ id }) => ({ id }) },
  { mutation: 'restoreNote', kind: 'alone', isTrashed: true, input: ({ id }) => ({ id, version: 2 }) },
  { mutation: 'deleteNote', kind: 'transaction', input: ({ id }) => ({ id, version: 1 }) },
  {
    mutation: 'shareNote',
    kind: 'transaction',
    input: async ({ id, bob }) => ({ id, handle: await handleOf(bob), role: 'VIEWER', version: 1 }),
  },
  {
    mutation: 'unshareNote',
    kind: 'transaction',
    isShared: true,
    input: async ({ id, bob }) => ({ id, personId: await idOf(bob), version: 2 }),
  },
  {
    mutation: 'unshareNote',
    kind: 'alone',
    isShared: true,
    isTrashed: true,
    input: async ({ id, bob }) => ({ id, personId: await idOf(bob) }),
  },
  { mutation: 'leaveNote', kind: 'transaction', isShared: true, isBobs: true, input: ({ id }) => ({ id }) },
  { mutation: 'updateProfile', kind: 'alone', input: () => ({ name: 'Mine' }) },
  { mutation: 'updateProfile', kind: 'transaction', input: () => ({ name: 'Mine', renewHandle: true }) },
]

let count = 0

/** Two new people and the note of a row; `slow` is the world behind the proxy. */
export async function prepare(row: Row, slow: World, fast: World): Promise<People> {
  count += 1
  const names = [`alice${count}`, `bob${count}`] as const
  const [alice, bob] = [fast.someone(names[0]), fast.someone(names[1])]
  await Promise.all([handleOf(alice), handleOf(bob)])
  const { id } = await written(alice, { title: 'old' })
  if (row.isShared) await shared(alice, id, bob, 'EDITOR')
  if (row.isTrashed) await done(alice, 'trashNote', { id })
  return { alice, bob, id, caller: slow.someone(names[row.isBobs ? 1 : 0]) }
}

export interface State {
  readonly notes: Data
  readonly profiles: Data
}

/** Everything that both people see of their notes and of themselves. */
export async function stateOf({ alice, bob }: People): Promise<State> {
  const page = '{ nodes { id title tags version updatedAt trashedAt viewerRole } }'
  const query = `{
    me { id name handle }
    tags { tag count }
    notes(first: 100) ${page}
    trash: notes(filter: { trashed: true }) ${page}
    sharedWithMe ${page}
  }`
  const [hers, his] = await Promise.all([alice.ask(query), bob.ask(query)])
  const [{ me: she, ...herNotes }, { me: he, ...hisNotes }] = [hers.data, his.data]
  return { notes: [herNotes, hisNotes], profiles: [she, he] }
}

export interface Meanwhile {
  readonly name: string
  /** Takes effect for every note of alice's where the mutation is possible. */
  readonly meanwhile: (people: People) => Promise<unknown>
}

async function onAll(people: People, mutation: Mutation, more: object = {}): Promise<void> {
  const { notes } = await stateOf(people)
  const ids: string[] = [...notes[0].notes.nodes, ...notes[0].trash.nodes].map(({ id }: { id: string }) => id)
  for (const id of ids) await act(people.alice, mutation, { id, ...more })
}

export const meanwhiles: readonly Meanwhile[] = [
  { name: 'nothing else is done', meanwhile: async () => {} },
  {
    name: 'it is changed',
    meanwhile: async (people) => {
      await onAll(people, 'updateNote', { title: 'theirs' })
      await done(people.alice, 'updateProfile', { name: 'Theirs' })
    },
  },
  { name: 'it is trashed', meanwhile: (people) => onAll(people, 'trashNote') },
  { name: 'it is restored', meanwhile: (people) => onAll(people, 'restoreNote') },
  { name: 'it is deleted', meanwhile: (people) => onAll(people, 'deleteNote') },
]
