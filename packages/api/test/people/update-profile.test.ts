import { beforeAll, describe, expect, it } from 'vitest'
import { act, done, handleOf } from '../support/acts.ts'
import { useWorlds } from '../support/setup.ts'
import type { World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
beforeAll(async () => {
  world = await newWorld()
})

/** The problems that an error lists. */
async function problemsOf(input: object): Promise<unknown> {
  const { errors, data } = await act(world.someone('alice'), 'updateProfile', input)
  expect(data.updateProfile).toBeNull()
  return (errors[0]?.originalError as { extensions?: { arguments?: unknown } } | undefined)?.extensions?.arguments
}

describe('the problems of updateProfile', () => {
  it.each([
    ['nothing', {}, [{ argument: 'input', reason: 'nothing to change' }]],
    ['no name', { name: null }, [{ argument: 'input.name', reason: 'leave it out or give a value' }]],
    [
      'no name beside a renewal',
      { name: null, renewHandle: true },
      [{ argument: 'input.name', reason: 'leave it out or give a value' }],
    ],
    ['an empty name', { name: '' }, [{ argument: 'input.name', reason: expect.any(String) }]],
    ['a long name', { name: 'x'.repeat(101) }, [{ argument: 'input.name', reason: expect.any(String) }]],
    [
      'an empty key',
      { renewHandle: true, idempotencyKey: '' },
      [{ argument: 'input.idempotencyKey', reason: expect.any(String) }],
    ],
    [
      'a bad name and a bad key',
      { name: '', idempotencyKey: '' },
      [
        { argument: 'input.name', reason: expect.any(String) },
        { argument: 'input.idempotencyKey', reason: expect.any(String) },
      ],
    ],
  ])('for %s name each argument', async (_, input, problems) => {
    expect(await problemsOf(input)).toEqual(problems)
  })

  it('for a key that had another body name the key', async () => {
    await done(world.someone('alice'), 'updateProfile', { name: 'One', idempotencyKey: 'again' })
    const problem = { argument: 'input.idempotencyKey', reason: 'it was used with another body' }
    expect(await problemsOf({ name: 'Two', idempotencyKey: 'again' })).toEqual([problem])
  })
})

describe('updateProfile', () => {
  it('accepts a name of 100 characters, and leaves the handle and the address', async () => {
    const carol = world.someone('carol')
    const handle = await handleOf(carol)
    await done(carol, 'updateProfile', { name: 'x'.repeat(100) })
    const { data } = await carol.ask('{ me { name email handle } }')
    expect(data.me).toEqual({ name: 'x'.repeat(100), email: 'carol@example.com', handle })
  })

  it('renews the handle and leaves the name; the old handle is another person’s to have', async () => {
    const dave = world.someone('dave')
    const old = await handleOf(dave)
    await done(dave, 'updateProfile', { name: 'Dave' })
    await done(dave, 'updateProfile', { renewHandle: true })
    const { data } = await dave.ask('{ me { name handle } }')
    expect([data.me.name, data.me.handle === old]).toEqual(['Dave', false])
    expect(await world.table.get({ pk: `HANDLE#${old}`, sk: 'HANDLE' })).toBeUndefined()
  })

  it('is the same call with a renewal that is false and without one', async () => {
    const erin = world.someone('erin')
    await done(erin, 'updateProfile', { name: 'Erin', idempotencyKey: 'k' })
    const again = await done(erin, 'updateProfile', { name: 'Erin', renewHandle: false, idempotencyKey: 'k' })
    expect(again.me.name).toBe('Erin')
  })

  it('counts its changes and the changes of the address', async () => {
    const frank = world.someone('frank')
    const revision = async () => (await world.table.get({ pk: 'USER#frank', sk: 'PROFILE' }))?.revision
    await handleOf(frank)
    expect(await revision()).toBe(1)
    await done(frank, 'updateProfile', { name: 'Frank' })
    expect(await revision()).toBe(2)
    await handleOf(world.someone('frank', { email: 'frank@example.org' }))
    expect(await revision()).toBe(3)
    await handleOf(world.someone('frank', { email: 'frank@example.org' }))
    expect(await revision()).toBe(3)
  })
})
