/** What each access of the doors costs: the figures of `ACCESS-PATTERNS.md`, measured on the embedded engine. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiKeyUseKey, applicationKey, clientKey, exportEndKey, exportPeriodsKey } from '../src/access-keys.ts'
import { connectApp, endConnectedApp, listConnectedApps, useApp } from '../src/connected-apps.ts'
import { digestOf } from '../src/digest.ts'
import { readGroupPolicies, writeGroupPolicy } from '../src/group-policies.ts'
import { hasEnded } from '../src/lasting-ends.ts'
import { readOpaqueToken } from '../src/opaque-tokens.ts'
import { bucketKey } from '../src/rate-keys.ts'
import { createRates, type Rates } from '../src/rates.ts'
import { readRevocations, writeRevocation } from '../src/revocations.ts'
import { keepSource, readSource } from '../src/sign-in-sources.ts'
import { forgetSignOut, writeSignOut } from '../src/sign-outs.ts'
import { createTable, type OpenTable, type Table } from '../src/table.ts'
import type { Key, Write } from '../src/writes.ts'
import { bytes, codeWritten, keys, now, person, sessionCreated, sessionEnded, writes } from './kit/access.ts'
import { type Engine, startEngine } from './kit/engine.ts'
import { storeOpaqueToken } from './kit/opaque-tokens.ts'

let engine: Engine
let access: Table
let rates: OpenTable
let buckets: Rates
let ofOther: Rates
beforeAll(async () => {
  engine = await startEngine()
  access = createTable(await engine.newTable('access'))
  rates = createTable(await engine.newTable('rates'))
  buckets = createRates(rates, Date.now)
  ofOther = createRates(rates, Date.now)
})
afterAll(() => engine.stop())

const secret = digestOf('secret')

/** The policy of a group whose name has 32 characters. */
function policy(index: number) {
  return { group: `cognito:${String(index).padStart(32, 'g')}`, allow: ['notes:read', 'notes:write'], deny: [] }
}

/** The whole partition. */
async function all(pk: string) {
  return access.query({ pk, between: [' ', '~'], forward: true, limit: 1000 })
}

async function read(...all: readonly Key[]) {
  for (const key of all) await access.get(key)
}

async function write(...all: readonly Write[]) {
  for (const each of all) await access.write(each)
}

/** Revokes a login, whose id has the length of a UUID. */
function revoke(index: number) {
  return writeRevocation(access, { kind: 'login', loginId: String(index).padStart(36, '0') }, now * 1000)
}

/** Takes from a bucket of 20, as one of two instances. */
function takeFrom(id: string, cost: number, by = buckets) {
  const limit = { burst: 20, perSecond: 10, perDay: 1000 }
  return by.take({ key: bucketKey('APPLICATION', id), limit, cost, now: now * 1_000_000 })
}
const refreshable = { personId: person, loginId: 'l', issuer: 'fieldnotes', clientId: 'terminal', authTime: now }

const signOut = { personId: person, issuer: 'cognito', subject: 's'.repeat(36), loginId: undefined }

const app = { personId: person, clientId: 'assistant' }
const connection = {
  ...{ ...app, name: 'Assistant', scopes: ['notes:read'], loginId: 'l'.repeat(43), authTime: now },
  expiresAt: now + 86_400,
}

/** Claims of an opaque token, as long as those of a JWT. */
const claims = {
  ...{ iss: 'https://auth.example.com/oauth', aud: 'https://api.example.com/graphql', client_id: 'assistant' },
  ...{ sub: person, login_id: 'l'.repeat(43), scope: 'notes:read notes:write', exp: now, iat: now, auth_time: now },
}
let opaque = ''

/** Pattern → its calls, in an order in which each finds what it needs. */
const patterns: readonly (readonly [pattern: string, act: () => Promise<unknown>])[] = [
  ['start a sign-in', () => write(writes.signInStarted)],
  ['finish a sign-in', () => read(keys.signIn).then(() => write(writes.signInFinished))],
  ['create a session', () => access.transact(sessionCreated)],
  ['cookie → tokens', () => read(keys.session)],
  ['lock a refresh', () => write(writes.refreshLocked)],
  [
    'store refreshed tokens',
    () => access.transact([writes.refreshStored, { put: { ...keys.personSession, device: bytes(100) } }]),
  ],
  ['list a person’s sessions and apps', () => all(`PERSON#${person}`)],
  ['list a person’s connected apps', () => listConnectedApps(access, person, now * 1000)],
  ['sign out', () => access.transact(sessionEnded)],
  ['list ended sessions', () => all(keys.endedSession.pk)],
  [
    'forget a session',
    () => access.transact([keys.session, keys.endedSession, keys.loginSession].map((key) => ({ remove: key }))),
  ],
  ['write a code or token', () => access.transact(codeWritten)],
  ['look up an opaque access token', () => readOpaqueToken(access, opaque)],
  ['use a code', () => write(writes.codeUsed)],
  ['read a model by a second id', () => read(keys.uid, keys.code)],
  ['list the items of a grant', () => all(keys.grantMember.pk)],
  ['read a client', () => read(clientKey('portal'))],
  ['read 100 group policies', () => readGroupPolicies(access)],
  ['write a group policy', () => writeGroupPolicy(access, policy(0), { stored: undefined, now: now * 1000 })],
  ['read an application and its API keys', () => read(applicationKey('partner'))],
  [
    'note the use of an API key',
    () => write({ update: apiKeyUseKey('partner', secret), set: { usedAt: now }, when: [[['absent', 'usedAt']]] }),
  ],
  ['use a DPoP proof', () => write(writes.proofUsed)],
  ['revoke', () => revoke(0)],
  ['sign out of one sign-in', () => writeSignOut(access, { ...signOut, loginId: 'l'.repeat(36) }, now * 1000)],
  ['sign out everywhere', () => writeSignOut(access, signOut, now * 1000)],
  ['whether a sign-in has ended', () => hasEnded(access, refreshable)],
  ['connect an app', () => connectApp(access, { ...connection, clientId: 'skill' }, now * 1000)],
  ['keep where a person signed in', () => keepSource(access, person, signOut, now)],
  ['find where a person signed in', () => readSource(access, person)],
  ['note the use of an app', () => useApp(access, { ...app, clientId: 'skill' }, (now + 1) * 1000)],
  ['end an app with one grant', () => endConnectedApp(access, { ...app, clientId: 'skill' }, now * 1000)],
  ['forget an informed issuer', () => forgetSignOut(access, { ...signOut, at: now })],
  ['read 100 revocations', () => readRevocations(access, now - 3900)],
  [
    'create an export job',
    () => write({ put: { ...exportEndKey(person, 'job'), expiresAt: now }, when: [[['absent', 'pk']]] }),
  ],
  [
    'let a request work on an export',
    () =>
      write({ put: { ...exportPeriodsKey(person), fullAt: now * 1e6, expiresAt: now }, when: [[['absent', 'pk']]] }),
  ],
  ['take from a bucket at rest, or on a new day', () => takeFrom('limited', 18)],
  ['take from a bucket in use', () => takeFrom('limited', 1)],
  ['take from a bucket that is too empty', () => takeFrom('limited', 2, ofOther)],
  ['take from it again, in the same instance', () => takeFrom('limited', 2, ofOther)],
]

/** Items that a pattern reads, and that no earlier pattern wrote. */
const prepared: Readonly<Record<string, () => Promise<unknown>>> = {
  'list a person’s connected apps': () => connectApp(access, connection, now * 1000),
  'look up an opaque access token': async () => {
    opaque = await storeOpaqueToken(access, claims)
  },
  'read 100 revocations': () => Promise.all(Array.from({ length: 99 }, (_, index) => revoke(index + 1))),
  'read a client': () => write({ put: { ...clientKey('portal'), value: bytes(1000) } }),
  'read 100 group policies': () =>
    Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        writeGroupPolicy(access, policy(index + 1), { stored: undefined, now: now * 1000 }),
      ),
    ),
  'read an application and its API keys': () => write({ put: { ...applicationKey('partner'), value: bytes(400) } }),
  'read a model by a second id': () => write({ put: { ...keys.uid, id: 'x' } }),
}

const page = readFileSync(new URL('../ACCESS-PATTERNS.md', import.meta.url), 'utf8')

/** Pattern → `requests / units`, from the table "Costs" of the page. */
const stated = new Map(
  [...page.matchAll(/^\| ([^|]+?) +\|[^|]*\| (\d+ \/ \d+) +\|$/gm)].map(([, name = '', cost = '']) => [name, cost]),
)

describe('ACCESS-PATTERNS.md', () => {
  it('has a row for each pattern and no other', () => {
    expect([...stated.keys()]).toEqual(patterns.map(([name]) => name))
  })

  it.each(patterns)('states requests and units: %s', async (name, act) => {
    await prepared[name]?.()
    const used = () => ({
      requests: access.used.requests + rates.used.requests,
      units: access.used.units + rates.used.units,
    })
    const before = used()
    await act()
    const after = used()
    expect(`${after.requests - before.requests} / ${after.units - before.units}`).toBe(stated.get(name))
  })
})
