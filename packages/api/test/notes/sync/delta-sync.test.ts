import { describe, expect, it } from 'vitest'
import { done, idOf, shared, written } from '../../support/acts.ts'
import { usePairs } from '../../support/setup.ts'
import type { Caller, Data, World } from '../../support/world.ts'

const nextPair = usePairs()
let world: World
let alice: Caller
let bob: Caller
function newPair() {
  ;({ world, alice, bob } = nextPair())
}

const query = `query ($since: String, $first: Int) { changes(since: $since, first: $first) {
  cursor hasMore resyncRequired changes {
  __typename ... on NoteChanged { note { id title version trashedAt } } ... on NoteGone { noteId reason at } } } }`

async function changes(who: Caller, since?: string, first?: number): Promise<Data> {
  const { data, errors } = await who.ask(query, { since, first })
  if (errors[0]) throw errors[0]
  return data.changes
}

/** A client that keeps notes offline. */
function device(who: Caller) {
  const kept = new Map<string, Data>()
  let cursor: string | undefined
  const take = ({ note, noteId }: Data) => (note ? kept.set(note.id, note) : kept.delete(noteId))
  return {
    titles: () => [...kept.values()].map(({ title }) => title).sort(),
    /** Syncs until `hasMore` is false, and returns the changes. */
    sync: async (first = 3) => {
      const delivered: Data[] = []
      let more = true
      for (let pages = 0; more; pages += 1) {
        expect(pages, 'changes that do not end').toBeLessThan(1000)
        const page = await changes(who, cursor, first)
        delivered.push(...page.changes)
        for (const change of page.changes) take(change)
        cursor = page.cursor
        more = page.hasMore
      }
      return delivered
    },
  }
}

function kindOf({ __typename, reason, note }: Data) {
  return reason ?? `${__typename}${note.trashedAt ? ' trashed' : ''}`
}

describe('changes', () => {
  it('deliver everything from the beginning, oldest change first, in pages', async () => {
    newPair()
    for (const title of ['1', '2', '3', '4', '5']) await written(alice, { title })
    const first = await changes(alice, undefined, 2)
    expect(first.changes.map(({ note }: Data) => note.title)).toEqual(['1', '2'])
    expect(first).toMatchObject({ hasMore: true, resyncRequired: false })
    const phone = device(alice)
    expect((await phone.sync(2)).map(({ note }) => note.title)).toEqual(['1', '2', '3', '4', '5'])
    expect(await phone.sync()).toEqual([])
  })

  it('deliver each kind of change once, with the note as it is now', async () => {
    newPair()
    const [phone, tablet] = [device(alice), device(bob)]
    const { id } = await written(alice, { title: 'one' })
    const steps: readonly [string, () => Promise<unknown>, readonly string[], readonly string[]][] = [
      ['writing', async () => undefined, ['NoteChanged'], []],
      [
        'updating twice',
        async () => {
          await done(alice, 'updateNote', { id, title: 'two' })
          await done(alice, 'updateNote', { id, pinned: true })
        },
        ['NoteChanged'],
        [],
      ],
      ['sharing', () => shared(alice, id, bob, 'EDITOR'), ['NoteChanged'], ['NoteChanged']],
      ['editing', () => done(bob, 'updateNote', { id, title: 'three' }), ['NoteChanged'], ['NoteChanged']],
      ['trashing', () => done(alice, 'trashNote', { id }), ['NoteChanged trashed'], ['UNSHARED']],
      ['changing in the trash', () => done(alice, 'updateNote', { id, title: 'four' }), ['NoteChanged trashed'], []],
      ['restoring', () => done(alice, 'restoreNote', { id }), ['NoteChanged'], ['NoteChanged']],
      [
        'taking back',
        async () => done(alice, 'unshareNote', { id, personId: await idOf(bob) }),
        ['NoteChanged'],
        ['UNSHARED'],
      ],
      ['changing without bob', () => done(alice, 'updateNote', { id, title: 'five' }), ['NoteChanged'], []],
      ['sharing again', () => shared(alice, id, bob), ['NoteChanged'], ['NoteChanged']],
      ['leaving', () => done(bob, 'leaveNote', { id }), ['NoteChanged'], ['UNSHARED']],
      ['sharing once more', () => shared(alice, id, bob), ['NoteChanged'], ['NoteChanged']],
      ['deleting', () => done(alice, 'deleteNote', { id }), ['DELETED'], ['DELETED']],
    ]
    for (const [name, step, toAlice, toBob] of steps) {
      await step()
      expect((await phone.sync()).map(kindOf), `${name}, to alice`).toEqual(toAlice)
      expect((await tablet.sync()).map(kindOf), `${name}, to bob`).toEqual(toBob)
    }
    expect([phone.titles(), tablet.titles()]).toEqual([[], []])
  })

  it('bring two devices to the same state, whatever pages they read in', async () => {
    newPair()
    const devices = [1, 2, 7, 100].map((size) => ({ size, device: device(alice) }))
    const ids: string[] = []
    for (let round = 0; round < 6; round += 1) {
      for (let index = 0; index < 4; index += 1) ids.push((await written(alice, { title: `r${round}n${index}` })).id)
      await done(alice, 'updateNote', { id: ids[round], title: `changed in ${round}` })
      await done(alice, 'deleteNote', { id: ids[20 - round] ?? ids.pop() })
      ids.splice(20 - round, 1)
      if (round % 2 === 0) for (const { size, device: one } of devices) await one.sync(size)
    }
    const { data } = await alice.ask('{ notes(first: 100) { nodes { title } } }')
    const truth = data.notes.nodes.map(({ title }: Data) => title).sort()
    for (const { size, device: one } of devices) {
      await one.sync(size)
      expect(one.titles(), `by ${size}`).toEqual(truth)
    }
  })

  it('deliver a change that was committed late, behind delivered changes, and nothing twice', async () => {
    newPair()
    const phone = device(alice)
    await written(alice, { title: 'told' })
    await phone.sync()
    world.clock.now -= 5_000
    await written(alice, { title: 'late' })
    world.clock.now += 5_000
    expect((await phone.sync()).map(({ note }) => note.title)).toEqual(['late'])
    expect(await phone.sync()).toEqual([])
    world.clock.now += 60_000
    expect(await phone.sync()).toEqual([])
  })

  it.each([5_000, 3_600_000])('deliver a change by a writer whose clock is %i ms behind the last one', async (ms) => {
    newPair()
    const phone = device(alice)
    const { id, updatedAt } = await written(alice, { title: 'first' })
    await phone.sync()
    world.clock.now -= ms
    const { note } = await done(alice, 'updateNote', { id, title: 'second' })
    await done(alice, 'updateNote', { id, tags: ['third'] })
    world.clock.now += ms
    expect(note.updatedAt > updatedAt).toBe(true)
    expect((await phone.sync()).map(({ note }) => note.version)).toEqual([3])
    expect(await phone.sync()).toEqual([])
  })

  it('deliver very many changes of one moment once each', async () => {
    newPair()
    for (let batch = 0; batch < 26; batch += 1) {
      await done(alice, 'createNotes', {
        notes: Array.from({ length: 25 }, (_, index) => ({ title: `${batch}-${index}` })),
      })
    }
    for (const size of [100, 33]) {
      const delivered = await device(alice).sync(size)
      expect(delivered).toHaveLength(650)
      expect(new Set(delivered.map(({ note }) => note.id)).size).toBe(650)
    }
    const phone = device(alice)
    await phone.sync(100)
    const { id } = await written(alice, { title: 'after' })
    expect((await phone.sync()).map(({ note }) => note.id)).toEqual([id])
  })
})
