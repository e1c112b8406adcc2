/** Shares that end, and shares that never existed: they give no access. */
import { describe, expect, it } from 'vitest'
import { act, done, idOf, seen, shared, titles, written } from '../support/acts.ts'
import { usePairs } from '../support/setup.ts'
import type { Caller, World } from '../support/world.ts'

const nextPair = usePairs()
let world: World
let count: number
let alice: Caller
let bob: Caller
function newPair() {
  ;({ world, count, alice, bob } = nextPair())
}

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
  it('may begin in the trash: then nothing is known of the note until it is restored', async () => {
    newPair()
    const { id } = await written(alice)
    const query = `query ($since: String) {
        changes(since: $since) { cursor changes { __typename ... on NoteGone { noteId reason } } }
      }`
    const { cursor } = (await bob.ask(query)).data.changes
    await done(alice, 'trashNote', { id })
    await shared(alice, id, bob, 'EDITOR')
    const page = (await bob.ask(query, { since: cursor })).data.changes
    expect(page.changes).toEqual([])
    expect([await seen(bob, id), await titles(bob, 'sharedWithMe')]).toEqual([['NOT_FOUND'], []])
    await done(alice, 'restoreNote', { id })
    const next = (await bob.ask(query, { since: page.cursor })).data.changes
    expect(next.changes).toEqual([{ __typename: 'NoteChanged' }])
    expect(await seen(bob, id)).toMatchObject({ viewerRole: 'EDITOR' })
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
  it('does not come back when the note is changed at the same moment', async () => {
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
