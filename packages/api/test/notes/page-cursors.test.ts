/** A cursor is valid for the list that it was made for, with the same filter and order, and for no other. */
import { describe, expect, it } from 'vitest'
import { done } from '../support/acts.ts'
import { beforeFirst } from '../support/first.ts'
import { useWorlds } from '../support/setup.ts'
import type { Caller } from '../support/world.ts'

const newWorld = useWorlds()
let alice: Caller
let bob: Caller
beforeFirst(async () => {
  const world = await newWorld()
  ;[alice, bob] = [world.someone('alice'), world.someone('bob')]
  for (const who of [alice, bob]) {
    const notes = Array.from({ length: 3 }, () => ({ title: 'x', tags: ['a'], pinned: true }))
    await done(who, 'createNotes', { notes })
  }
})

const created = 'orderBy: { field: CREATED_AT, direction: DESC }'
const lists = [
  '',
  'filter: { tag: "a" }',
  'filter: { pinned: true }',
  'filter: { pinned: false }',
  'filter: { updatedSince: "2026-01-01T00:00:00Z" }',
  'filter: { updatedSince: "2026-01-02T00:00:00Z" }',
  'filter: { trashed: true }',
  'orderBy: { field: UPDATED_AT, direction: ASC }',
  created,
  `filter: { tag: "a" }, ${created}`,
  `filter: { updatedSince: "2026-01-01T00:00:00Z" }, ${created}`,
] as const

function page(who: Caller, list: string, rest: string) {
  const args = [rest, list].filter((text) => text !== '').join(', ')
  return who.ask(`{ notes(${args}) { nodes { id } pageInfo { endCursor } } }`)
}

async function cursorOf(who: Caller, list: string): Promise<string | null> {
  return (await page(who, list, 'first: 1')).data.notes.pageInfo.endCursor
}

describe('a cursor', () => {
  it.each(lists)('of notes(%s) opens this list alone', async (list) => {
    const cursor = await cursorOf(alice, list)
    // A list without a note has no cursor.
    if (cursor === null) return expect(list).toMatch(/false|trashed/)
    for (const other of lists) {
      const { codes, errors } = await page(alice, other, `after: "${cursor}"`)
      expect(codes, other).toEqual(other === list ? [] : ['BAD_USER_INPUT'])
      if (other !== list) expect(errors[0]?.originalError).toMatchObject({ extensions: { argument: 'after' } })
    }
  })

  it('is valid for its own caller alone, in both directions', async () => {
    const cursor = await cursorOf(alice, '')
    for (const rest of [`after: "${cursor}"`, `before: "${cursor}"`]) {
      expect((await page(bob, '', rest)).codes).toEqual(['BAD_USER_INPUT'])
      expect((await page(alice, '', rest)).codes).toEqual([])
    }
  })
})
