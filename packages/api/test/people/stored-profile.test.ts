/** When the stored profile is read and written, and what a failure in between does. */
import { beforeAll, describe, expect, it } from 'vitest'
import { callerDataOf } from '../../src/graphql/create-context.ts'
import { act, done, handleOf, idOf } from '../support/acts.ts'
import { createFaults } from '../support/failing-table.ts'
import { useWorlds } from '../support/setup.ts'
import type { World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
beforeAll(async () => {
  world = await newWorld()
})

const me = '{ me { name email } }'

function revisionOf(id: string) {
  return world.table.get({ pk: `USER#${id}`, sk: 'PROFILE' }).then((item) => item?.revision)
}

describe('updateProfile with a key', () => {
  it('changes nothing when it is repeated, and returns what is stored', async () => {
    const ann = world.someone('ann')
    const first = { name: 'Ann', renewHandle: true, idempotencyKey: 'k' }
    const { me: once } = await done(ann, 'updateProfile', first)
    expect((await done(ann, 'updateProfile', first)).me).toEqual(once)
    await done(ann, 'updateProfile', { name: 'Later' })
    expect((await done(ann, 'updateProfile', first)).me).toEqual({ ...once, name: 'Later' })
    expect(await revisionOf('ann')).toBe(3)
  })

  it('is another input with a renewal than without one', async () => {
    const bea = world.someone('bea')
    await done(bea, 'updateProfile', { name: 'Bea', renewHandle: true, idempotencyKey: 'k' })
    const without = await act(bea, 'updateProfile', { name: 'Bea', idempotencyKey: 'k' })
    expect(without.codes).toEqual(['BAD_USER_INPUT'])
  })
})

describe('a profile', () => {
  it('is read anew after a change in the same request', async () => {
    const query = `mutation {
      one: updateProfile(input: { name: "One" }) { me { name } }
      a: createNote(input: { title: "a" }) { note { owner { name } } }
      two: updateProfile(input: { name: "Two" }) { me { name } }
      b: createNote(input: { title: "b" }) { note { owner { name } } }
    }`
    const { data } = await world.someone('cat').ask(query)
    expect([data.a.note.owner.name, data.b.note.owner.name]).toEqual(['One', 'Two'])
  })

  it('that is not stored yet has the name and the address of the caller’s own token, and of no other', async () => {
    const people = callerDataOf(
      { table: world.table, clock: () => 1, random: (bytes) => new Uint8Array(bytes), cursorSecrets: ['a secret'] },
      {
        id: 'new',
        name: 'New',
        email: 'new@example.com',
        clientId: undefined,
        thirdParty: false,
        readsNotes: () => true,
      },
    ).people
    const absent = { handle: undefined, revision: 0 }
    expect(await people.profile({ id: 'new' })).toEqual({ id: 'new', name: 'New', email: 'new@example.com', ...absent })
    expect(await people.profile({ id: 'other' })).toEqual({
      id: 'other',
      name: undefined,
      email: undefined,
      ...absent,
    })
    const before = world.table.used.requests
    expect(await people.findByHandle('not a handle')).toBeUndefined()
    expect(world.table.used.requests).toBe(before)
  })

  it('is UNAVAILABLE when its new address can’t be stored, and keeps the old one', async () => {
    const faults = createFaults()
    const failing = await newWorld(faults.wrap)
    await idOf(failing.someone('dan'))
    faults.arm(1, 'before')
    expect((await failing.someone('dan', { email: 'dan@example.org' }).ask(me)).codes).toEqual(['UNAVAILABLE'])
    faults.disarm()
    expect(await failing.table.get({ pk: 'USER#dan', sk: 'PROFILE' })).toMatchObject({ email: 'dan@example.com' })
  })

  it('is not written while nothing changes', async () => {
    await handleOf(world.someone('eve'))
    await handleOf(world.someone('eve'))
    expect(await revisionOf('eve')).toBe(1)
  })
})
