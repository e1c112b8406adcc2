/**
 * A person lists their browser sessions and ends one. The sessions are stored as the sign-in of a browser stores them.
 */
import { digestOf } from '@fieldnotes/table/digest'
import type { ListedSession } from '@fieldnotes/table/session-entries'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seconds } from '../support/next-second.ts'
import { personIdOf, storeSession } from '../support/stored-session.ts'
import { type Answer, codeOf, type Instance, startWorld, type World } from './instances.ts'

let world: World
let instance: Instance
beforeAll(async () => {
  world = await startWorld()
  instance = await world.newInstance()
})
afterAll(() => world.stop())

const now = seconds()

/** Stores a session of the person of a token. */
function newSession(token: string, changes: Partial<ListedSession> = {}): Promise<string> {
  return storeSession(world.access, token, { firstSeen: now - 60, lastSeen: now - 30, ...changes })
}

const list = '{ me { sessions { nodes { id userAgent firstSeen lastSeen current } } } }'
const revoke = 'mutation ($id: ID!) { revokeSession(input: { id: $id }) { revokedSessionId refusedFrom } }'
const node = 'query ($id: ID!) { node(id: $id) { __typename id ... on Session { userAgent current } } }'

async function listed(token: string): Promise<readonly string[]> {
  const { body } = await instance.ask(token, list)
  return body.data.me.sessions.nodes.map(({ id }: { id: string }) => id)
}

describe('me.sessions', () => {
  it('has the live sessions of the caller alone, the last seen first, and says which is current', async () => {
    const token = await world.tokenOf('ann', { claims: { origin_jti: 'own' } })
    const older = await newSession(token, { loginId: 'own', lastSeen: now - 50, userAgent: '' })
    const newer = await newSession(token, { loginId: 'another' })
    await newSession(token, { idleEnd: now - 1 })
    await newSession(await world.tokenOf('someone else'))
    const { body } = await instance.ask(token, list)
    const at = (seconds: number) => new Date(seconds * 1000).toISOString()
    expect(body.data.me.sessions.nodes).toEqual([
      { id: newer, userAgent: 'Firefox', firstSeen: at(now - 60), lastSeen: at(now - 30), current: false },
      { id: older, userAgent: null, firstSeen: at(now - 60), lastSeen: at(now - 50), current: true },
    ])
    expect((await instance.ask(token, node, { id: older })).body.data.node).toEqual({
      __typename: 'Session',
      id: older,
      userAgent: null,
      current: true,
    })
  })

  it('is paged in both directions, each session once, by cursors of this caller and list', async () => {
    const token = await world.tokenOf('pat')
    const ids: string[] = []
    for (let count = 0; count < 5; count += 1) ids.unshift(await newSession(token, { lastSeen: now - 100 + count }))
    const page = async (args: string) => {
      const query = `{ me { sessions(${args}) { nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`
      const { body } = await instance.ask(token, query)
      const { nodes, pageInfo } = body.data.me.sessions
      return { ...pageInfo, ids: nodes.map(({ id }: { id: string }) => id) }
    }
    const first = await page('first: 2')
    expect([first.ids, first.hasNextPage, first.hasPreviousPage]).toEqual([ids.slice(0, 2), true, false])
    const second = await page(`first: 3, after: "${first.endCursor}"`)
    expect([second.ids, second.hasNextPage, second.hasPreviousPage]).toEqual([ids.slice(2), false, true])
    expect((await page(`last: 2, before: "${second.startCursor}"`)).ids).toEqual(ids.slice(0, 2))
    expect((await page('last: 2')).ids).toEqual(ids.slice(3))
    const stranger = await world.tokenOf('quentin')
    const foreign = `{ me { sessions(after: "${first.endCursor}") { nodes { id } } } }`
    expect(codeOf(await instance.ask(stranger, foreign))).toBe('BAD_USER_INPUT')
    expect(codeOf(await instance.ask(token, '{ me { sessions(first: 101) { nodes { id } } } }'))).toBe('BAD_USER_INPUT')
  })

  it('is refused to an app of a third party, also by the id of a session', async () => {
    const token = await world.tokenOf('tom')
    const id = await newSession(token)
    const app = {
      issuer: 'fieldnotes',
      claims: { client_id: 'assistant', sub: personIdOf(token), scope: 'notes:read' },
    } as const
    const third = await world.tokenOf('tom', app)
    expect(codeOf(await instance.ask(third, list))).toBe('FORBIDDEN')
    expect((await instance.ask(third, node, { id })).body.data.node?.userAgent ?? null).toBeNull()
    expect(codeOf(await instance.ask(third, revoke, { id }))).toBe('FORBIDDEN')
    expect(await listed(token)).toEqual([id])
  })
})

describe('revokeSession', () => {
  it('ends that session at once and its tokens within seconds, and no other', async () => {
    const token = await world.tokenOf('rita', { claims: { origin_jti: 'mine' } })
    const stolen = await world.tokenOf('rita', { claims: { origin_jti: 'stolen' } })
    const [id, other] = [await newSession(token, { loginId: 'stolen' }), await newSession(token, { loginId: 'mine' })]
    expect([await instance.call(token), await instance.call(stolen)]).toEqual(['200', '200'])
    const { body } = await instance.ask(token, revoke, { id })
    expect(body.data.revokeSession.revokedSessionId).toBe(id)
    expect(await listed(token)).toEqual([other])
    instance.wait(5)
    expect([await instance.call(token), await instance.call(stolen)]).toEqual(['200', '401 UNAUTHENTICATED'])
  })

  it('ends the other sessions of that sign-in too', async () => {
    const token = await world.tokenOf('rosa', { claims: { origin_jti: 'mine' } })
    const [id] = [await newSession(token, { loginId: 'twice' }), await newSession(token, { loginId: 'twice' })]
    const other = await newSession(token, { loginId: 'once' })
    await instance.ask(token, revoke, { id })
    expect(await listed(token)).toEqual([other])
  })

  it("answers alike, byte for byte, for another person's session, an ended one and none; and ends nothing", async () => {
    const [token, owner] = [await world.tokenOf('sue'), await world.tokenOf('olga')]
    const foreign = await newSession(owner)
    const ended = await newSession(token)
    await instance.ask(token, revoke, { id: ended })
    const absent = Buffer.from(`Session:${digestOf('nothing')}`).toString('base64url')
    for (const query of [revoke, node]) {
      const answers = await Promise.all([foreign, ended, absent].map((id) => instance.ask(token, query, { id })))
      expect(codeOf(answers[0] as Answer)).toBe('NOT_FOUND')
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    }
    expect(await listed(owner)).toEqual([foreign])
  })

  it.each(['', 'x'.repeat(200), '{', 'a b'])('is BAD_USER_INPUT for a text that is no id: %j', async (id) => {
    const answer = await instance.ask(await world.tokenOf('sue'), revoke, { id })
    expect([codeOf(answer), answer.body.errors[0].extensions.argument]).toEqual(['BAD_USER_INPUT', 'input.id'])
  })

  it('is NOT_FOUND for the id of another object', async () => {
    const token = await world.tokenOf('sue')
    const { body } = await instance.ask(token, '{ me { id } }')
    expect(codeOf(await instance.ask(token, revoke, { id: body.data.me.id }))).toBe('NOT_FOUND')
  })
})

describe('signOut', () => {
  const signOut = 'mutation ($everywhere: Boolean) { signOut(input: { everywhere: $everywhere }) { everywhere } }'

  it('ends the browser session of its sign-in, and with everywhere all of them', async () => {
    const token = await world.tokenOf('uma', { claims: { origin_jti: 'here' } })
    const other = await world.tokenOf('uma', { claims: { origin_jti: 'there' } })
    await newSession(token, { loginId: 'here' })
    const [there, elsewhere] = [await newSession(token, { loginId: 'there' }), await newSession(token)]
    expect(await instance.send(token, signOut)).toBe('200')
    expect((await listed(other)).toSorted()).toEqual([there, elsewhere].toSorted())
    expect(await instance.send(other, signOut, { everywhere: true })).toBe('200')
    expect(await listed(other)).toEqual([])
  })
})
