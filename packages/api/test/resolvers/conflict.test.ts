import { beforeAll, describe, expect, it } from 'vitest'
import { globalId } from '../../src/notes/ids.ts'
import { act, done, seen, shared, written } from '../support/acts.ts'
import { useWorlds } from '../support/setup.ts'
import type { World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
beforeAll(async () => {
  world = await newWorld()
})

describe('CONFLICT', () => {
  const current = async (who: ReturnType<World['someone']>, id: string) => {
    const { codes, errors, data } = await act(who, 'updateNote', { id, title: 'late', version: 1 })
    expect([codes, data]).toEqual([['CONFLICT'], { updateNote: null }])
    return (errors[0]?.originalError as unknown as { extensions?: { current: object } } | undefined)?.extensions
      ?.current
  }
  it.each(['updateNote', 'trashNote', 'restoreNote', 'deleteNote', 'shareNote', 'unshareNote'] as const)(
    'is what %s answers to a version that has moved on, and nothing is written',
    async (mutation) => {
      const alice = world.someone('alice')
      const { id } = await written(alice)
      const { note } = await done(alice, 'updateNote', { id, title: 'second' })
      const members = {
        updateNote: { title: 'x' },
        shareNote: { handle: 'ABCDEFGHJKMNPQRSTVWX', role: 'VIEWER' },
        unshareNote: { personId: globalId('User', 'bob') },
      }
      const extra = mutation in members ? members[mutation as keyof typeof members] : {}
      const { codes } = await act(alice, mutation, { id, version: 1, ...extra })
      expect(codes).toEqual(['CONFLICT'])
      expect(await seen(alice, id)).toEqual(note)
    },
  )
  it('has the note as it is stored', async () => {
    const alice = world.someone('alice')
    const { id } = await written(alice, { content: 'secret' })
    await done(alice, 'updateNote', { id, title: 'second' })
    expect(await current(alice, id)).toMatchObject({
      __typename: 'Note',
      id,
      title: 'second',
      content: 'secret',
      version: 2,
    })
  })
  it('has every field as the owner reads it, also the instant of the trash', async () => {
    const alice = world.someone('alice')
    const { id } = await written(alice, { content: 'secret', tags: ['a'], pinned: true, color: 'RED' })
    await done(alice, 'trashNote', { id })
    const { viewerRole, owner, ...fields } = await seen(alice, id)
    expect(fields.trashedAt).toMatch(/^2026-/)
    expect(await current(alice, id)).toEqual({ __typename: 'Note', ...fields })
  })
  it('carries nothing that the token may not read', async () => {
    const alice = world.someone('alice')
    const { id } = await written(alice, { content: 'secret' })
    await done(alice, 'updateNote', { id, title: 'second' })
    const shown = await current(world.someone('alice', { scopes: new Set(['notes:write']) }), id)
    expect(JSON.stringify(shown)).not.toMatch(/secret|second/)
    expect(shown).toMatchObject({ __typename: 'Note', id, title: null, version: null })
  })
  it('is for people who may see the note: a stranger with any version gets NOT_FOUND, a viewer FORBIDDEN', async () => {
    const [alice, bob] = [world.someone('alice'), world.someone('bob')]
    const { id } = await written(alice)
    for (const version of [0, 1, 2, -1]) {
      expect((await act(bob, 'updateNote', { id, title: 'x', version })).codes).toEqual(['NOT_FOUND'])
    }
    await shared(alice, id, bob)
    expect((await act(bob, 'updateNote', { id, title: 'x', version: 0 })).codes).toEqual(['FORBIDDEN'])
  })
})
