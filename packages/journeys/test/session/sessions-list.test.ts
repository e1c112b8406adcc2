/** The list of a person's sessions, and their end from another browser, over HTTP. */
import type { Visitor } from '@fieldnotes/local/test/visitor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, sessionOf, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

interface Listed {
  readonly id: string
  readonly current: boolean
  readonly userAgent: string | null
}

async function listIn(browser: Visitor): Promise<readonly Listed[]> {
  const { body } = await ask(browser, world.url, '{ me { sessions { nodes { id current userAgent } } } }')
  return body.data.me.sessions.nodes
}

function revoke(browser: Visitor, id: string) {
  return ask(browser, world.url, `mutation { revokeSession(input: { id: "${id}" }) { revokedSessionId } }`)
}

describe('a person with two browsers', () => {
  it('sees both in each, and which one is the current', async () => {
    const [one, other] = [await world.signedIn('alice'), await world.signedIn('alice')]
    const lists = [await listIn(one), await listIn(other)]
    expect(lists.map((list) => list.length)).toEqual([2, 2])
    const current = lists.map((list) => list.filter((session) => session.current).map(({ id }) => id))
    expect(new Set(current.flat()).size).toBe(2)
    expect(current.map((ids) => ids.length)).toEqual([1, 1])
  })

  it('ends one from the other, which goes on; another person can not', async () => {
    const [one, other] = [await world.signedIn('bob'), await world.signedIn('bob')]
    const [id = ''] = (await listIn(one)).filter(({ current }) => !current).map((session) => session.id)
    const stranger = await revoke(await world.signedIn('carol'), id)
    expect(stranger.body.errors[0].extensions.code).toBe('NOT_FOUND')
    expect((await ask(other, world.url)).status).toBe(200)
    expect((await revoke(one, id)).body.data.revokeSession).toEqual({ revokedSessionId: id })
    expect((await ask(other, world.url)).status).toBe(401)
    expect(await sessionOf(other)).toEqual({ signedIn: false })
    expect((await ask(one, world.url)).status).toBe(200)
    expect(await listIn(one)).toMatchObject([{ current: true }])
  })

  it('ends all of them by a sign-out everywhere', async () => {
    const browsers = [await world.signedIn('carol'), await world.signedIn('carol')]
    const [first] = browsers
    const signOut = 'mutation { signOut(input: { everywhere: true }) { refusedFrom } }'
    const { body } = await ask(first as Visitor, world.url, signOut)
    expect(body.data.signOut.refusedFrom).toEqual(expect.any(String))
    for (const browser of browsers) {
      expect((await ask(browser, world.url)).status).toBe(401)
      expect(await sessionOf(browser)).toEqual({ signedIn: false })
    }
  })
})
