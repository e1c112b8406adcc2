/**
 * The response to a write is lost, and the SDK repeats the write: it takes effect once, even without an idempotency
 * key.
 */

import { LostAnswer } from '@fieldnotes/table/failures'
import type { Table } from '@fieldnotes/table/table'
import { type Engine, startEngine } from '@fieldnotes/table/test/engine'
import { type LossyLine, openLossyLine } from '@fieldnotes/table/test/lossy'
import { bePatient } from '@fieldnotes/table/test/patience'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appErrorOf } from '../../src/errors/map-error.ts'
import { done, idOf, type Mutation, seen, shared, written } from '../support/acts.ts'
import { type Caller, createWorld, type World } from '../support/world.ts'

bePatient()
let engine: Engine
let line: LossyLine
let world: World
beforeAll(async () => {
  engine = await startEngine()
  line = await openLossyLine(await engine.newTable())
  world = createWorld(line.config)
})
afterAll(async () => {
  await line.close()
  await engine.stop()
})

const mutations: readonly [Mutation, (id: string, bob: Caller) => object | Promise<object>, number | undefined][] = [
  ['updateNote', (id) => ({ id, title: 'changed' }), 4],
  ['updateNote', (id) => ({ id, title: 'changed', version: 3 }), 4],
  ['updateNote', (id) => ({ id, tags: ['changed'], version: 3 }), 4],
  ['trashNote', (id) => ({ id, version: 3 }), 4],
  ['unshareNote', async (id, bob) => ({ id, personId: await idOf(bob), version: 3 }), 4],
  ['deleteNote', (id) => ({ id, version: 3 }), undefined],
]

describe('a write whose answer got lost', () => {
  it.each(mutations)('happens once: %s (%#)', async (mutation, body, version) => {
    const [alice, bob] = [world.someone('alice'), world.someone('bob')]
    const { id } = await written(alice, { tags: ['a'] })
    await shared(alice, id, bob, 'VIEWER')
    await shared(alice, id, bob, 'EDITOR')
    const input = await body(id, bob)
    const before = line.lost()
    line.loseNext()
    await done(alice, mutation, input)
    expect(line.lost()).toBe(before + 1)
    const note = await seen(alice, id)
    expect(version === undefined ? note : note.version).toEqual(version ?? ['NOT_FOUND'])
  })

  it.each(mutations)(
    'happens once with a key, and the call can be repeated: %s (%#)',
    async (mutation, body, version) => {
      const [alice, bob] = [world.someone('alice'), world.someone('bob')]
      const { id } = await written(alice, { tags: ['a'] })
      await shared(alice, id, bob, 'VIEWER')
      await shared(alice, id, bob, 'EDITOR')
      const input = { ...(await body(id, bob)), idempotencyKey: id }
      line.loseNext()
      const first = await done(alice, mutation, input)
      expect(await done(alice, mutation, input)).toEqual(first)
      const note = await seen(alice, id)
      expect(version === undefined ? note : note.version).toEqual(version ?? ['NOT_FOUND'])
    },
  )

  it.each([
    ['createNote', { title: 'one' }],
    ['createNotes', { notes: [{ title: 'one' }, { title: 'two' }] }],
    ['updateProfile', { name: 'Named', renewHandle: true }],
  ] as const)('happens once with a key, and the call can be repeated: %s', async (mutation, rest) => {
    const dora = world.someone(`dora ${mutation}`)
    const input = { ...rest, idempotencyKey: 'key' }
    await idOf(dora)
    line.loseNext()
    const first = await done(dora, mutation, input)
    expect(await done(dora, mutation, input)).toEqual(first)
    const { data } = await dora.ask('{ notes { nodes { title } } }')
    expect(data.notes.nodes).toHaveLength({ createNote: 1, createNotes: 2, updateProfile: 0 }[mutation])
  })

  it('happens once when it is the only one of an unshared note', async () => {
    const carol = world.someone('carol')
    line.loseNext()
    const { id } = await written(carol, { title: 'one' })
    expect((await carol.ask('{ notes { nodes { id } } }')).data.notes.nodes).toEqual([{ id }])
    for (const [index, input] of [{ title: 'two' }, { title: 'three', version: 2 }].entries()) {
      line.loseNext()
      const { note } = await done(carol, 'updateNote', { id, ...input })
      expect(note).toMatchObject({ title: input.title, version: index + 2 })
    }
    expect(await seen(carol, id)).toMatchObject({ title: 'three', version: 3 })
  })
})

describe('the profile of a person whose writes all get no answer', () => {
  const lossy = (table: Table): Table => {
    const lose = () => Promise.reject(new LostAnswer('of a profile'))
    return { ...table, write: lose, transact: lose }
  }

  it.each([
    ['a query that creates it', '{ me { handle } }', undefined],
    ['a query that stores a new address', '{ me { handle } }', 'old@example.com'],
    ['a mutation that creates it first', 'mutation { updateProfile(input: { name: "N" }) { me { id } } }', undefined],
  ])('is an outage like any other: %s', async (name, query, email) => {
    if (email) await idOf(world.someone(name, { email }))
    const { errors } = await createWorld(line.config, lossy).someone(name).ask(query)
    const error = appErrorOf(errors[0])
    expect(error).toMatchObject({ message: 'Not available right now. Try again.', remedy: { kind: 'RETRY' } })
  })
})

describe.each([200, 408])('a write that a proxy answers by %i without a body', (status) => {
  it.each<[Mutation, (id: string) => object]>([
    ['updateNote', (id) => ({ id, title: 'mine' })],
    ['updateNote', (id) => ({ id, title: 'mine', version: 1 })],
    ['trashNote', (id) => ({ id, version: 1 })],
  ])('happens once: %s (%#)', async (mutation, body) => {
    const erin = world.someone('erin')
    const { id } = await written(erin)
    line.loseNext(status)
    await done(erin, mutation, body(id))
    expect(await seen(erin, id)).toMatchObject({ version: 2 })
  })

  it('happens once: createNote', async () => {
    const frank = world.someone(`frank ${status}`)
    line.loseNext(status)
    const { id } = await written(frank)
    expect((await frank.ask('{ notes { nodes { id } } }')).data.notes.nodes).toEqual([{ id }])
  })
})
