/** Only the owner learns of changes of a note in the trash: they write to no other person's partition. */

import type { Item } from '@fieldnotes/table/writes'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseIdOf } from '../../src/notes/ids.ts'
import { done, handleOf, idOf, seen, shared, titles, written } from '../support/acts.ts'
import { usePairs } from '../support/setup.ts'
import type { Caller, Data, World } from '../support/world.ts'

const nextPair = usePairs()
let world: World
let alice: Caller
let bob: Caller
let bobsId: string
let bobsHandle: string
async function newPair() {
  ;({ world, alice, bob } = nextPair())
  ;[bobsId, bobsHandle] = [await idOf(bob), await handleOf(bob)]
}

beforeAll(newPair)

type Act = readonly [name: string, act: (id: string) => Promise<unknown>]

function share(role: string): Act['1'] {
  return (id) => done(alice, 'shareNote', { id, handle: bobsHandle, role })
}
const trash: Act = ['trashes', (id) => done(alice, 'trashNote', { id })]
const restore: Act = ['restores', (id) => done(alice, 'restoreNote', { id })]
const remove: Act = ['deletes', (id) => done(alice, 'deleteNote', { id })]
const unshare: Act = ['unshares', (id) => done(alice, 'unshareNote', { id, personId: bobsId })]
const leave: Act = ['leaves', (id) => done(bob, 'leaveNote', { id })]
const view: Act = ['shares', share('VIEWER')]
const edit: Act = ['shares for editing', share('EDITOR')]
const rename: Act = ['renames', (id) => done(alice, 'updateNote', { id, title: `renamed ${Math.random()}` })]
const retag: Act = ['retags', (id) => done(alice, 'updateNote', { id, tags: ['a'], idempotencyKey: 'key' })]

/** Items of notes in bob's partition. */
async function partition(): Promise<readonly Item[]> {
  const pk = bob.principal.kind === 'user' ? `USER#${bob.principal.id}` : ''
  const { items } = await world.table.query({ pk, between: [' ', '~'], forward: true, limit: 100 })
  return items.filter(({ sk }) => sk !== 'PROFILE')
}

const query = `query ($since: String) { changes(since: $since) { cursor changes {
  __typename ... on NoteChanged { note { id } } ... on NoteGone { noteId reason } } } }`

/** A client of bob's that keeps the ids of notes offline. */
function device() {
  const kept = new Set<string>()
  let since: string | undefined
  const take = ({ note, noteId }: Data) => (note ? kept.add(note.id) : kept.delete(noteId))
  const sync = async (): Promise<string[]> => {
    const { data } = await bob.ask(query, { since })
    since = data.changes.cursor
    for (const change of data.changes.changes) take(change)
    return data.changes.changes.map(({ __typename, reason }: Data) => reason ?? __typename)
  }
  return { kept, sync }
}

type Device = ReturnType<typeof device>

/** Changes a note in the trash. Bob's partition does not change, and bob receives no change and sees no note. */
async function expectSilence(id: string, [name, act]: Act, one: Device) {
  const before = await partition()
  await act(id)
  expect(await partition(), name).toEqual(before)
  expect(await one.sync(), name).toEqual([])
  expect([await seen(bob, id), await titles(bob, 'sharedWithMe')], name).toEqual([['NOT_FOUND'], []])
}

/** Syncs all devices: afterwards each has exactly these notes. */
async function expectKept(devices: Readonly<Record<string, Device>>, ids: readonly string[]) {
  for (const [name, one] of Object.entries(devices)) {
    await one.sync()
    expect([...one.kept], name).toEqual(ids)
  }
}

/** How the note was moved into the trash, and the notes of a device of bob's that was synced before. */
const starts: readonly (readonly [string, readonly Act[], boolean])[] = [
  ['that bob never saw', [trash], false],
  ['that bob sees', [view, trash], true],
  ['that bob saw until it was taken back', [view, unshare, trash], false],
  ['that bob saw until he left', [view, leave, trash], false],
  ['that was in the trash before', [edit, trash, restore, trash], true],
]
const inTrash = [rename, view, edit, unshare]
const single = [retag, ...inTrash].map((act) => [act[0], [act]] as const)
const double = inTrash.flatMap((first) =>
  inTrash.map((second) => [`${first[0]}, then ${second[0]}`, [first, second]] as const),
)

describe.each(starts)('a note in the trash %s', (_, start, sawIt) => {
  /** Devices that sync before the note is moved into the trash, after it, and only at the end. */
  const begin = async () => {
    const { id } = await written(alice, { title: 'first' })
    const devices = { early: device(), timely: device(), late: device() }
    for (const [, act] of start.slice(0, -1)) await act(id)
    await Promise.all([devices.early.sync(), devices.timely.sync()])
    expect(devices.early.kept.has(id)).toBe(sawIt)
    await start.at(-1)?.[1](id)
    await devices.timely.sync()
    return { id, devices }
  }

  const isShares = (act: Act) => act === view || act === edit

  /** Whether the note is shared with bob at the end. */
  const sharedAfter = (acts: readonly Act[]) => {
    const last = [...start, ...acts].findLast((act) => isShares(act) || act === unshare || act === leave)
    return last !== undefined && isShares(last)
  }

  it.each(double)('is not delivered until it is restored: alice %s', async (_names, acts) => {
    await newPair()
    const { id, devices } = await begin()
    for (const act of acts) await expectSilence(id, act, devices.timely)
    await restore[1](id)
    const isSeen = sharedAfter(acts)
    const synced = [await devices.timely.sync(), await devices.timely.sync()]
    expect(synced).toEqual(isSeen ? [['NoteChanged'], []] : [[], []])
    await expectKept(devices, isSeen ? [id] : [])
  })

  it.each(single)('is not delivered when it is deleted: alice %s', async (_names, acts) => {
    await newPair()
    const { id, devices } = await begin()
    for (const act of [...acts, remove]) await expectSilence(id, act, devices.timely)
    await expectKept(devices, [])
  })
})

describe('a note outside the trash', () => {
  it('reports to its readers that it is deleted, and names no other person', async () => {
    await newPair()
    const { id } = await written(alice)
    await shared(alice, id, bob)
    const phone = device()
    await phone.sync()
    await remove[1](id)
    expect([await phone.sync(), phone.kept.size]).toEqual([['DELETED'], 0])
  })
})

describe('the partition of a person with whom a note is shared in the trash', () => {
  it('does not hold the id before the note is restored, and then as that of a shared note', async () => {
    await newPair()
    const { id } = await written(alice)
    await trash[1](id)
    await view[1](id)
    const ulid = parseIdOf('Note', id, 'id')
    expect(JSON.stringify(await partition())).not.toContain(ulid)
    await restore[1](id)
    expect(await partition()).toMatchObject([{ sk: `SHARED#${ulid}`, changeSk: expect.stringMatching(/^SHARED#/) }])
  })
  it('keeps the tombstone of a former reader through every change in the trash, for earlier cursors', async () => {
    await newPair()
    const { id } = await written(alice)
    await view[1](id)
    const phone = device()
    await phone.sync()
    for (const [, act] of [trash, unshare, rename, view, rename, edit]) await act(id)
    expect([await phone.sync(), phone.kept.size]).toEqual([['UNSHARED'], 0])
    await restore[1](id)
    expect([await phone.sync(), phone.kept.size]).toEqual([['NoteChanged'], 1])
  })
})

describe('what a change in the trash costs', () => {
  it('does not grow with the people whom the note is shared with', async () => {
    await newPair()
    const { id } = await written(alice)
    const cost = async () => {
      const { units } = world.table.used
      await rename[1](id)
      return world.table.used.units - units
    }
    await trash[1](id)
    const alone = await cost()
    for (let index = 0; index < 5; index += 1) await shared(alice, id, world.someone(`guest${index}`))
    expect(await cost()).toBeLessThanOrEqual(alone + 1)
  })
})
