/** One policy of a group at every door: bearer tokens, signed requests and browser sessions. */
import type { GroupMode } from '@fieldnotes/core/group-policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type World as Cloud, startWorld as startRevocationWorld } from '../revocation/instances.ts'
import { createInstance, sessionCookie } from '../session/instance.ts'
import { type World as Sessions, startWorld as startSessionWorld } from '../session/world.ts'
import { allowed, reads, refused, setPolicy, writes } from './kit.ts'

let cloud: Cloud
let sessions: Sessions
beforeAll(async () => {
  ;[cloud, sessions] = [await startRevocationWorld(), await startSessionWorld()]
})
afterAll(() => Promise.all([cloud.stop(), sessions.stop()]))

describe('signed requests, which do not say the groups of a person', () => {
  it('have what every membership would leave, so that they avoid no policy', async () => {
    const instance = await cloud.newInstance()
    const outcomes = async () => [await instance.callSigned('alice', reads), await instance.callSigned('alice', writes)]
    expect(await outcomes()).toEqual([allowed, allowed])
    for (const [[name, scopes], expected] of [
      [
        ['staff', { allow: 'read write' }],
        [allowed, allowed],
      ],
      [
        ['readers', { allow: 'read' }],
        [allowed, refused],
      ],
      [
        ['suspended', { deny: 'read' }],
        [refused, refused],
      ],
      [
        ['suspended', undefined],
        [allowed, refused],
      ],
    ] as const) {
      await setPolicy(cloud.access, `cognito:${name}`, scopes)
      instance.wait(30)
      expect(await outcomes()).toEqual(expected)
    }
    // Who says the groups is judged by them.
    const staff = await cloud.tokenOf('alice', { claims: { 'cognito:groups': ['staff'] } })
    expect(await instance.send(staff, writes)).toBe(allowed)
  })

  it('have no scopes where groups are governed', async () => {
    const instance = await cloud.newInstance('governed')
    expect(await instance.callSigned('bob', reads)).toBe(refused)
    expect(await instance.callSigned('bob')).toBe(allowed)
  })
})

describe('the authorizer', () => {
  it('knows persons and no scopes: a policy changes no verdict, and no request is without one', async () => {
    const instance = await cloud.newInstance('governed')
    const token = await cloud.tokenOf('carol')
    expect([await instance.verdict(token), await instance.send(token, reads)]).toEqual(['ok', refused])
  })
})

function instanceOf(groups: GroupMode) {
  const { settings } = sessions
  return createInstance({ ...settings, config: { ...settings.config, groups } }, {}, () => undefined)
}

describe('a browser session', () => {
  it('is narrowed as the token behind it: one cookie reads where groups are open, and not where they are governed', async () => {
    const cookie = (await sessions.signedIn('bob')).cookie(sessionCookie) ?? ''
    const [open, governed] = [instanceOf('open'), instanceOf('governed')]
    expect(JSON.parse((await open.call(cookie, reads)).body).data.notes.nodes).toEqual([])
    const { status, body } = await governed.call(cookie, reads)
    const { code, remedy } = JSON.parse(body).errors[0].extensions
    // No remedy: no token of this person has the scope.
    expect([status, code, remedy]).toEqual([200, 'FORBIDDEN', undefined])
    expect(JSON.parse((await governed.call(cookie)).body).data.me.id).toEqual(expect.any(String))
  })
})
