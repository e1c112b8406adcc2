/** Cursors of changes: how long they are valid, and for which callers. */
import { describe, expect, it } from 'vitest'
import { done, written } from '../../support/acts.ts'
import { usePairs } from '../../support/setup.ts'
import type { Caller, Data, World } from '../../support/world.ts'

const nextPair = usePairs()
let world: World
let alice: Caller
let bob: Caller
function newPair() {
  ;({ world, alice, bob } = nextPair())
}

const query = `query ($since: String, $first: Int) {
  changes(since: $since, first: $first) { cursor hasMore resyncRequired changes { __typename } }
}`

async function changes(who: Caller, since?: string, first?: number): Promise<Data> {
  const { data, errors } = await who.ask(query, { since, first })
  if (errors[0]) throw errors[0]
  return data.changes
}

describe('a cursor of changes', () => {
  it('lets who stayed away for 30 days start again, and not who synced since', async () => {
    newPair()
    const day = 24 * 3600 * 1000
    await written(alice)
    const { cursor } = await changes(alice)
    world.clock.now += 29 * day
    const again = await changes(alice, cursor)
    expect(again).toMatchObject({ resyncRequired: false, changes: [] })
    world.clock.now += 2 * day
    expect(await changes(alice, cursor)).toEqual({ changes: [], cursor: null, hasMore: false, resyncRequired: true })
    expect(await changes(alice, again.cursor)).toMatchObject({ resyncRequired: false })
  })

  it('requires a new start after 30 days from a client that never reached the end, in spite of calls', async () => {
    newPair()
    await done(alice, 'createNotes', { notes: Array.from({ length: 5 }, () => ({ title: 'x' })) })
    let { cursor } = await changes(alice, undefined, 1)
    for (let round = 0; round < 2; round += 1) {
      world.clock.now += 14 * 24 * 3600 * 1000
      cursor = (await changes(alice, cursor, 1)).cursor
    }
    world.clock.now += 3 * 24 * 3600 * 1000
    expect(await changes(alice, cursor, 1)).toMatchObject({ resyncRequired: true })
  })

  it.each(['', 'x'])('is refused when it is %j', async (since) => {
    expect((await world.someone('x').ask(query, { since })).codes).toEqual(['BAD_USER_INPUT'])
  })

  it('is refused when it is of another caller, and in another list', async () => {
    newPair()
    await written(alice)
    const { cursor } = await changes(alice)
    expect((await bob.ask(query, { since: cursor })).codes).toEqual(['BAD_USER_INPUT'])
    expect((await alice.ask(`{ notes(after: "${cursor}") { nodes { id } } }`)).codes).toEqual(['BAD_USER_INPUT'])
  })
})

describe('changes', () => {
  it.each([0, -1, 101])('refuse a page of %i', async (first) => {
    expect((await world.someone('x').ask(query, { first })).codes).toEqual(['BAD_USER_INPUT'])
  })
})
