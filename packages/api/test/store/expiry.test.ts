/** Which items expire, and when: `expiresAt` has seconds since the epoch, as DynamoDB's time to live needs. */

import type { Item } from '@fieldnotes/table/writes'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseIdOf } from '../../src/notes/ids.ts'
import { done, idOf, shared, written } from '../support/acts.ts'
import { useWorlds } from '../support/setup.ts'
import type { Caller, World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
let alice: Caller
let bob: Caller
beforeAll(async () => {
  world = await newWorld()
  alice = world.someone('alice')
  bob = world.someone('bob')
})

const day = 24 * 3600

/** Days until an item expires; undefined for one that does not. */
function daysOf(item: Item | undefined) {
  return item?.expiresAt && Math.round((Number(item.expiresAt) - world.clock.now / 1000) / day)
}

async function itemsOf(person: string, kind: string): Promise<readonly Item[]> {
  const between = [`${kind}#`, `${kind}$`] as const
  return (await world.table.query({ pk: `USER#${person}`, between, forward: true, limit: 100 })).items
}

function itemOf(person: string, kind: string, id: string) {
  return world.table.get({ pk: `USER#${person}`, sk: `${kind}#${parseIdOf('Note', id, 'id')}` })
}

async function note(): Promise<string> {
  const { id } = await written(alice)
  await shared(alice, id, bob, 'EDITOR')
  return id
}

async function pointer(id: string) {
  return daysOf(await itemOf('bob', 'SHARED', id))
}

describe('the table', () => {
  it('keeps a note, and the pointers of the people with whom it is shared, indefinitely', async () => {
    const id = await note()
    expect([daysOf(await itemOf('alice', 'NOTE', id)), await pointer(id)]).toEqual([undefined, undefined])
  })

  it.each([
    ['was taken back', async (id: string) => done(alice, 'unshareNote', { id, personId: await idOf(bob) })],
    ['was given up', (id: string) => done(bob, 'leaveNote', { id })],
    ['ended with the note', (id: string) => done(alice, 'deleteNote', { id })],
    ['is interrupted by the trash', (id: string) => done(alice, 'trashNote', { id })],
  ])('keeps for 31 days that a share %s', async (_, end) => {
    const id = await note()
    await end(id)
    expect(await pointer(id)).toBe(31)
  })

  it.each([
    ['restored', async (id: string) => done(alice, 'restoreNote', { id })],
    [
      'edited, taken back, shared anew and restored',
      async (id: string) => {
        await done(alice, 'updateNote', { id, title: 'in the trash' })
        await done(alice, 'unshareNote', { id, personId: await idOf(bob) })
        await shared(alice, id, bob)
        await done(alice, 'restoreNote', { id })
      },
    ],
  ])('keeps the pointer to a note indefinitely that was in the trash and is %s', async (_, act) => {
    const id = await note()
    await done(alice, 'trashNote', { id })
    await act(id)
    expect(await pointer(id)).toBeUndefined()
  })

  it('keeps the pointer to a note indefinitely that is shared again', async () => {
    const id = await note()
    await done(bob, 'leaveNote', { id })
    await shared(alice, id, bob)
    expect(await pointer(id)).toBeUndefined()
  })

  it('keeps for 31 days that a note was deleted', async () => {
    const id = await note()
    await done(alice, 'deleteNote', { id })
    expect([await itemOf('alice', 'NOTE', id), daysOf(await itemOf('alice', 'GONE', id))]).toEqual([undefined, 31])
  })

  it('ends the pointer to a note that is deleted from the trash 31 days after it was trashed', async () => {
    const id = await note()
    await done(alice, 'trashNote', { id })
    const trashed = await itemOf('bob', 'SHARED', id)
    world.clock.now += 10 * day * 1000
    await done(alice, 'deleteNote', { id })
    expect(await itemOf('bob', 'SHARED', id)).toEqual(trashed)
    expect(await pointer(id)).toBe(21)
  })

  it('keeps a tombstone by a clock 20 seconds behind as long as any cursor that it was not delivered to', async () => {
    const ask = async (since?: string) =>
      (await alice.ask('query ($since: String) { changes(since: $since) { cursor resyncRequired } }', { since })).data
        .changes
    const id = await note()
    // The new instant is after the note's last change, although the clock is behind it.
    world.clock.now += 60_000
    const { cursor } = await ask()
    const asOf = world.clock.now
    world.clock.now -= 20_000
    await done(alice, 'deleteNote', { id })
    const gone = [await itemOf('alice', 'GONE', id), await itemOf('bob', 'SHARED', id)]
    const lastMs = asOf + 30 * day * 1000 - 1000
    world.clock.now = lastMs
    expect(await ask(cursor)).toMatchObject({ resyncRequired: false })
    for (const item of gone) expect(Number(item?.expiresAt) * 1000).toBeGreaterThan(lastMs)
    world.clock.now = asOf + 30 * day * 1000 + 1000
    expect(await ask(cursor)).toMatchObject({ resyncRequired: true })
  })

  it('keeps the receipt of a mutation for a day', async () => {
    await written(alice, { idempotencyKey: 'key' })
    await done(alice, 'updateProfile', { name: 'Alice', idempotencyKey: 'key' })
    expect((await itemsOf('alice', 'DONE')).map(daysOf)).toEqual([1, 1])
  })
})
