import type { Item } from '@fieldnotes/table/writes'
import { beforeAll, describe, expect, it } from 'vitest'
import type { NoteScope } from '../../../src/notes/note-scope.ts'
import { readEntries } from '../../../src/notes/sync/change-index.ts'
import type { IndexRange } from '../../../src/store/item-keys.ts'
import { useWorlds } from '../../support/setup.ts'
import type { World } from '../../support/world.ts'

const newWorld = useWorlds()
let world: World
beforeAll(async () => {
  world = await newWorld()
})

const ranges: readonly IndexRange[] = ['NOTE', 'TRASH', 'SHARED', 'GONE']

/** Stores an index entry of a person at an instant, which is a letter here. */
function put(personId: string, range: IndexRange, at: string, more: Omit<Item, 'pk' | 'sk'> = {}) {
  const item = { pk: `USER#${personId}`, sk: `X#${range}#${at}`, changeSk: `${range}#${at}#n${at}`, ...more }
  return world.table.write({ put: item })
}
function read(personId: string, limit: number, from = '') {
  return readEntries({ table: world.table, personId } as NoteScope, { ranges, from, limit })
}

describe('readEntries', () => {
  it('says of each entry whose note it is, how heavy, and why it is gone', async () => {
    await put('ann', 'NOTE', 'a', { contentBytes: 5, ownerId: 'ann' })
    await put('ann', 'SHARED', 'b', { contentBytes: 6, ownerId: 'bob' })
    await put('ann', 'GONE', 'c', { reason: 'DELETED', ownerId: 'bob', contentBytes: 7 })
    await put('ann', 'GONE', 'd', { reason: 'UNSHARED', ownerId: 'bob' })
    await put('ann', 'TRASH', 'e')
    const common = { ownerId: 'ann', reason: 'UNSHARED' }
    const entry = (range: IndexRange, at: string) => ({ position: `${at}#n${at}`, at, noteId: `n${at}`, range })
    expect(await read('ann', 10)).toEqual({
      entries: [
        { ...entry('NOTE', 'a'), ...common, contentBytes: 5 },
        { ...entry('SHARED', 'b'), ...common, ownerId: 'bob', contentBytes: 6 },
        { ...entry('GONE', 'c'), ...common, reason: 'DELETED', contentBytes: 0 },
        { ...entry('GONE', 'd'), ...common, contentBytes: 0 },
        { ...entry('TRASH', 'e'), ...common, contentBytes: 100_000 },
      ],
      readTo: undefined,
    })
  })

  it('reads up to the earliest end of the ranges that are longer than the limit', async () => {
    for (const at of ['c', 'd', 'e']) await put('bob', 'NOTE', at)
    for (const at of ['a', 'b', 'f']) await put('bob', 'GONE', at)
    const { entries, readTo } = await read('bob', 2)
    expect([entries.map(({ at }) => at), readTo]).toEqual([['a', 'b', 'c', 'd'], 'b#nb'])
  })

  it('reads after a position, and not the entry at it', async () => {
    for (const at of ['a', 'b', 'c']) await put('cat', 'TRASH', at)
    expect((await read('cat', 5, 'b#nb')).entries.map(({ at }) => at)).toEqual(['c'])
  })

  it('keeps the last of two places of a note', async () => {
    await put('dan', 'NOTE', 'a')
    await put('dan', 'TRASH', 'b', { changeSk: 'TRASH#b#na' })
    expect((await read('dan', 5)).entries.map(({ position }) => position)).toEqual(['b#na'])
  })
})
