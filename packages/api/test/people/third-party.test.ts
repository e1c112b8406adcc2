/** What a third party's request stores about its person, beside the same request of a client of the product. */
import { beforeAll, describe, expect, it } from 'vitest'
import { globalId } from '../../src/notes/ids.ts'
import { profileKey } from '../../src/store/item-keys.ts'
import { act, handleOf, idOf, shared, written } from '../support/acts.ts'
import { useWorlds } from '../support/setup.ts'
import type { Caller, GraphQLResponse, World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
beforeAll(async () => {
  world = await newWorld()
})

const me = '{ me { id name email handle } }'
const node = 'query ($id: ID!) { node(id: $id) { ... on User { name email handle } } }'
const nodes = 'query ($id: ID!) { nodes(ids: [$id]) { ... on User { handle } } }'
const owner = 'query ($id: ID!) { note(id: $id) { owner { name email handle } } }'
const absent = { name: null, email: null, handle: null }

const claims = { name: 'Mallory', email: 'mallory@example.net' }

const scopes = new Set(['notes:read', 'notes:write', 'notes:share'])

/** The person by an app of another party, whose token has these other claims. */
function byApp(id: string): Caller {
  return world.someone(id, { ...claims, scopes, clientId: 'assistant', thirdParty: true })
}

/** The same claims in a token of a client of the product. */
function byOwnClient(id: string): Caller {
  return world.someone(id, claims)
}

function profileOf(id: string) {
  return world.table.get(profileKey(id))
}

function userId({ principal }: Caller): string {
  return globalId('User', principal.kind === 'anonymous' ? '' : principal.id)
}

/** Each request that stores the profile when a client of the product sends it. */
const requests: readonly (readonly [string, (caller: Caller) => Promise<GraphQLResponse>])[] = [
  ['me', (caller) => caller.ask(me)],
  ['me-by-handle', (caller) => caller.ask('{ me { handle } }')],
  ['me-by-id', (caller) => caller.ask('{ me { id } }')],
  ['node', (caller) => caller.ask(node, { id: userId(caller) })],
  ['nodes', (caller) => caller.ask(nodes, { id: userId(caller) })],
  ['owner-by-handle', async (caller) => caller.ask(owner, { id: (await written(caller)).id })],
  [
    'shareNote',
    async (caller) => {
      const [{ id }, handle] = await Promise.all([written(caller), handleOf(world.someone('friend'))])
      return act(caller, 'shareNote', { id, handle, role: 'VIEWER' })
    },
  ],
]

describe.each(requests)('%s', (what, send) => {
  it('of a third party stores no profile; of an own client it does', async () => {
    const id = `new-by-${what}`
    expect((await send(byApp(id))).codes).toEqual([])
    expect(await profileOf(id)).toBeUndefined()
    expect((await send(world.someone(id))).codes).toEqual([])
    expect(await profileOf(id)).toMatchObject({ name: id, email: `${id}@example.com` })
  })
  it('of a third party leaves the stored profile as it is; of an own client it stores the new address', async () => {
    const id = `stored-by-${what}`
    await world.someone(id).ask(me)
    const before = await profileOf(id)
    expect((await send(byApp(id))).codes).toEqual([])
    expect(await profileOf(id)).toEqual(before)
    await byOwnClient(id).ask(me)
    expect(await profileOf(id)).toMatchObject({ name: id, email: claims.email, handle: before?.handle })
  })
})

describe('the answer to a third party', () => {
  it('has what is stored, whatever its token says', async () => {
    const { data } = await world.someone('met').ask(me)
    expect((await byApp('met').ask(me)).data).toEqual(data)
    const { id, ...stored } = data.me
    expect((await byApp('met').ask(node, { id })).data.node).toEqual(stored)
  })
  it('has the id alone of a person without a profile', async () => {
    const caller = byApp('unmet')
    expect((await caller.ask(me)).data.me).toEqual({ id: await idOf(caller), ...absent })
    const { id } = await written(caller)
    expect((await caller.ask(owner, { id })).data.note.owner).toEqual(absent)
  })
  it('is of a share, whose owner has no name until they use a client of the product', async () => {
    const friend = world.someone('friend')
    const { id } = await written(byApp('sharer'))
    await shared(byApp('sharer'), id, friend)
    const nameOf = async () => (await friend.ask('query ($id: ID!) { note(id: $id) { owner { name } } }', { id })).data
    expect(await nameOf()).toEqual({ note: { owner: { name: null } } })
    await world.someone('sharer').ask(me)
    expect(await nameOf()).toEqual({ note: { owner: { name: 'sharer' } } })
  })
})
