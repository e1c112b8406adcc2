import { beforeAll, describe, expect, it } from 'vitest'
import { done, shared, written } from '../support/acts.ts'
import { useWorlds } from '../support/setup.ts'
import type { World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
beforeAll(async () => {
  world = await newWorld()
})

describe('fields of a note', () => {
  const ask = (who: ReturnType<World['someone']>, id: string) =>
    who.ask(
      `query ($id: ID!) {
        note(id: $id) {
          title lastEditedWith sizeBytes shares { role } owner { name email handle }
          viewerCan { update trash restore delete share leave }
        }
      }`,
      { id },
    )
  it('that need an extra scope or group are null without it, and take nothing along', async () => {
    const alice = world.someone('alice')
    const { id } = await written(alice)
    const { data, codes, errors } = await ask(alice, id)
    expect(data.note).toMatchObject({ title: 'A note', lastEditedWith: null, sizeBytes: null, shares: [] })
    expect(codes).toEqual(['FORBIDDEN', 'FORBIDDEN'])
    expect(errors.map(({ path }) => path?.at(-1))).toEqual(['lastEditedWith', 'sizeBytes'])
  })
  it('that need an extra scope or group are answered with it', async () => {
    const scopes = new Set(['notes:read', 'notes:write', 'notes:audit'])
    const alice = world.someone('alice', { scopes, groups: new Set(['cognito:staff']) })
    const { id } = await written(alice)
    const { data, codes } = await ask(alice, id)
    expect(codes).toEqual([])
    expect(data.note).toMatchObject({ lastEditedWith: 'app', owner: { name: 'alice' } })
    expect(data.note.sizeBytes).toBeGreaterThan(100)
  })
  it('name the client of the last change, whichever way it was written', async () => {
    const scopes = new Set(['notes:read', 'notes:write', 'notes:audit'])
    const as = (clientId: string | undefined) => world.someone('carol', { scopes, clientId })
    const editedWith = async (id: string) =>
      (await as('any').ask('query ($id: ID!) { note(id: $id) { lastEditedWith } }', { id })).data.note.lastEditedWith
    const { id } = await written(as('first'))
    expect(await editedWith(id)).toBe('first')
    await done(as('second'), 'updateNote', { id, title: 'directly' })
    expect(await editedWith(id)).toBe('second')
    await done(as('third'), 'updateNote', { id, title: 'with a key', idempotencyKey: 'key' })
    expect(await editedWith(id)).toBe('third')
    await done(as('third'), 'trashNote', { id })
    await done(as('fourth'), 'trashNote', { id })
    expect(await editedWith(id)).toBe('third')
    await done(as(undefined), 'restoreNote', { id })
    expect(await editedWith(id)).toBeNull()
  })
  it('count the bytes of the stored item, each attribute once', async () => {
    const staff = world.someone('dora', { groups: new Set(['cognito:staff']) })
    const bytesOf = async (input: object) =>
      (await staff.ask('query ($id: ID!) { note(id: $id) { sizeBytes } }', { id: (await written(staff, input)).id }))
        .data.note.sizeBytes
    const bare = await bytesOf({})
    // Two bytes of each character, and two more digits of `contentBytes`.
    expect(await bytesOf({ content: 'é'.repeat(100) })).toBe(bare + 202)
    expect(await bytesOf({ tags: ['ab'] })).toBe(bare + 4)
  })
  it("that are the owner's alone are null for a viewer, who may do nothing but leave", async () => {
    const [alice, bob] = [world.someone('alice'), world.someone('bob')]
    const { id } = await written(alice)
    await shared(alice, id, bob)
    const { data, errors } = await ask(bob, id)
    expect(data.note).toMatchObject({
      title: 'A note',
      shares: null,
      owner: { name: 'alice', email: null, handle: null },
    })
    expect(data.note.viewerCan).toEqual({
      update: false,
      trash: false,
      restore: false,
      delete: false,
      share: false,
      leave: true,
    })
    expect(errors.map(({ path }) => path?.at(-1)).sort()).toEqual([
      'email',
      'handle',
      'lastEditedWith',
      'shares',
      'sizeBytes',
    ])
  })
  it("viewerCan follows the token's scopes", async () => {
    const { id } = await written(world.someone('alice'))
    const reader = world.someone('alice', { scopes: new Set(['notes:read', 'notes:trash']) })
    const { data } = await ask(reader, id)
    expect(data.note.viewerCan).toEqual({
      update: false,
      trash: true,
      restore: true,
      delete: false,
      share: false,
      leave: false,
    })
  })
})
