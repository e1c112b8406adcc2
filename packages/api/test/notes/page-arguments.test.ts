/** Arguments of a page: refused unless they describe a page of this list. */
import { describe, expect, it } from 'vitest'
import { written } from '../support/acts.ts'
import { beforeFirst } from '../support/first.ts'
import { useWorlds } from '../support/setup.ts'
import type { Caller, World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
let alice: Caller
beforeFirst(async () => {
  world = await newWorld()
  alice = world.someone('alice')
  for (const title of ['1', '2', '3']) await written(alice, { title, tags: ['third'] })
})

describe('page arguments', () => {
  it.each([
    ['first: 0', 'first'],
    ['first: -1', 'first'],
    ['first: 101', 'first'],
    ['first: 100000', 'first'],
    ['last: 0', 'last'],
    ['last: 101', 'last'],
    ['first: 1, last: 1', 'first'],
    ['first: 1, before: "x"', 'first'],
    ['after: "x", before: "x"', 'first'],
    ['after: ""', 'after'],
    ['after: "x"', 'after'],
    ['before: "Tm90ZTox"', 'before'],
  ])('refuse %s', async (args, argument) => {
    for (const list of ['notes', 'sharedWithMe']) {
      const { errors, codes } = await alice.ask(`{ ${list}(${args}) { nodes { id } } }`)
      expect([codes, errors[0]?.originalError]).toMatchObject([['BAD_USER_INPUT'], { extensions: { argument } }])
    }
  })

  it('refuse a cursor of another caller, another list, another filter, another order', async () => {
    const { data } = await alice.ask('{ notes(first: 1) { pageInfo { endCursor } } }')
    const cursor = data.notes.pageInfo.endCursor
    expect((await alice.ask(`{ notes(after: "${cursor}") { nodes { title } } }`)).data.notes.nodes).toHaveLength(2)
    const elsewhere: readonly [Caller, string][] = [
      [world.someone('bob'), `notes(after: "${cursor}")`],
      [alice, `sharedWithMe(after: "${cursor}")`],
      [alice, `notes(after: "${cursor}", filter: { tag: "third" })`],
      [alice, `notes(after: "${cursor}", filter: { trashed: true })`],
      [alice, `notes(after: "${cursor}", orderBy: { field: UPDATED_AT, direction: ASC })`],
    ]
    for (const [who, list] of elsewhere) {
      expect((await who.ask(`{ ${list} { nodes { id } } }`)).codes, list).toEqual(['BAD_USER_INPUT'])
    }
    expect((await alice.ask(`{ changes(since: "${cursor}") { hasMore } }`)).codes).toEqual(['BAD_USER_INPUT'])
  })

  it('of nodes: at most 100, each refused on its own', async () => {
    const { id } = await written(alice)
    const many = JSON.stringify(Array.from({ length: 101 }, () => id))
    expect((await alice.ask(`{ nodes(ids: ${many}) { id } }`)).codes).toEqual(['BAD_USER_INPUT'])
    const { data, codes } = await alice.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: [id, 'nothing', '#', id],
    })
    expect([data.nodes, codes]).toEqual([
      [{ id }, null, null, { id }],
      ['NOT_FOUND', 'BAD_USER_INPUT'],
    ])
  })
})
