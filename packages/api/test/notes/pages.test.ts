import { describe, expect, it } from 'vitest'
import { done, shared, written } from '../support/acts.ts'
import { beforeFirst } from '../support/first.ts'
import { useWorlds } from '../support/setup.ts'
import type { Caller, Data, World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
let alice: Caller
beforeFirst(async () => {
  world = await newWorld()
  alice = world.someone('alice')
  for (let index = 0; index < 12; index += 1) {
    await written(alice, { title: `n${index}`, tags: [index % 3 === 0 ? 'third' : 'other'], pinned: index % 4 === 0 })
  }
  await done(alice, 'trashNote', { id: await idOf('n11') })
  await done(alice, 'updateNote', { id: await idOf('n2'), content: 'newest' })
})

const selection =
  '{ edges { cursor node { title } } nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }'

interface Page {
  readonly titles: readonly string[]
  readonly cursors: readonly string[]
  readonly info: Data
}

async function page(who: Caller, args: string, list = 'notes'): Promise<Page> {
  const { data, errors } = await who.ask(`{ list: ${list}${args === '' ? '' : `(${args})`} ${selection} }`)
  if (errors[0]) throw errors[0]
  const { edges, nodes, pageInfo } = data.list
  const found = nodes.map(({ title }: Data) => title)
  expect(edges.map(({ node }: Data) => node.title)).toEqual(found)
  expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null])
  return { titles: found, cursors: edges.map(({ cursor }: Data) => cursor), info: pageInfo }
}

async function idOf(title: string): Promise<string> {
  const { data } = await alice.ask('{ notes(first: 100) { nodes { id title } } }')
  return data.notes.nodes.find((note: Data) => note.title === title).id
}

/** All pages of a list, one after the other. */
async function walk(who: Caller, size: number, { backward = false, rest = '', list = 'notes' } = {}): Promise<Page[]> {
  const pages: Page[] = []
  let more = true
  let cursor = ''
  while (more) {
    expect(pages.length, 'a list that does not end').toBeLessThan(100)
    const words = backward ? ['last', 'before'] : ['first', 'after']
    const next = await page(who, `${words[0]}: ${size}${cursor && `, ${words[1]}: "${cursor}"`}${rest}`, list)
    pages.push(next)
    cursor = backward ? next.info.startCursor : next.info.endCursor
    more = backward ? next.info.hasPreviousPage : next.info.hasNextPage
  }
  return pages
}

const newestFirst = ['n2', 'n10', 'n9', 'n8', 'n7', 'n6', 'n5', 'n4', 'n3', 'n1', 'n0']

const orders: readonly [string, readonly string[]][] = [
  ['', newestFirst],
  [', orderBy: { field: UPDATED_AT, direction: ASC }', [...newestFirst].reverse()],
  [', orderBy: { field: CREATED_AT, direction: ASC }', Array.from({ length: 11 }, (_, index) => `n${index}`)],
  [', orderBy: { field: CREATED_AT, direction: DESC }', Array.from({ length: 11 }, (_, index) => `n${10 - index}`)],
  [', filter: { tag: "third" }', ['n9', 'n6', 'n3', 'n0']],
  [', filter: { tag: " third " }, orderBy: { field: CREATED_AT, direction: ASC }', ['n0', 'n3', 'n6', 'n9']],
  [', filter: { pinned: true }', ['n8', 'n4', 'n0']],
  [', filter: { pinned: false, tag: "third" }', ['n9', 'n6', 'n3']],
  [', filter: { trashed: true }', ['n11']],
  [', filter: { trashed: true }, orderBy: { field: CREATED_AT, direction: ASC }', ['n11']],
  [', filter: { trashed: false, tag: null, pinned: null, updatedSince: null }', newestFirst],
  [', filter: { tag: "none" }', []],
]

describe('a list', () => {
  it.each(orders)('gives all of it in full pages, forwards and backwards, for any size%s', async (rest, expected) => {
    for (const size of [1, 3, 5, 100]) {
      const forwards = await walk(alice, size, { rest })
      expect(forwards.flatMap(({ titles }) => titles)).toEqual(expected)
      expect(forwards.slice(0, -1).every(({ titles }) => titles.length === size)).toBe(true)
      const backwards = await walk(alice, size, { rest, backward: true })
      expect(backwards.reverse().flatMap(({ titles }) => titles)).toEqual(expected)
    }
  })

  it('since an instant holds what changed at or after it, in both orders', async () => {
    const { data } = await alice.ask('{ notes(first: 1) { nodes { updatedAt } } }')
    const { updatedAt } = data.notes.nodes[0]
    const later = new Date(Date.parse(updatedAt) + 1).toISOString()
    for (const order of ['', ', orderBy: { field: CREATED_AT, direction: ASC }']) {
      expect((await page(alice, `filter: { updatedSince: "${updatedAt}" }${order}`)).titles).toEqual(['n2'])
      expect((await page(alice, `filter: { updatedSince: "${later}" }${order}`)).titles).toEqual([])
    }
  })

  it('says where the page lies', async () => {
    const { info, cursors } = await page(alice, 'first: 11')
    expect(info).toMatchObject({ hasNextPage: false, hasPreviousPage: false })
    expect((await page(alice, `first: 2, after: "${cursors[2]}"`)).info).toMatchObject({
      hasNextPage: true,
      hasPreviousPage: true,
    })
    expect((await page(alice, `last: 2, before: "${cursors[2]}"`)).titles).toEqual(['n2', 'n10'])
    expect((await page(alice, `after: "${cursors[10]}"`)).titles).toEqual([])
  })

  it('has 20 items by default', async () => {
    const bob = world.someone('bob')
    await done(bob, 'createNotes', { notes: Array.from({ length: 25 }, () => ({ title: 'x' })) })
    expect((await page(bob, '')).titles).toHaveLength(20)
    expect((await page(bob, 'last: 100')).titles).toHaveLength(25)
  })

  it('that is changed while it is read meets what does not change exactly once', async () => {
    const dora = world.someone('dora')
    await done(dora, 'createNotes', { notes: Array.from({ length: 20 }, (_, index) => ({ title: `d${index}` })) })
    const { data } = await dora.ask('{ notes(first: 100) { nodes { id title } } }')
    const met: string[] = []
    let cursor = ''
    for (let round = 0; round < 20; round += 1) {
      const next = await page(dora, `first: 3${cursor && `, after: "${cursor}"`}`)
      met.push(...next.titles)
      if (!next.info.hasNextPage) break
      cursor = next.info.endCursor
      await written(dora, { title: 'new' })
      await done(dora, 'updateNote', { id: data.notes.nodes[round % 2].id, content: `${round}` })
      await done(dora, 'deleteNote', {
        id: data.notes.nodes.find(({ title }: Data) => title === next.titles.at(-1)).id,
      })
    }
    expect([...met].sort()).toEqual(Array.from({ length: 20 }, (_, index) => `d${index}`).sort())
  })

  it('goes on behind a note that is gone', async () => {
    const erin = world.someone('erin')
    for (const title of ['1', '2', '3']) await written(erin, { title })
    const { cursors } = await page(erin, 'first: 1')
    const { data } = await erin.ask('{ notes(first: 1) { nodes { id } } }')
    await done(erin, 'deleteNote', { id: data.notes.nodes[0].id })
    expect((await page(erin, `after: "${cursors[0]}"`)).titles).toEqual(['2', '1'])
  })

  it('of shared notes is paged like any other', async () => {
    const [owner, guest] = [world.someone('owner'), world.someone('guest')]
    for (let index = 0; index < 7; index += 1)
      await shared(owner, (await written(owner, { title: `s${index}` })).id, guest)
    const expected = ['s6', 's5', 's4', 's3', 's2', 's1', 's0']
    const forwards = await walk(guest, 2, { list: 'sharedWithMe' })
    expect(forwards.flatMap(({ titles }) => titles)).toEqual(expected)
    const backwards = await walk(guest, 3, { list: 'sharedWithMe', backward: true })
    expect(backwards.reverse().flatMap(({ titles }) => titles)).toEqual(expected)
  })
})
