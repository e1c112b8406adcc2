import { beforeAll, describe, expect, it } from 'vitest'
import { callerDataOf } from '../../src/graphql/create-context.ts'
import { act, done, handleOf, idOf, shared, written } from '../support/acts.ts'
import { useWorlds } from '../support/setup.ts'
import type { World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
beforeAll(async () => {
  world = await newWorld()
})

const me = '{ me { id name email handle } }'

describe('me', () => {
  it('is made once, however many first calls come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => world.someone('new').ask(me)))
    expect(new Set(answers.map(({ data }) => JSON.stringify(data)))).toHaveProperty('size', 1)
    expect(answers[0]?.data.me).toMatchObject({ name: 'new', email: 'new@example.com' })
    expect(answers[0]?.data.me.handle).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/)
  })
  it('keeps to the address that the issuer vouches for now', async () => {
    await world.someone('mover').ask(me)
    const moved = world.someone('mover', { email: 'new@example.org' })
    expect((await moved.ask(me)).data.me.email).toBe('new@example.org')
    const silent = world.someone('mover', { email: undefined })
    expect((await silent.ask(me)).data.me.email).toBe('new@example.org')
  })
  it('keeps the name that was there first: what an issuer says later changes nothing', async () => {
    await world.someone('unnamed', { name: '3d5f6c1e-uuid' }).ask(me)
    expect((await world.someone('unnamed', { name: 'Later' }).ask(me)).data.me.name).toBe('3d5f6c1e-uuid')
  })

  it('takes the first name that an issuer says, though the first client’s token had none', async () => {
    const silent = { name: undefined, email: undefined }
    expect((await world.someone('cli', silent).ask(me)).data.me).toMatchObject({ name: null, email: null })
    expect((await world.someone('cli', { name: 'Cleo' }).ask(me)).data.me.name).toBe('Cleo')
    expect((await world.someone('cli', silent).ask(me)).data.me.name).toBe('Cleo')
    expect((await world.someone('cli', { name: 'Other' }).ask(me)).data.me.name).toBe('Cleo')
  })

  it('keeps the name that the person chose', async () => {
    await done(world.someone('named'), 'updateProfile', { name: 'Chosen' })
    expect((await world.someone('named', { name: 'Token' }).ask(me)).data.me.name).toBe('Chosen')
  })
  it('is refused to machines and to anonymous callers', async () => {
    expect((await world.service('robot').ask(me)).codes).toEqual(['FORBIDDEN'])
    expect((await world.anonymous.ask(me)).codes).toEqual(['UNAUTHENTICATED'])
  })
})

describe('a new handle that another person has', () => {
  it('is not assigned again', async () => {
    const random = (bytes: number) => new Uint8Array(bytes)
    const deps = { table: world.table, clock: () => 1, random, cursorSecrets: ['a secret'] }
    const unlucky = (id: string) =>
      callerDataOf(deps, {
        id,
        name: id,
        email: undefined,
        clientId: undefined,
        thirdParty: false,
        readsNotes: () => true,
      }).people
    const handle = (await unlucky('first').me()).profile?.handle ?? ''
    await expect(unlucky('second').me()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await handleOf(world.someone('third'))
    await expect(unlucky('third').update({ renewHandle: true })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(await unlucky('first').findByHandle(handle)).toBe('first')
  })
})

describe('updateProfile', () => {
  it('renews the handle: the old one stops working at once', async () => {
    const [alice, bob] = [world.someone('alice'), world.someone('bob')]
    const old = await handleOf(bob)
    const { me: after } = await done(bob, 'updateProfile', { renewHandle: true })
    expect(after.handle).not.toBe(old)
    const { id } = await written(alice)
    expect((await act(alice, 'shareNote', { id, handle: old, role: 'VIEWER' })).codes).toEqual(['BAD_USER_INPUT'])
    await done(alice, 'shareNote', { id, handle: after.handle, role: 'VIEWER' })
  })
  it('ends with one handle that works after ten renewals at once', async () => {
    const [alice, zoe] = [world.someone('alice'), world.someone('zoe')]
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => done(zoe, 'updateProfile', { renewHandle: true })),
    )
    const stored = await handleOf(zoe)
    const { id } = await written(alice)
    for (const { me: answer } of answers) {
      const { codes } = await act(alice, 'shareNote', { id, handle: answer.handle, role: 'VIEWER' })
      expect(codes).toEqual(answer.handle === stored ? [] : ['BAD_USER_INPUT'])
    }
  })
  it.each([
    ['nothing', {}],
    ['no renewal', { renewHandle: false }],
    ['null', { name: null }],
    ['an empty name', { name: '' }],
    ['a name of 101 characters', { name: 'x'.repeat(101) }],
    ['a name of two lines', { name: 'a\nb' }],
  ])('refuses %s', async (_, input) => {
    expect((await act(world.someone('alice'), 'updateProfile', input)).codes).toEqual(['BAD_USER_INPUT'])
  })
  it('is for people who may write', async () => {
    expect((await act(world.service('robot'), 'updateProfile', { name: 'x' })).codes).toEqual(['FORBIDDEN'])
    const reader = world.someone('alice', { scopes: new Set(['notes:read']) })
    expect((await act(reader, 'updateProfile', { name: 'x' })).codes).toEqual(['FORBIDDEN'])
  })
})

describe('another person', () => {
  it('is not found by id', async () => {
    const id = await idOf(world.someone('bob'))
    const { codes, data } = await world.someone('alice').ask('query ($id: ID!) { node(id: $id) { id } }', { id })
    expect([codes, data]).toEqual([['NOT_FOUND'], { node: null }])
    expect((await world.someone('bob').ask('query ($id: ID!) { node(id: $id) { id } }', { id })).data.node).toEqual({
      id,
    })
  })
  it('who shares a note shows the name alone; staff see the address too', async () => {
    const [alice, bob] = [world.someone('alice'), world.someone('bob')]
    const { id } = await written(alice)
    await shared(alice, id, bob)
    const query = 'query ($id: ID!) { note(id: $id) { owner { name email handle } } }'
    const { data, codes } = await bob.ask(query, { id })
    expect([data.note.owner, codes]).toEqual([{ name: 'alice', email: null, handle: null }, ['FORBIDDEN', 'FORBIDDEN']])
    const staff = await world.someone('bob', { groups: new Set(['cognito:staff']) }).ask(query, { id })
    expect(staff.data.note.owner).toEqual({ name: 'alice', email: 'alice@example.com', handle: null })
    const otherStaff = await world.someone('bob', { groups: new Set(['firebase:staff', 'staff']) }).ask(query, { id })
    expect(otherStaff.data.note.owner.email).toBeNull()
  })
})

describe('a machine client', () => {
  it('has notes of its own and nothing of a person', async () => {
    const robot = world.service('robot')
    const { id } = await written(robot)
    const { data, codes } = await robot.ask(
      'query ($id: ID!) { note(id: $id) { title owner { name email handle } } }',
      { id },
    )
    expect([data.note, codes]).toEqual([
      { title: 'A note', owner: { name: null, email: null, handle: null } },
      ['FORBIDDEN', 'FORBIDDEN'],
    ])
  })
})
