/**
 * Many changes of the longest notes, and several devices that sync right after them: the work for each page is bounded.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { done, shared, written } from '../../support/acts.ts'
import { createScale, type Weight } from '../../support/scale.ts'
import { useWorlds } from '../../support/setup.ts'
import type { Caller, Data, World } from '../../support/world.ts'

const newWorld = useWorlds()
const scale = createScale()
let world: World
let alice: Caller
let bob: Caller

const content = 'x'.repeat(99_000)
const notesOfAlice = 100
const query = `query ($since: String, $first: Int) { changes(since: $since, first: $first) { cursor hasMore changes {
  ... on NoteChanged { note { id version trashedAt } } ... on NoteGone { noteId } } } }`

/** A device that syncs to the end, and measures what each of its requests reads. */
function device(who: Caller) {
  const kept = new Map<string, Data>()
  const delivered: Data[] = []
  const weights: Weight[] = []
  const state = { since: undefined as string | undefined }
  const sync = async (first: number) => {
    for (let more = true; more; ) {
      const { out, weight } = await scale.weigh(() => who.ask(query, { since: state.since, first }))
      expect(out.codes).toEqual([])
      weights.push(weight)
      for (const change of out.data.changes.changes) {
        delivered.push(change)
        if (change.note) kept.set(change.note.id, change.note)
        else kept.delete(change.noteId)
      }
      state.since = out.data.changes.cursor
      more = out.data.changes.hasMore
    }
  }
  return { kept, delivered, weights, sync }
}

/** All within the last 20 seconds, which `changes` reads at each call. */
beforeAll(async () => {
  world = await newWorld(scale.wrap)
  alice = world.someone('alice')
  bob = world.someone('bob')
  const ids: string[] = []
  for (let left = notesOfAlice; left > 0; left -= 25) {
    const notes = Array.from({ length: 25 }, () => ({ title: 'long', content }))
    ids.push(...(await done(alice, 'createNotes', { notes })).notes.map(({ id }: Data) => id))
  }
  for (const id of ids.filter((_, index) => index % 2 === 0)) await done(alice, 'trashNote', { id })
  for (let index = 0; index < 15; index += 1) {
    await shared(alice, (await written(alice, { title: 'for bob', content })).id, bob)
  }
})

describe('changes after a burst of long notes', () => {
  it('bring several devices at once to one state, each request within 5 reads and 1.2 MB', async () => {
    const devices = [100, 100, 20, 7].map((first) => ({ first, one: device(alice) }))
    await Promise.all(devices.map(({ first, one }) => one.sync(first)))
    for (const { one } of devices) {
      expect(one.delivered).toHaveLength(notesOfAlice + 15)
      expect(one.kept).toEqual(devices[0]?.one.kept)
      expect([...one.kept.values()].filter(({ trashedAt }) => trashedAt)).toHaveLength(notesOfAlice / 2)
      expect(Math.max(...one.weights.map(({ reads }) => reads))).toBeLessThanOrEqual(5)
      expect(Math.max(...one.weights.map(({ bytes }) => bytes))).toBeLessThan(1_200_000)
    }
  })

  it('read no note when nothing is new, directly after everything was delivered', async () => {
    const phone = device(alice)
    await phone.sync(100)
    const before = { ...world.table.used }
    await phone.sync(100)
    expect(phone.delivered).toHaveLength(notesOfAlice + 15)
    expect(phone.weights.at(-1)?.reads).toBe(4)
    expect(phone.weights.at(-1)?.bytes).toBeLessThan(notesOfAlice * 400)
    expect(world.table.used.requests - before.requests).toBe(4)
    expect(world.table.used.units - before.units).toBeLessThan(20)
  })

  it('weigh shared notes like own ones, before they are read', async () => {
    const phone = device(bob)
    await phone.sync(100)
    expect(phone.delivered).toHaveLength(15)
    expect(phone.weights.map(({ reads }) => reads)).toEqual([4, 5])
    expect(Math.max(...phone.weights.map(({ bytes }) => bytes))).toBeLessThan(1_200_000)
  })

  it('hold many short shared notes on one page', async () => {
    const dora = world.someone('dora')
    for (let index = 0; index < 12; index += 1) await shared(alice, (await written(alice)).id, dora)
    const phone = device(dora)
    await phone.sync(100)
    expect([phone.delivered.length, phone.weights.length]).toEqual([12, 1])
  })

  it('weigh a note as it was changed last, whichever way it was changed', async () => {
    const carol = world.someone('carol')
    const ids: string[] = []
    for (let index = 0; index < 24; index += 1) ids.push((await written(carol, { title: `${index}` })).id)
    for (const id of ids.slice(0, 12)) await done(carol, 'updateNote', { id, content })
    for (const id of ids.slice(12)) await done(carol, 'updateNote', { id, content, tags: ['kept'] })
    const phone = device(carol)
    await phone.sync(100)
    expect(phone.delivered).toHaveLength(24)
    expect(phone.weights).toHaveLength(3)
    for (const id of ids) await done(carol, 'updateNote', { id, content: 'short' })
    await phone.sync(100)
    expect(phone.weights).toHaveLength(4)
  })
})
