/**
 * Many changes within moments, some of them committed late: each is delivered once, as long as a cursor can remember
 * them all.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { done } from '../../support/acts.ts'
import { useWorlds } from '../../support/setup.ts'
import type { Caller, Data, World } from '../../support/world.ts'

const newWorld = useWorlds()
let world: World
beforeAll(async () => {
  world = await newWorld()
})

async function write(who: Caller, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let left = count; left > 0; left -= 25) {
    const notes = Array.from({ length: Math.min(left, 25) }, () => ({ title: 'x' }))
    ids.push(...(await done(who, 'createNotes', { notes })).notes.map(({ id }: Data) => id))
  }
  return ids
}

/** Writes with a clock that is this many milliseconds behind. */
async function writeLate(who: Caller, count: number, ms: number): Promise<string[]> {
  world.clock.now -= ms
  const ids = await write(who, count)
  world.clock.now += ms
  return ids
}

/** A client that syncs to the end in pages of `first`, and returns the ids that it received. */
function client(who: Caller) {
  let since: string | undefined
  return async (first: number): Promise<string[]> => {
    const ids: string[] = []
    for (let more = true; more; ) {
      const query = `query ($since: String, $first: Int) {
        changes(since: $since, first: $first) { cursor hasMore changes { ... on NoteChanged { note { id } } } }
      }`
      const { data } = await who.ask(query, { since, first })
      ids.push(...data.changes.changes.map(({ note }: Data) => note.id))
      since = data.changes.cursor
      more = data.changes.hasMore
    }
    return ids
  }
}

const rows: readonly [delivered: number, late: number, fresh: number, first: number][] = [
  [490, 1, 20, 15],
  [450, 150, 0, 33],
  [400, 150, 0, 100],
  [500, 60, 30, 7],
  [700, 100, 30, 41],
]

describe('changes after a burst', () => {
  it.each(rows)(
    'are delivered once each: %i delivered, then %i late and %i new ones, in pages of %i',
    async (...[delivered, late, fresh, first]) => {
      const who = world.someone(`of ${delivered} ${late} ${fresh} ${first}`)
      const sync = client(who)
      world.clock.now += 60_000
      const before = await write(who, delivered)
      expect(new Set(await sync(100))).toEqual(new Set(before))
      const after = [...(await writeLate(who, late, 5_000)), ...(await write(who, fresh))]
      const heard = await sync(first)
      expect([...heard].sort()).toEqual([...after].sort())
      expect(await sync(first)).toEqual([])
    },
  )
})
