/** Notes that move from one index range to another between the requests of one page of changes. */

import type { Table } from '@fieldnotes/table/table'
import { describe, expect, it } from 'vitest'
import { done, idOf, type Mutation, shared, written } from '../../support/acts.ts'
import { useWorlds } from '../../support/setup.ts'
import type { Caller, Data } from '../../support/world.ts'

const newWorld = useWorlds()

/** Runs an action once, after the range `from` was read and before the range `to` is read. */
function between(from: string, to: string) {
  let happen: (() => Promise<unknown>) | undefined
  let isRead = Promise.withResolvers<void>()
  const wrap = (table: Table): Table => ({
    ...table,
    query: async (range) => {
      const [low] = range.between
      const due = happen
      if (due && low.startsWith(to)) {
        await isRead.promise
        happen = undefined
        await due()
      }
      const page = await table.query(range)
      if (due && low.startsWith(from)) isRead.resolve()
      return page
    },
  })
  const arm = (what: () => Promise<unknown>) => {
    isRead = Promise.withResolvers()
    happen = what
  }
  return { wrap, arm }
}

/** Runs an action once, after the index entries were read and before their notes are read. */
function beforeNotes() {
  let happen: (() => Promise<unknown>) | undefined
  const wrap = (table: Table): Table => ({
    ...table,
    batchGet: async (keys) => {
      const due = happen
      happen = undefined
      await due?.()
      return table.batchGet(keys)
    },
  })
  const arm = (what: () => Promise<unknown>) => {
    happen = what
  }
  return { wrap, arm }
}

async function changes(who: Caller, since?: string, first = 20): Promise<Data> {
  const query = `query ($since: String, $first: Int) { changes(since: $since, first: $first) { cursor hasMore changes {
    ... on NoteChanged { note { id version trashedAt } } ... on NoteGone { noteId } } } }`
  const { data, errors } = await who.ask(query, { since, first })
  if (errors[0]) throw errors[0]
  return data.changes
}

function idsOf({ changes }: Data) {
  return changes.map(({ note, noteId }: Data) => note?.id ?? noteId)
}

describe('a note that moves while a page of changes is made', () => {
  it('is delivered once, as it is now, when it goes into the trash', async () => {
    const race = between('NOTE#', 'TRASH#')
    const alice = (await newWorld(race.wrap)).someone('alice')
    const { id } = await written(alice)
    const { cursor } = await changes(alice)
    await done(alice, 'updateNote', { id, title: 'changed' })
    race.arm(() => done(alice, 'trashNote', { id }))
    const page = await changes(alice, cursor)
    expect(page.changes).toEqual([{ note: { id, version: 3, trashedAt: expect.any(String) } }])
    expect((await changes(alice, page.cursor)).changes).toEqual([])
  })

  it('is delivered as gone alone when it is deleted', async () => {
    const race = between('NOTE#', 'GONE#')
    const alice = (await newWorld(race.wrap)).someone('alice')
    const { id } = await written(alice)
    const other = await written(alice)
    const { cursor } = await changes(alice)
    await done(alice, 'updateNote', { id, title: 'changed' })
    await done(alice, 'updateNote', { id: other.id, title: 'changed, too' })
    race.arm(() => done(alice, 'deleteNote', { id }))
    const page = await changes(alice, cursor)
    expect(idsOf(page)).toEqual([other.id, id])
    expect(page.changes.at(-1)).toEqual({ noteId: id })
    expect((await changes(alice, page.cursor)).changes).toEqual([])
  })

  it('is delivered as gone alone when its share ends', async () => {
    const race = between('SHARED#', 'GONE#')
    const world = await newWorld(race.wrap)
    const [alice, bob] = [world.someone('alice'), world.someone('bob')]
    const { id } = await written(alice)
    await shared(alice, id, bob)
    const { cursor } = await changes(bob)
    await done(alice, 'updateNote', { id, title: 'changed' })
    race.arm(() => done(alice, 'trashNote', { id }))
    const page = await changes(bob, cursor)
    expect(page.changes).toEqual([{ noteId: id }])
    expect((await changes(bob, page.cursor)).changes).toEqual([])
  })

  it('is delivered as it is now, without its end, when it comes back from the trash', async () => {
    const race = between('GONE#', 'SHARED#')
    const world = await newWorld(race.wrap)
    const [alice, bob] = [world.someone('alice'), world.someone('bob')]
    const { id } = await written(alice)
    await shared(alice, id, bob)
    const { cursor } = await changes(bob)
    await done(alice, 'trashNote', { id })
    race.arm(() => done(alice, 'restoreNote', { id }))
    const page = await changes(bob, cursor)
    expect(page.changes).toEqual([{ note: { id, version: 4, trashedAt: null } }])
    expect((await changes(bob, page.cursor)).changes).toEqual([])
  })

  it('takes no other change along that was not read yet', async () => {
    const race = between('NOTE#', 'TRASH#')
    const world = await newWorld(race.wrap)
    const alice = world.someone('alice')
    let { cursor, hasMore } = await changes(alice)
    const ids: string[] = []
    for (const title of ['1', '2', '3', '4', '5']) ids.push((await written(alice, { title })).id)
    world.clock.now += 60_000
    race.arm(async () => {
      for (const id of ids.slice(0, 3)) await done(alice, 'trashNote', { id })
    })
    const delivered: string[] = []
    do {
      expect(delivered.length, 'changes that do not end').toBeLessThan(100)
      const page = await changes(alice, cursor, 1)
      delivered.push(...idsOf(page))
      ;({ cursor, hasMore } = page)
    } while (hasMore)
    expect(delivered).toEqual([...ids.slice(3), ...ids.slice(0, 3)])
  })
})

describe('a note that moves between its place and itself', () => {
  const rows: readonly [string, Mutation, object, object][] = [
    ['changed', 'updateNote', { title: 'again' }, { note: { version: 4 } }],
    ['put into the trash', 'trashNote', {}, { note: { version: 4 } }],
    ['deleted', 'deleteNote', {}, {}],
    ['taken back', 'unshareNote', {}, { note: { version: 4 } }],
  ]
  const meet = async () => {
    const race = beforeNotes()
    const world = await newWorld(race.wrap)
    const [alice, bob] = [world.someone('alice'), world.someone('bob')]
    const { id } = await written(alice)
    const since = { alice: (await changes(alice)).cursor, bob: (await changes(bob)).cursor }
    await shared(alice, id, bob, 'EDITOR')
    await done(alice, 'updateNote', { id, title: 'changed' })
    return { race, alice, bob, id, since }
  }
  const later = async (who: Caller, page: Data) => (await changes(who, page.cursor)).changes

  it.each(rows)('is delivered to its owner once, when it was %s', async (_, mutation, input, change) => {
    const { race, alice, bob, id, since } = await meet()
    const personId = mutation === 'unshareNote' ? { personId: await idOf(bob) } : {}
    race.arm(() => done(alice, mutation, { id, ...input, ...personId }))
    const page = await changes(alice, since.alice)
    expect(page.changes).toEqual([])
    expect(await later(alice, page)).toMatchObject([mutation === 'deleteNote' ? { noteId: id } : change])
  })

  it.each(rows)(
    'is delivered once to the people with whom it is shared, when it was %s',
    async (_, mutation, input, change) => {
      const { race, alice, bob, id, since } = await meet()
      const personId = mutation === 'unshareNote' ? { personId: await idOf(bob) } : {}
      race.arm(() => done(alice, mutation, { id, ...input, ...personId }))
      const page = await changes(bob, since.bob)
      expect(page.changes).toEqual([])
      const next = await changes(bob, page.cursor)
      expect(next.changes).toMatchObject([mutation === 'updateNote' ? change : { noteId: id }])
      expect(await later(bob, next)).toEqual([])
    },
  )
})
