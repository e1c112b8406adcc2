/** Connected apps: one entry for each app, whose end ends its grants and nothing else. */
import { AppError } from '@fieldnotes/core/error'
import { describe, expect, it } from 'vitest'
import { endedKey, personAppKey } from '../src/access-keys.ts'
import {
  type Connection,
  connectApp,
  disconnectGrant,
  endConnectedApp,
  listConnectedApps,
  loginsBeyond,
  useApp,
} from '../src/connected-apps.ts'
import { LostAnswer } from '../src/failures.ts'
import { hasEnded } from '../src/lasting-ends.ts'
import { readRevocations, writeRevocation } from '../src/revocations.ts'
import { writeSignOut } from '../src/sign-outs.ts'
import type { OpenTable } from '../src/table.ts'
import { accessTables } from './kit/access-tables.ts'

const now = 1_800_000_000
const personId = 'p'.repeat(27)
const assistant = { personId, clientId: 'assistant' }
const skill = { personId, clientId: 'skill' }
const stranger = { personId: 'q'.repeat(27), clientId: 'assistant' }

const newTable = accessTables()

function connection(changes: Partial<Connection> = {}): Connection {
  const shown = { name: 'Assistant', scopes: ['notes:read'], expiresAt: now + 86_400 }
  return { ...assistant, ...shown, loginId: 'login-1', authTime: now - 60, ...changes }
}

function connect(table: OpenTable, changes: Partial<Connection> = {}, at = now): Promise<void> {
  return connectApp(table, connection(changes), at * 1000)
}

function list(table: OpenTable, of = personId, at = now) {
  return listConnectedApps(table, of, at * 1000)
}

function end(table: Pick<OpenTable, 'get' | 'transact'>, app = assistant, at = now) {
  return endConnectedApp(table, app, at * 1000)
}

async function loginsEnded(table: OpenTable): Promise<readonly string[]> {
  const revoked = await readRevocations(table, now - 60)
  return revoked.flatMap((each) => (each.kind === 'login' ? [each.loginId] : [`another kind: ${each.kind}`])).sort()
}

function refreshable(loginId: string, of: { personId: string; clientId: string } = assistant) {
  return { ...of, loginId, issuer: 'fieldnotes', authTime: now - 60 }
}

describe('connectApp', () => {
  it('makes one entry, which a repeated call leaves as it is', async () => {
    const table = await newTable()
    await connect(table)
    const first = await list(table)
    expect(first).toEqual([
      {
        clientId: 'assistant',
        name: 'Assistant',
        scopes: ['notes:read'],
        since: now,
        lastUsedAt: now,
        signedInAt: now - 60,
        logins: ['login-1'],
        expiresAt: now + 86_400,
      },
    ])
    await connect(table)
    expect(await list(table)).toEqual(first)
  })

  it('adds the scopes, the grant and the later instants of a second consent, and keeps the first day', async () => {
    const table = await newTable()
    await connect(table, { scopes: ['notes:write', 'notes:read'] })
    const later = {
      loginId: 'login-2',
      scopes: ['notes:share'],
      name: 'Assistant 2',
      authTime: now,
      expiresAt: now + 9,
    }
    await connect(table, later, now + 5)
    expect(await list(table)).toMatchObject([
      {
        name: 'Assistant 2',
        scopes: ['notes:read', 'notes:share', 'notes:write'],
        since: now,
        lastUsedAt: now + 5,
        signedInAt: now,
        logins: ['login-1', 'login-2'],
        expiresAt: now + 86_400,
      },
    ])
  })

  it('begins anew where all earlier grants have expired: their scopes are gone', async () => {
    const table = await newTable()
    await connect(table, { scopes: ['notes:write'], expiresAt: now + 10 })
    await connect(table, { loginId: 'login-2' }, now + 10)
    expect(await list(table)).toMatchObject([{ scopes: ['notes:read'], since: now + 10, logins: ['login-2'] }])
  })

  it('begins anew after a sign-out everywhere, which has ended all earlier grants', async () => {
    const table = await newTable()
    await connect(table, { scopes: ['notes:read', 'notes:write'] })
    await writeSignOut(table, { personId, loginId: undefined, issuer: 'cognito', subject: 's' }, now * 1000)
    await connect(table, { loginId: 'login-2', authTime: now + 5 }, now + 9)
    expect(await list(table)).toMatchObject([{ scopes: ['notes:read'], since: now + 9, logins: ['login-2'] }])
  })

  it('keeps ten grants: with the eleventh the oldest is ended, at every door and for refreshes', async () => {
    const table = await newTable()
    for (let count = 10; count < 21; count += 1) await connect(table, { loginId: `login-${count}` })
    const [app] = await list(table)
    expect(app?.logins).toEqual(Array.from({ length: 10 }, (_, index) => `login-${index + 11}`))
    expect(await loginsEnded(table)).toEqual(['login-10'])
    expect(await hasEnded(table, refreshable('login-10'))).toBe(true)
    expect(await hasEnded(table, refreshable('login-11'))).toBe(false)
  })

  it('loses none of eight at the same time', async () => {
    const table = await newTable()
    await Promise.all(Array.from({ length: 8 }, (_, index) => connect(table, { loginId: `login-${index}` })))
    const [app] = await list(table)
    expect(app?.logins.toSorted()).toEqual(Array.from({ length: 8 }, (_, index) => `login-${index}`))
  })

  it('is refused for a sign-in that could not be revoked, before an entry is made', async () => {
    const table = await newTable()
    await expect(connect(table, { loginId: 'a#b' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
    expect(await list(table)).toEqual([])
  })
})

describe('loginsBeyond', () => {
  it('are those for which the next grant has no room, oldest first: none before the tenth', async () => {
    const table = await newTable()
    expect(await loginsBeyond(table, assistant)).toEqual([])
    for (let count = 1; count < 10; count += 1) await connect(table, { loginId: `login-${count}` })
    expect(await loginsBeyond(table, assistant)).toEqual([])
    await connect(table, { loginId: 'login-10' })
    expect(await loginsBeyond(table, assistant)).toEqual(['login-1'])
  })
})

describe('useApp', () => {
  it('moves the instant of the last use forward alone', async () => {
    const table = await newTable()
    await connect(table)
    await useApp(table, assistant, (now + 70) * 1000)
    await useApp(table, assistant, (now + 30) * 1000)
    expect(await list(table)).toMatchObject([{ lastUsedAt: now + 70, since: now }])
  })

  it('creates no entry: an app that was ended stays ended', async () => {
    const table = await newTable()
    await connect(table)
    await end(table)
    await useApp(table, assistant, (now + 1) * 1000)
    expect(await table.get(personAppKey(personId, 'assistant'))).toBeUndefined()
  })
})

describe('endConnectedApp', () => {
  it('ends each grant of the app, for doors and refreshes, and no other app or person', async () => {
    const table = await newTable()
    for (const of of [assistant, skill, stranger])
      for (const login of ['a', 'b'])
        await connect(table, { ...of, loginId: `${login}-${of.clientId}-${of.personId[0]}` })
    expect(await end(table)).toMatchObject({ clientId: 'assistant', logins: ['a-assistant-p', 'b-assistant-p'] })
    expect(await loginsEnded(table)).toEqual(['a-assistant-p', 'b-assistant-p'])
    expect(await table.get(endedKey('login#a-assistant-p'))).toBeDefined()
    expect(await hasEnded(table, refreshable('b-assistant-p'))).toBe(true)
    expect(await hasEnded(table, refreshable('a-skill-p', skill))).toBe(false)
    expect((await list(table)).map(({ clientId }) => clientId)).toEqual(['skill'])
    expect(await list(table, stranger.personId)).toHaveLength(1)
  })

  it("is nothing for an app that is not connected, an ended one and another person's", async () => {
    const table = await newTable()
    await connect(table, stranger)
    expect(await end(table)).toBeUndefined()
    await end(table, stranger)
    const before = await loginsEnded(table)
    expect(await end(table, stranger)).toBeUndefined()
    expect(await loginsEnded(table)).toEqual(before)
  })

  it('lets a later consent connect the app again', async () => {
    const table = await newTable()
    await connect(table, { scopes: ['notes:write'] })
    await end(table)
    await connect(table, { loginId: 'login-2' }, now + 1)
    expect(await list(table, personId, now + 1)).toMatchObject([
      { scopes: ['notes:read'], since: now + 1, logins: ['login-2'] },
    ])
    expect(await hasEnded(table, refreshable('login-2'))).toBe(false)
  })

  it('gives the app to one of ten callers at the same time, while another consent goes on', async () => {
    const table = await newTable()
    await connect(table)
    const [, ...ended] = await Promise.all([
      connect(table, { loginId: 'login-2' }),
      ...Array.from({ length: 10 }, () => end(table)),
    ])
    const left = (await list(table)).flatMap(({ logins }) => logins)
    const taken = ended.flatMap((app) => app?.logins ?? [])
    expect([...taken, ...left].sort()).toEqual(['login-1', 'login-2'])
    expect(await loginsEnded(table)).toEqual(taken.toSorted())
  })

  it('is limited to 30 grants in a window: the next says how long to wait, and ends nothing', async () => {
    const table = await newTable()
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 10; count += 1) await connect(table, { loginId: `login-${round}-${count}` })
      await end(table)
    }
    await connect(table, { loginId: 'late' })
    const error = await end(table).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED', remedy: { kind: 'RETRY', after: expect.any(Number) } })
    expect(await loginsEnded(table)).toHaveLength(30)
    expect(await list(table)).toMatchObject([{ logins: ['late'] }])
  })

  it('is whole or absent: without an answer it may be repeated', async () => {
    const item = { ...personAppKey(personId, 'assistant'), ...connection(), since: now, lastUsedAt: now }
    const table = {
      get: async () => ({ ...item, signedInAt: now, logins: ['login-1'] }),
      transact: () => Promise.reject(new LostAnswer('cut')),
    }
    await expect(end(table)).rejects.toMatchObject({ code: 'UNAVAILABLE', remedy: { kind: 'RETRY' } })
  })
})

describe('disconnectGrant', () => {
  it('leaves the other grants, removes the entry with the last one, and revokes nothing', async () => {
    const table = await newTable()
    await connect(table)
    await connect(table, { loginId: 'login-2' })
    const disconnect = (loginId: string) => disconnectGrant(table, { ...assistant, loginId }, now * 1000)
    await disconnect('login-1')
    await disconnect('another')
    expect(await list(table)).toMatchObject([{ logins: ['login-2'] }])
    await disconnect('login-2')
    await disconnect('login-2')
    expect(await list(table)).toEqual([])
    expect(await loginsEnded(table)).toEqual([])
  })
})

describe('listConnectedApps', () => {
  it('has the one that was used last first', async () => {
    const table = await newTable()
    await connect(table)
    await connect(table, skill)
    await useApp(table, assistant, (now + 9) * 1000)
    expect((await list(table)).map(({ clientId }) => clientId)).toEqual(['assistant', 'skill'])
    await useApp(table, skill, (now + 10) * 1000)
    expect((await list(table)).map(({ clientId }) => clientId)).toEqual(['skill', 'assistant'])
  })

  it('leaves out those whose grants have expired', async () => {
    const table = await newTable()
    await connect(table, { expiresAt: now + 10 })
    expect(await list(table, personId, now + 9)).toHaveLength(1)
    expect(await list(table, personId, now + 10)).toEqual([])
  })

  it('leaves out those that a sign-out everywhere has ended, and has those that were connected after it', async () => {
    const table = await newTable()
    await connect(table)
    await writeSignOut(table, { personId, loginId: undefined, issuer: 'cognito', subject: 's' }, now * 1000)
    expect(await list(table)).toEqual([])
    await connect(table, { ...skill, authTime: now + 1 }, now + 2)
    expect((await list(table, personId, now + 2)).map(({ clientId }) => clientId)).toEqual(['skill'])
  })

  it('leaves out the app and the client that an operator has revoked, and no other', async () => {
    const table = await newTable()
    for (const of of [assistant, skill, { personId, clientId: 'other' }]) await connect(table, of)
    await writeRevocation(table, { kind: 'app', ...assistant, at: now }, now * 1000)
    await writeRevocation(table, { kind: 'client', issuer: 'fieldnotes', clientId: 'other', at: now }, now * 1000)
    expect((await list(table)).map(({ clientId }) => clientId)).toEqual(['skill'])
  })

  it('is two requests, and one where there is no app', async () => {
    const table = await newTable()
    const requestsOf = async () => {
      const before = table.used.requests
      await list(table)
      return table.used.requests - before
    }
    expect(await requestsOf()).toBe(1)
    await connect(table)
    await connect(table, skill)
    expect(await requestsOf()).toBe(2)
  })

  it.each([
    { name: 1 },
    { scopes: 'notes:read' },
    { scopes: [1] },
    { since: '1' },
    { lastUsedAt: 1.5 },
    { logins: [] },
    { logins: [''] },
    { expiresAt: undefined },
  ])('is an outage for an entry of another form: %j', async (changes) => {
    const table = await newTable()
    await connect(table)
    const stored = await table.get(personAppKey(personId, 'assistant'))
    const put = Object.fromEntries(
      Object.entries({ ...stored, ...changes }).filter(([, value]) => value !== undefined),
    ) as { pk: string; sk: string }
    await table.write({ put })
    await expect(list(table)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})
