/** A person who signs in for the first time: their profile is created once, whatever runs at the same time. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownRequest, sessionCookie } from './instance.ts'
import { ask, dueIn, itemOf, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

async function personIdOf(cookie: string): Promise<string> {
  return String((await itemOf(world.access, cookie))?.personId)
}

async function profileOf(personId: string) {
  const { items } = await world.notes.query({
    pk: `USER#${personId}`,
    between: [' ', '~'],
    forward: true,
    limit: 10,
  })
  return items
}

describe('the first request of a new person', () => {
  it('creates one profile, of thirty requests over three instances, for any query', async () => {
    const cookie = (await world.signedIn('carol')).cookie(sessionCookie) ?? ''
    const personId = await personIdOf(cookie)
    expect(await profileOf(personId)).toEqual([])
    const instances = await Promise.all([1, 2, 3].map(() => world.newInstance()))
    const calls = Array.from({ length: 30 }, (_, index) => instances[index % 3]?.call(cookie))
    expect(new Set((await Promise.all(calls)).map((call) => call?.status))).toEqual(new Set([200]))
    expect(await profileOf(personId)).toMatchObject([{ id: personId, revision: 1 }])
  })

  it('creates it also where the query does not need it', async () => {
    const browser = await world.signedIn('bob')
    const personId = await personIdOf(browser.cookie(sessionCookie) ?? '')
    expect((await ask(browser, world.url, '{ __typename }')).status).toBe(200)
    expect(await profileOf(personId)).toHaveLength(1)
  })

  it('creates it also after a refresh that came first', async () => {
    const cookie = (await world.signedIn('alice')).cookie(sessionCookie) ?? ''
    const personId = await personIdOf(cookie)
    expect(await profileOf(personId)).toEqual([])
    await dueIn(world.access, cookie, -1)
    expect((await (await world.newInstance()).call(cookie, '{ __typename }')).status).toBe(200)
    expect(await profileOf(personId)).toMatchObject([{ id: personId, name: 'Alice' }])
  })

  it('is the same person as by a bearer token of the user pool', async () => {
    const browser = await world.signedIn('alice')
    const { body } = await ask(browser, world.url, '{ me { id } }')
    const token = await (await fetch(`${world.url}/tokens/cognito/alice`)).text()
    const { headers, ...init } = ownRequest(world.url)
    const sent = { ...headers, authorization: `Bearer ${token}` }
    const direct = await (await fetch(`${world.url}/graphql`, { ...init, headers: sent })).json()
    // Alice of the token command and alice of the sign-in pages are one person.
    expect(direct).toEqual(body)
  })

  it('writes a first note, which the bearer token of the same person reads', async () => {
    const browser = await world.signedIn('alice')
    const create = 'mutation { createNote(input: { title: "By a cookie" }) { note { id } } }'
    const { body } = await ask(browser, world.url, create)
    const token = await (await fetch(`${world.url}/tokens/cognito/alice`)).text()
    const { headers, ...init } = ownRequest(world.url, `{ note(id: "${body.data.createNote.note.id}") { title } }`)
    const sent = { ...headers, authorization: `Bearer ${token}` }
    const direct = await (await fetch(`${world.url}/graphql`, { ...init, headers: sent })).json()
    expect(direct).toEqual({ data: { note: { title: 'By a cookie' } } })
  })
})
