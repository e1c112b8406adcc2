/** Index entries that are read before their notes are written: reads see a transaction item by item. */

import type { Table } from '@fieldnotes/table/table'
import type { Item, Key } from '@fieldnotes/table/writes'
import { describe, expect, it } from 'vitest'
import { done, handleOf, type Mutation, shared, written } from '../../support/acts.ts'
import { useWorlds } from '../../support/setup.ts'
import type { Caller, Data } from '../../support/world.ts'

const newWorld = useWorlds()

async function changes(who: Caller, since?: string): Promise<Data> {
  const query = `query ($since: String) {
    changes(since: $since) { cursor changes { ... on NoteChanged { note { id } } } }
  }`
  const { data, errors } = await who.ask(query, { since })
  if (errors[0]) throw errors[0]
  return data.changes
}

/**
 * Reads a note as it was before a transaction, while other items of that transaction are visible: read-committed reads
 * may do so.
 */
function lagging() {
  const before = new Map<string, Item>()
  const of = ({ pk, sk }: Key) => `${pk} ${sk}`
  let lags = false
  const wrap = (table: Table): Table => ({
    ...table,
    batchGet: async (keys) => {
      const items = await table.batchGet(keys)
      if (lags) return items.map((item) => before.get(of(item)) ?? item)
      for (const item of items) before.set(of(item), item)
      return items
    },
  })
  const set = (value: boolean) => {
    lags = value
  }
  return { wrap, set }
}

describe('a note that a read returns later than its index entry', () => {
  const rows: readonly [string, Mutation, object][] = [
    ['shared', 'shareNote', { role: 'VIEWER' }],
    ['changed', 'updateNote', { title: 'changed' }],
    ['restored', 'restoreNote', {}],
  ]
  it.each(rows)('is delivered once, as soon as it can be read, when it was %s', async (how, mutation, input) => {
    const race = lagging()
    const world = await newWorld(race.wrap)
    const [alice, bob] = [world.someone('alice'), world.someone('bob')]
    const { id } = await written(alice)
    const handle = mutation === 'shareNote' ? { handle: await handleOf(bob) } : {}
    if (mutation !== 'shareNote') await shared(alice, id, bob)
    if (mutation === 'restoreNote') await done(alice, 'trashNote', { id })
    const { cursor } = await changes(bob)
    await done(alice, mutation, { id, ...input, ...handle })
    race.set(true)
    const early = await changes(bob, cursor)
    expect(early.changes, how).toEqual([])
    race.set(false)
    const page = await changes(bob, early.cursor)
    expect(page.changes.map(({ note }: Data) => note.id)).toEqual([id])
    expect((await changes(bob, page.cursor)).changes).toEqual([])
  })
})
