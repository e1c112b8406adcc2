/** The database fails at each call of every mutation and every query, before and after the call takes effect. */
import { beforeAll, describe, expect, it } from 'vitest'
import { createSchema } from '../../src/graphql/schema.ts'
import { act, done, handleOf, idOf, type Mutation, shared, written } from '../support/acts.ts'
import { createFaults } from '../support/failing-table.ts'
import { useWorlds } from '../support/setup.ts'
import { downstreamMutations, signInMutations } from '../support/sign-in-mutations.ts'
import type { Caller, Data, World } from '../support/world.ts'

const newWorld = useWorlds()
const faults = createFaults()
let world: World
let alice: Caller
let bob: Caller
beforeAll(async () => {
  world = await newWorld(faults.wrap)
})

let count = 0
async function prepare(): Promise<string> {
  count += 1
  faults.disarm()
  alice = world.someone(`alice${count}`)
  bob = world.someone(`bob${count}`)
  const { id } = await written(alice, { title: 'old', tags: ['a'] })
  await written(alice, { title: 'another', tags: ['a', 'b'] })
  await shared(alice, id, bob, 'EDITOR')
  return id
}

async function trashed(id: string) {
  await done(alice, 'trashNote', { id })
  return { id }
}

const mutations: readonly [Mutation, () => Caller, (id: string) => object | Promise<object>][] = [
  ['createNote', () => alice, () => ({ title: 'new' })],
  ['createNote', () => alice, () => ({ title: 'new', tags: ['a', 'c'] })],
  ['createNotes', () => alice, () => ({ notes: [{ title: 'n1', tags: ['a'] }, { title: 'n2' }] })],
  ['updateNote', () => alice, (id) => ({ id, title: 'changed' })],
  ['updateNote', () => alice, (id) => ({ id, tags: ['b'], version: 2 })],
  ['updateNote', () => bob, (id) => ({ id, title: 'changed' })],
  ['trashNote', () => alice, (id) => ({ id })],
  ['restoreNote', () => alice, trashed],
  ['deleteNote', () => alice, (id) => ({ id })],
  ['updateNote', () => alice, async (id) => ({ ...(await trashed(id)), title: 'changed' })],
  ['unshareNote', () => alice, async (id) => ({ ...(await trashed(id)), personId: await idOf(bob) })],
  ['deleteNote', () => alice, trashed],
  [
    'shareNote',
    () => alice,
    async (id) => ({ id, handle: await handleOf(world.someone(`carol${count}`)), role: 'VIEWER' }),
  ],
  ['unshareNote', () => alice, async (id) => ({ id, personId: await idOf(bob) })],
  ['leaveNote', () => bob, (id) => ({ id })],
  ['updateProfile', () => alice, () => ({ name: 'Alice' })],
  ['updateProfile', () => alice, () => ({ name: 'Alice', renewHandle: true })],
]

describe('the mutations that fail here', () => {
  it('are all of the schema that write a note or a profile', () => {
    const fields = createSchema().schema.getMutationType()?.getFields() ?? {}
    const found = [...mutations.map(([mutation]) => mutation), ...signInMutations, ...downstreamMutations]
    expect(new Set(found)).toEqual(new Set(Object.keys(fields)))
  })
})

/** Everything that both people see, without values that differ between worlds. */
async function visible(): Promise<Data> {
  const page = '{ nodes { title tags version trashedAt viewerRole } }'
  const query = `{
    me { name }
    tags { tag count }
    notes(first: 100) ${page}
    trash: notes(filter: { trashed: true }) ${page}
    sharedWithMe ${page}
    changes(first: 100) { changes { __typename } }
  }`
  const { data } = await alice.ask(query)
  const plain = JSON.stringify([data, (await bob.ask(query)).data]).replace(/20\d\d-[^"]*/g, 'some time')
  return JSON.parse(plain.replaceAll(/(alice|bob)\d+/g, '$1'))
}

/** The number of calls and the result when nothing fails. */
async function rehearse(mutation: Mutation, who: () => Caller, body: (id: string) => object | Promise<object>) {
  const input = { ...(await body(await prepare())), idempotencyKey: 'key' }
  faults.disarm()
  await done(who(), mutation, input)
  const calls = faults.calls()
  return { calls, outcome: await visible() }
}

describe.each(mutations)('%s (%#)', (mutation, who, body) => {
  it('fails closed at every call, and called again with its key happens exactly once', async () => {
    const { calls, outcome } = await rehearse(mutation, who, body)
    expect(calls).toBeGreaterThan(0)
    for (const when of ['before', 'after'] as const) {
      for (let at = 0; at < calls; at += 1) {
        const input = { ...(await body(await prepare())), idempotencyKey: 'key' }
        const untouched = await visible()
        faults.arm(at, when)
        const { codes, data } = await act(who(), mutation, input)
        faults.disarm()
        expect(new Set(codes), `call ${at}, ${when}`).toEqual(new Set(['UNAVAILABLE']))
        // All or nothing: no write takes effect in part, and success is returned only for an effect.
        const possible = data[mutation] === null ? [untouched, outcome] : [outcome]
        expect(possible).toContainEqual(await visible())
        const again = await done(who(), mutation, input)
        expect(await done(who(), mutation, input)).toEqual(again)
        expect(await visible(), `call ${at}, ${when}, then again`).toEqual(outcome)
      }
    }
  })
})

const queries = [
  '{ me { name } }',
  'query ($id: ID!) { note(id: $id) { title owner { name } } }',
  'query ($id: ID!) { nodes(ids: [$id]) { id } }',
  '{ notes { nodes { title owner { name } } } }',
  '{ sharedWithMe { nodes { title owner { name } } } }',
  '{ tags { tag } }',
  '{ changes { changes { __typename } } }',
]

describe('an outage', () => {
  it.each(queries)('while reading is UNAVAILABLE, never a refusal and never an empty answer: %s', async (query) => {
    const id = await prepare()
    await bob.ask(query, { id })
    faults.disarm()
    const whole = await bob.ask(query, { id })
    expect(whole.codes).toEqual([])
    const calls = faults.calls()
    expect(calls).toBeGreaterThan(0)
    for (let at = 0; at < calls; at += 1) {
      faults.arm(at, 'before')
      const { codes } = await bob.ask(query, { id })
      expect(new Set(codes)).toEqual(new Set(['UNAVAILABLE']))
    }
    faults.disarm()
    expect((await bob.ask(query, { id })).data).toEqual(whole.data)
  })
})
