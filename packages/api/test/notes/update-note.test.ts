import { beforeAll, describe, expect, it } from 'vitest'
import { act, done, seen, titles, written } from '../support/acts.ts'
import { useWorlds } from '../support/setup.ts'
import type { World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
beforeAll(async () => {
  world = await newWorld()
})

describe('updateNote', () => {
  it('changes what is given and leaves the rest', async () => {
    const alice = world.someone('alice')
    const note = await written(alice, { content: 'c', tags: ['t'], color: 'RED', pinned: true })
    const changes = [
      { title: 'new' },
      { content: 'new' },
      { tags: ['u'] },
      { pinned: false },
      { color: null },
      { color: 'BLUE' },
    ]
    let expected = note
    for (const [index, change] of changes.entries()) {
      const { updatedAt, ...after } = (await done(alice, 'updateNote', { id: note.id, ...change })).note
      expect(updatedAt > expected.updatedAt).toBe(true)
      expected = { ...expected, ...change, version: index + 2, updatedAt }
      expect(after).toEqual({ ...expected, updatedAt: undefined })
    }
    expect(await seen(alice, note.id)).toEqual(expected)
  })
  it.each(['title', 'content', 'tags', 'pinned'])('refuses null for %s', async (member) => {
    const { id } = await written(world.someone('alice'))
    expect((await act(world.someone('alice'), 'updateNote', { id, [member]: null })).codes).toEqual(['BAD_USER_INPUT'])
  })
  it('refuses to change nothing', async () => {
    const { id } = await written(world.someone('alice'))
    expect((await act(world.someone('alice'), 'updateNote', { id, version: 1 })).codes).toEqual(['BAD_USER_INPUT'])
  })
  it('leaves a note in the trash where it is', async () => {
    const alice = world.someone('trasher')
    const { id } = await written(alice)
    const { note } = await done(alice, 'trashNote', { id })
    await done(alice, 'updateNote', { id, title: 'changed' })
    expect(await seen(alice, id)).toMatchObject({ title: 'changed', trashedAt: note.trashedAt })
    expect([await titles(alice, 'notes'), await titles(alice, 'notes(filter: { trashed: true })')]).toEqual([
      [],
      ['changed'],
    ])
  })
  it('loses none of 20 changes at once', async () => {
    const alice = world.someone('alice')
    const { id } = await written(alice)
    await Promise.all(Array.from({ length: 20 }, (_, index) => done(alice, 'updateNote', { id, title: `t${index}` })))
    expect(await seen(alice, id)).toMatchObject({ version: 21 })
  })
  it('lets one of 10 changes of one version through', async () => {
    const alice = world.someone('alice')
    const { id } = await written(alice)
    const tries = Array.from({ length: 10 }, (_, index) =>
      act(alice, 'updateNote', { id, version: 1, title: `t${index}` }),
    )
    const codes = (await Promise.all(tries)).map((answer) => answer.codes)
    expect(codes.filter(({ length }) => length === 0)).toHaveLength(1)
    expect(codes.flat()).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'))
  })
})
