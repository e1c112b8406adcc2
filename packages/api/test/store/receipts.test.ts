/** Receipts have no contents, and a repeated call returns what is stored now, and nothing that was deleted. */
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TableConfig } from '../../src/config/config.ts'
import { parseIdOf } from '../../src/notes/ids.ts'
import type { Table } from '../../src/store/table.ts'
import type { Item } from '../../src/store/writes.ts'
import { act, done, handleOf, idOf, type Mutation, seen, shared, titles, written } from '../support/acts.ts'
import { type Engine, startEngine } from '../support/engine.ts'
import { bePatient } from '../support/patience.ts'
import { type Caller, createWorld, type World } from '../support/world.ts'

bePatient()
let engine: Engine
let config: TableConfig
let client: DynamoDBClient
let world: World
let alice: Caller
let bob: Caller
/** While it is set, reads of notes return them as they were before. */
let stale: { readonly item: Item; reads: number } | undefined

function lagging(table: Table): Table {
  return {
    ...table,
    batchGet: async (keys) => {
      const items = await table.batchGet(keys)
      const lag = stale
      if (!lag || lag.reads === 0) return items
      lag.reads -= 1
      return items.map((item) => (item.pk === lag.item.pk && item.sk === lag.item.sk ? lag.item : item))
    },
  }
}

beforeAll(async () => {
  engine = await startEngine()
})
beforeEach(async () => {
  config = await engine.newTable()
  client = new DynamoDBClient({
    region: config.region,
    endpoint: config.endpoint ?? '',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  world = createWorld(config, lagging)
  ;[alice, bob] = [world.someone('alice'), world.someone('bob')]
  stale = undefined
})
afterAll(() => engine.stop())

/** Every item of the table, as it is stored. */
async function stored(): Promise<Item[]> {
  const items: Item[] = []
  for await (const { Items = [] } of paginateScan({ client }, { TableName: config.name, ConsistentRead: true })) {
    items.push(...Items.map((item) => unmarshall(item) as Item))
  }
  return items
}

async function receipts() {
  return (await stored()).filter(({ sk }) => sk.startsWith('DONE#'))
}

const key = { idempotencyKey: 'key' }
const [title, content, name] = ['A title of its own', 'Contents of their own', 'A name of its own']

/** Every mutation of alice's note, which bob may edit, with a key. */
const keyed: readonly (readonly [Mutation, () => Caller, (id: string) => object | Promise<object>])[] = [
  ['createNote', () => alice, () => ({ title, content })],
  ['createNotes', () => alice, () => ({ notes: [{ title, content }, { title: 'another' }] })],
  ['updateNote', () => alice, (id) => ({ id, content })],
  ['updateNote', () => bob, (id) => ({ id, title, content })],
  ['trashNote', () => alice, (id) => ({ id })],
  ['restoreNote', () => alice, (id) => ({ id })],
  ['shareNote', () => alice, async (id) => ({ id, handle: await handleOf(bob), role: 'VIEWER' })],
  ['unshareNote', () => alice, async (id) => ({ id, personId: await idOf(bob) })],
]

async function prepare(): Promise<string> {
  const { id } = await written(alice, { title, content })
  await shared(alice, id, bob, 'EDITOR')
  return id
}

function noteIds({ note, notes }: { note?: { id: string }; notes?: { id: string }[] }) {
  return note ? [note.id] : (notes ?? []).map(({ id }) => id)
}

describe.each(keyed)('%s with a key (%#)', (mutation, who, body) => {
  const call = async () => {
    const id = await prepare()
    const input = { ...(await body(id)), ...key }
    return { id, input, first: await done(who(), mutation, input) }
  }
  it('leaves a receipt of digests, ids and versions alone', async () => {
    const { first } = await call()
    const [receipt, ...others] = await receipts()
    const { pk, sk, body: digest, expiresAt, ids, versions, ...rest } = receipt as Item
    expect([others, rest]).toEqual([[], {}])
    expect(ids).toEqual(noteIds(first).map((one) => parseIdOf('Note', one, 'id')))
    expect(versions).toEqual([first.note ?? first.notes].flat().map(({ version }: { version: number }) => version))
    expect(JSON.stringify(receipt)).not.toMatch(/of its own|of their own/)
  })
  it('is answered with the note as it is by then', async () => {
    const { input, first } = await call()
    const [id = ''] = noteIds(first)
    const later = await done(alice, 'updateNote', { id, title: 'later', pinned: true })
    const again = await done(who(), mutation, input)
    expect(again.note ?? again.notes[0]).toMatchObject({
      ...{ title: 'later', pinned: true, version: later.note.version, updatedAt: later.note.updatedAt },
    })
    if (again.notes) expect(again.notes.slice(1)).toEqual(first.notes.slice(1))
  })
  it('is NOT_FOUND once the note is deleted, and still BAD_USER_INPUT with another body', async () => {
    const { input, first } = await call()
    const [id = ''] = noteIds(first)
    await done(alice, 'deleteNote', { id })
    expect((await act(who(), mutation, input)).codes).toEqual(['NOT_FOUND'])
    const other =
      'notes' in input
        ? { notes: [{ title: 'other' }] }
        : 'title' in input
          ? { title: 'other' }
          : { id: (await written(alice)).id }
    expect((await act(who(), mutation, { ...input, ...other })).codes).toEqual(['BAD_USER_INPUT'])
  })
  it('leaves nothing of a deleted note in the table', async () => {
    const { id, first } = await call()
    for (const gone of new Set([id, ...noteIds(first)]))
      await done(alice, 'deleteNote', { id: gone, idempotencyKey: gone })
    expect(JSON.stringify(await stored())).not.toMatch(/of its own|of their own/)
  })
})

describe('a repeated call', () => {
  it('that deleted a note repeats its success', async () => {
    const id = await prepare()
    const first = await done(alice, 'deleteNote', { id, ...key })
    expect(await done(alice, 'deleteNote', { id, ...key })).toEqual(first)
    expect((await act(alice, 'deleteNote', { id })).codes).toEqual(['NOT_FOUND'])
    expect((await act(alice, 'deleteNote', { id: (await written(alice)).id, ...key })).codes).toEqual([
      'BAD_USER_INPUT',
    ])
  })
  it('that left a note repeats its success, and does not leave again when it is shared anew, or deleted', async () => {
    const id = await prepare()
    const first = await done(bob, 'leaveNote', { id, ...key })
    await shared(alice, id, bob)
    expect(await done(bob, 'leaveNote', { id, ...key })).toEqual(first)
    expect(await seen(bob, id)).toMatchObject({ viewerRole: 'VIEWER' })
    await done(alice, 'deleteNote', { id })
    expect(await done(bob, 'leaveNote', { id, ...key })).toEqual(first)
  })
  it('that wrote several notes is NOT_FOUND as soon as one of them is deleted', async () => {
    const input = { notes: [{ title: 'one' }, { title: 'two' }], ...key }
    const { notes } = await done(alice, 'createNotes', input)
    expect((await done(alice, 'createNotes', input)).notes).toEqual(notes)
    await done(alice, 'trashNote', { id: notes[0].id })
    expect((await done(alice, 'createNotes', input)).notes[0]).toMatchObject({ title: 'one', version: 2 })
    await done(alice, 'deleteNote', { id: notes[0].id })
    expect((await act(alice, 'createNotes', input)).codes).toEqual(['NOT_FOUND'])
    expect(await titles(alice, 'notes')).toEqual(['two'])
  })
  it('of an editor is NOT_FOUND while the note is in the trash and after the share has ended', async () => {
    const id = await prepare()
    const input = { id, title: 'by bob', ...key }
    const { note } = await done(bob, 'updateNote', input)
    await done(alice, 'trashNote', { id })
    expect((await act(bob, 'updateNote', input)).codes).toEqual(['NOT_FOUND'])
    await done(alice, 'restoreNote', { id })
    expect((await done(bob, 'updateNote', input)).note).toMatchObject({ title: 'by bob', version: note.version + 2 })
    await done(bob, 'leaveNote', { id })
    expect((await act(bob, 'updateNote', input)).codes).toEqual(['NOT_FOUND'])
  })
  it('of a profile is answered with the profile as it is by then, and its receipt holds a revision', async () => {
    const input = { name, renewHandle: true, ...key }
    const first = await done(alice, 'updateProfile', input)
    expect(await done(alice, 'updateProfile', input)).toEqual(first)
    const [receipt] = await receipts()
    expect(JSON.stringify(receipt)).not.toContain(name)
    expect(receipt).toMatchObject({ ids: ['alice'], versions: [2] })
    const { me } = await done(alice, 'updateProfile', { name: 'Later' })
    expect((await done(alice, 'updateProfile', input)).me).toEqual(me)
  })
  it('never answers with a note that is older than its receipt: reads meet a transaction item by item', async () => {
    const id = await prepare()
    const noteKey = { pk: 'USER#alice', sk: `NOTE#${parseIdOf('Note', id, 'id')}` }
    const item = await world.table.get(noteKey)
    const input = { id, title: 'changed', ...key }
    const first = await done(alice, 'updateNote', input)
    stale = { item: item as Item, reads: 3 }
    expect(await done(alice, 'updateNote', input)).toEqual(first)
    expect(stale.reads).toBe(0)
  })
  it('never answers with a profile that is older than its receipt', async () => {
    await handleOf(alice)
    const item = await world.table.get({ pk: 'USER#alice', sk: 'PROFILE' })
    const first = await done(alice, 'updateProfile', { name, ...key })
    stale = { item: item as Item, reads: 3 }
    // The payload has `me`, which is read separately: only the result of the mutation itself is compared.
    expect(await done(alice, 'updateProfile', { name, ...key })).toEqual(first)
  })
})

/** Receipts of the previous release, with the whole result. */
describe('a former receipt', () => {
  const former = async (answer: object) => {
    const [receipt] = await receipts()
    const { ids: _, versions: __, ...rest } = receipt as Item
    await world.table.write({ put: { ...rest, answer } as Item })
  }
  const note = (id: string, version: number) => ({
    id: parseIdOf('Note', id, 'id'),
    ownerId: 'alice',
    title: 'of then',
    content,
    version,
    shares: {},
  })

  it('of a change is honoured, and its contents are not answered with', async () => {
    const id = await prepare()
    const input = { id, title: 'changed', ...key }
    const first = await done(alice, 'updateNote', input)
    await former(note(id, 3))
    expect(await done(alice, 'updateNote', input)).toEqual(first)
    expect((await act(alice, 'updateNote', { ...input, title: 'other' })).codes).toEqual(['BAD_USER_INPUT'])
    await done(alice, 'deleteNote', { id })
    const { codes, data } = await act(alice, 'updateNote', input)
    expect([codes, data]).toEqual([['NOT_FOUND'], { updateNote: null }])
  })
  it('of new notes is honoured', async () => {
    const input = { notes: [{ title: 'one' }, { title: 'two' }], ...key }
    const first = await done(alice, 'createNotes', input)
    const ids = first.notes.map(({ id }: { id: string }) => parseIdOf('Note', id, 'id'))
    await former({ ids, at: first.notes[0].createdAt, clientId: 'app' })
    expect(await done(alice, 'createNotes', input)).toEqual(first)
    await done(alice, 'deleteNote', { id: first.notes[1].id })
    expect((await act(alice, 'createNotes', input)).codes).toEqual(['NOT_FOUND'])
  })
  it('of a deletion is honoured', async () => {
    const id = await prepare()
    const first = await done(alice, 'deleteNote', { id, ...key })
    await former(note(id, 2))
    expect(await done(alice, 'deleteNote', { id, ...key })).toEqual(first)
  })
  it('of a profile is honoured', async () => {
    const first = await done(alice, 'updateProfile', { name, ...key })
    await former({ id: 'alice', name, handle: first.me.handle, revision: 2 })
    expect(await done(alice, 'updateProfile', { name, ...key })).toEqual(first)
  })
})
