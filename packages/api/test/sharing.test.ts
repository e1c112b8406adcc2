import { beforeAll, describe, expect, it } from 'vitest'
import { act, done, handleOf, idOf, seen, shared, titles, written } from './support/acts.ts'
import { useWorlds } from './support/setup.ts'
import type { Somebody, World } from './support/world.ts'

const newWorld = useWorlds()
let world: World
let alice: Somebody
let bob: Somebody
beforeAll(async () => {
  world = await newWorld()
})

let count = 0
const newPair = () => {
  count += 1
  alice = world.someone(`alice${count}`)
  bob = world.someone(`bob${count}`)
}

describe('shareNote', () => {
  it('lets a viewer read and an editor write, in every place', async () => {
    newPair()
    const { id } = await written(alice, { content: 'for bob' })
    const note = await shared(alice, id, bob)
    expect(note.shares).toMatchObject([
      { role: 'VIEWER', person: { name: bob.principal.kind === 'user' ? bob.principal.name : '' } },
    ])
    expect(await seen(bob, id)).toMatchObject({ content: 'for bob', viewerRole: 'VIEWER' })
    expect(await titles(bob, 'sharedWithMe')).toEqual(['A note'])
    expect(await titles(bob, 'notes')).toEqual([])
    await shared(alice, id, bob, 'EDITOR')
    expect((await done(bob, 'updateNote', { id, title: 'By bob' })).note).toMatchObject({
      title: 'By bob',
      viewerRole: 'EDITOR',
    })
    expect(await seen(alice, id)).toMatchObject({ title: 'By bob', viewerRole: 'OWNER' })
  })
  it('tells the name of the owner to whom it is shared with, even when the owner was never seen before', async () => {
    newPair()
    const { id } = await written(alice)
    await shared(alice, id, bob)
    const { data } = await bob.ask('query ($id: ID!) { note(id: $id) { owner { name } } }', { id })
    expect(data.note.owner.name).toBe(`alice${count}`)
  })
  it('does nothing when it is so already', async () => {
    newPair()
    const { id } = await written(alice)
    const first = await shared(alice, id, bob)
    expect(await shared(alice, id, bob)).toEqual(first)
  })
  it.each([
    ["nobody's", async () => '0123456789ABCDEFGHJK'],
    ['malformed', async () => 'bob@example.com'],
    ['empty', async () => ''],
    ["a person's id", async () => idOf(bob)],
    ["the owner's", async () => handleOf(alice)],
    [
      'renewed since',
      async () => {
        const handle = await handleOf(bob)
        await done(bob, 'updateProfile', { renewHandle: true })
        return handle
      },
    ],
  ])('refuses a handle that is %s', async (_, make) => {
    newPair()
    const { id } = await written(alice)
    const handle = await make()
    const { codes, errors } = await act(alice, 'shareNote', { id, handle, role: 'EDITOR' })
    expect([codes, errors[0]?.originalError]).toMatchObject([
      ['BAD_USER_INPUT'],
      { extensions: { argument: 'input.handle' } },
    ])
    expect(await seen(alice, id)).toMatchObject({ version: 1 })
  })
  it('stops at 50 people', async () => {
    newPair()
    const { id } = await written(alice)
    for (let index = 0; index < 50; index += 1) await shared(alice, id, world.someone(`guest${index}`))
    const { codes } = await act(alice, 'shareNote', { id, handle: await handleOf(bob), role: 'VIEWER' })
    expect(codes).toEqual(['BAD_USER_INPUT'])
    await shared(alice, id, world.someone('guest7'), 'EDITOR')
    await done(alice, 'trashNote', { id })
    await done(alice, 'deleteNote', { id })
    expect(await titles(world.someone('guest49'), 'sharedWithMe')).toEqual([])
  })
})

describe('a share that ended', () => {
  const ends: readonly [string, (id: string) => Promise<unknown>][] = [
    ['taken back', async (id) => done(alice, 'unshareNote', { id, personId: await idOf(bob) })],
    ['given up', (id) => done(bob, 'leaveNote', { id })],
    ['lost in the trash', (id) => done(alice, 'trashNote', { id })],
    ['lost with the note', (id) => done(alice, 'deleteNote', { id })],
  ]
  it.each(ends)('because it was %s lets nothing through any more', async (_, end) => {
    newPair()
    const { id } = await written(alice)
    await shared(alice, id, bob, 'EDITOR')
    await done(bob, 'updateNote', { id, title: 'mine too', idempotencyKey: 'before' })
    await end(id)
    expect(await seen(bob, id)).toEqual(['NOT_FOUND'])
    expect(await titles(bob, 'sharedWithMe')).toEqual([])
    expect((await act(bob, 'updateNote', { id, title: 'x' })).codes).toEqual(['NOT_FOUND'])
    expect((await act(bob, 'updateNote', { id, title: 'mine too', idempotencyKey: 'before' })).codes).toEqual([
      'NOT_FOUND',
    ])
    expect((await act(bob, 'leaveNote', { id })).codes).toEqual(['NOT_FOUND'])
  })
  it('comes back with the note from the trash, and only then', async () => {
    newPair()
    const { id } = await written(alice)
    await shared(alice, id, bob)
    await done(alice, 'trashNote', { id })
    await done(alice, 'updateNote', { id, title: 'changed in the trash' })
    expect(await seen(bob, id)).toEqual(['NOT_FOUND'])
    await done(alice, 'restoreNote', { id })
    expect(await seen(bob, id)).toMatchObject({ title: 'changed in the trash', viewerRole: 'VIEWER' })
    expect(await titles(bob, 'sharedWithMe')).toEqual(['changed in the trash'])
  })
  it('takes effect inside a page that is being read', async () => {
    newPair()
    const ids: string[] = []
    for (const title of ['1', '2', '3', '4']) {
      const { id } = await written(alice, { title })
      await shared(alice, id, bob)
      ids.push(id)
    }
    const first = await bob.ask('{ sharedWithMe(first: 2) { nodes { title } pageInfo { endCursor } } }')
    expect(first.data.sharedWithMe.nodes).toEqual([{ title: '4' }, { title: '3' }])
    await done(alice, 'unshareNote', { id: ids[1], personId: await idOf(bob) })
    expect(await titles(bob, `sharedWithMe(first: 2, after: "${first.data.sharedWithMe.pageInfo.endCursor}")`)).toEqual(
      ['1'],
    )
  })
  it('does not come back when somebody changes the note in the same moment', async () => {
    newPair()
    const { id } = await written(alice)
    await shared(alice, id, bob, 'EDITOR')
    const personId = await idOf(bob)
    await Promise.all([
      ...Array.from({ length: 8 }, (_, index) => act(bob, 'updateNote', { id, title: `b${index}` })),
      ...Array.from({ length: 8 }, (_, index) => act(alice, 'updateNote', { id, title: `a${index}` })),
      done(alice, 'unshareNote', { id, personId }),
    ])
    expect(await seen(bob, id)).toEqual(['NOT_FOUND'])
    expect(await titles(bob, 'sharedWithMe')).toEqual([])
  })
})

describe("the pointer in the other person's partition", () => {
  it('opens nothing by itself: the note decides', async () => {
    newPair()
    const { id } = await written(alice)
    const ulid = Buffer.from(id, 'base64url').toString().slice('Note:'.length)
    const name = alice.principal.kind === 'user' ? alice.principal.id : ''
    await world.table.write({
      put: {
        pk: `USER#bob${count}`,
        sk: `SHARED#${ulid}`,
        id: ulid,
        ownerId: name,
        changeSk: `SHARED#2026-11-22T09:00:00.000Z#${ulid}`,
      },
    })
    expect(await seen(bob, id)).toEqual(['NOT_FOUND'])
    expect(await titles(bob, 'sharedWithMe')).toEqual([])
    expect((await bob.ask('{ changes { changes { __typename } } }')).data.changes.changes).toEqual([])
  })
})

describe('tags', () => {
  it('count what lies outside the trash, through every change', async () => {
    newPair()
    const counts = async () =>
      (await alice.ask('{ tags { tag count } }')).data.tags.map(
        (row: { tag: string; count: number }) => `${row.tag}${row.count}`,
      )
    const { id } = await written(alice, { tags: ['a', 'b'] })
    await written(alice, { tags: ['b', 'c'] })
    expect(await counts()).toEqual(['a1', 'b2', 'c1'])
    await done(alice, 'updateNote', { id, tags: ['b', 'd'] })
    expect(await counts()).toEqual(['b2', 'c1', 'd1'])
    await done(alice, 'trashNote', { id })
    expect(await counts()).toEqual(['b1', 'c1'])
    await done(alice, 'updateNote', { id, tags: ['e'] })
    expect(await counts()).toEqual(['b1', 'c1'])
    await done(alice, 'restoreNote', { id })
    await done(alice, 'restoreNote', { id })
    expect(await counts()).toEqual(['b1', 'c1', 'e1'])
    await shared(alice, id, bob, 'EDITOR')
    await done(bob, 'updateNote', { id, tags: ['f'] })
    expect(await counts()).toEqual(['b1', 'c1', 'f1'])
    expect((await bob.ask('{ tags { tag } }')).data.tags).toEqual([])
    await done(alice, 'deleteNote', { id })
    expect(await counts()).toEqual(['b1', 'c1'])
  })
  it('are all listed, whatever character they begin with', async () => {
    newPair()
    const tags = ['!', '$', '~', '\u{10FFFF}', '\u{10FFFF}\u{10FFFF}']
    await written(alice, { tags })
    expect((await alice.ask('{ tags { tag count } }')).data.tags).toEqual(tags.map((tag) => ({ tag, count: 1 })))
  })
})
