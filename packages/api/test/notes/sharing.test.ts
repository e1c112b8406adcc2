import { describe, expect, it } from 'vitest'
import { act, done, handleOf, idOf, seen, shared, titles, written } from '../support/acts.ts'
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
  it('returns the name of the owner to a sharee, even before the first request of the owner', async () => {
    newPair()
    const { id } = await written(alice)
    await shared(alice, id, bob)
    const { data } = await bob.ask('query ($id: ID!) { note(id: $id) { owner { name } } }', { id })
    expect(data.note.owner.name).toBe(`alice${count}`)
  })
  it('keeps the instant of a share whose role changes, and lists the oldest share first', async () => {
    newPair()
    const { id } = await written(alice)
    const people = [world.someone(`zoe${count}`), world.someone(`amy${count}`), bob]
    for (const person of people) await shared(alice, id, person)
    const before = (await shared(alice, id, bob)).shares
    expect(before.map(({ person }: { person: { id: string } }) => person.id)).toEqual(
      await Promise.all(people.map(idOf)),
    )
    const instants = before.map(({ sharedAt }: { sharedAt: string }) => sharedAt)
    expect([...instants].sort()).toEqual(instants)
    for (const person of people) await shared(alice, id, person, 'EDITOR')
    const after = (await shared(alice, id, bob, 'EDITOR')).shares
    expect(after).toEqual(before.map((share: object) => ({ ...share, role: 'EDITOR' })))
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
