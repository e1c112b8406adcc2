/** The end of a grant: nothing that was given under it is left, whatever happens at the same time. */
import { digestOf } from '@fieldnotes/table/digest'
import { describe, expect, it } from 'vitest'
import { connect, listedGrants } from '../src/oauth/connections.ts'
import { givenAdapter } from '../src/oauth/given-tokens.ts'
import { type ModelStore, modelAdapter } from '../src/oauth/model-store.ts'
import type { SignInOfGrant } from '../src/oauth/sign-in-grant.ts'
import { accessTable } from './kit/access-table.ts'
import { storeToken, tokenRequest, withSignIns } from './kit/command-line.ts'
import { createWorld } from './kit/world.ts'

const access = accessTable()
const store: ModelStore = { table: access.table, clock: Date.now, issuer: 'https://auth.example.com/oauth' }
const person = 'p'.repeat(27)
const token = 'T'.repeat(43)

function grantOf(id: string) {
  const authTime = Math.floor(Date.now() / 1000)
  return { jti: id, accountId: person, clientId: 'assistant', authTime, loginId: digestOf(id) }
}

async function grant(id: string): Promise<void> {
  await modelAdapter('Grant', store).upsert(id, { kind: 'Grant', ...grantOf(id) }, 3600)
}

function give(id: string, value: string): Promise<unknown> {
  const payload = { accountId: person, clientId: 'assistant', grantId: id, iat: 1, exp: 2 ** 31 }
  return Promise.resolve(givenAdapter('AccessToken', store).upsert(value, payload, 300))
}

function tokenOf(value: string) {
  return modelAdapter('AccessToken', store).find(value)
}

describe('an access token that is stored', () => {
  it('while its grant ends is gone afterwards; that of a live grant is there', async () => {
    for (const id of ['ended', 'live']) await grant(id)
    await listedGrants(store).destroy('ended')
    await give('ended', token)
    await give('live', 'L'.repeat(43))
    expect([await tokenOf(token), await tokenOf('L'.repeat(43))]).toEqual([
      undefined,
      expect.objectContaining({ grantId: 'live' }),
    ])
  })

  it('at any moment of the end of its grant is gone afterwards', async () => {
    const values = Array.from({ length: 40 }, (_, index) => `${index}`.padStart(43, 'm'))
    await grant('busy')
    const given = values.map((value) => give('busy', value))
    await Promise.all([listedGrants(store).destroy('busy'), ...given])
    expect(await Promise.all(values.map(tokenOf))).toEqual(values.map(() => undefined))
  })
})

/** What oidc-provider does at a revocation, at a table whose process ends after so many writes. */
async function revoke(id: string, writes = Number.POSITIVE_INFINITY): Promise<void> {
  const table = withWrites(writes)
  const of = { ...store, table: () => table }
  await givenAdapter('RefreshToken', of).destroy(`of ${id}`)
  await listedGrants(of).destroy(id)
}

/** The table of a process that ends after so many of its writes. */
function withWrites(most: number) {
  const table = access.table()
  let left = most
  const write: typeof table.write = async (each) => {
    left -= 1
    if (left < 0) throw new Error('the process has ended')
    await table.write(each)
  }
  return { ...table, write }
}

it.each([0, 1])('a revocation that ends after %i writes is finished by its repetition', async (writes) => {
  const id = `crash-${writes}`
  const refreshToken = () => modelAdapter('RefreshToken', store).find(`of ${id}`)
  await grant(id)
  await give(id, token)
  await modelAdapter('RefreshToken', store).upsert(`of ${id}`, { grantId: id }, 300)
  await expect(revoke(id, writes)).rejects.toThrow('the process has ended')
  expect(await refreshToken()).toMatchObject({ grantId: id })
  await revoke(id)
  const grantOfToken = (await modelAdapter('Grant', store).find(id)) ?? null
  expect([await tokenOf(token), grantOfToken]).toEqual([undefined, null])
})

it('the end of a grant costs the same however often its app has refreshed', async () => {
  const table = access.table()
  const costOf = async (id: string, refreshes: number) => {
    await grant(id)
    for (let count = 0; count < refreshes; count += 1) {
      const given = { grantId: id, accountId: person, clientId: 'assistant', iat: 1, exp: 2 }
      await modelAdapter('RefreshToken', store).upsert(`${id} ${count}`, given, 3600)
      // It has expired, and DynamoDB has not deleted it yet.
      await modelAdapter('AccessToken', store).upsert(`${id} ${count}`.padEnd(43, '.'), given, -1)
    }
    const before = table.used.requests
    await listedGrants(store).destroy(id)
    expect(await modelAdapter('Grant', store).find(id)).toBeUndefined()
    return table.used.requests - before
  }
  expect(await costOf('of years', 250)).toBe(await costOf('of today', 1))
})

describe('the second use of a refresh token', () => {
  const instanceAt = (seconds: number) => {
    const changes = { access: access.config(), ...withSignIns }
    const { handle } = createWorld(changes, () => Date.now() + seconds * 1000)
    return async (refresh_token: string) => {
      const request = { grant_type: 'refresh_token', client_id: 'terminal', refresh_token }
      const { statusCode, body } = await handle(tokenRequest(request))
      return { status: statusCode, next: String(JSON.parse(body ?? '{}').refresh_token) }
    }
  }

  it('is refused: the grant lives where both began at the same time, and ends after a later one', async () => {
    const [earlier, now, later] = [instanceAt(-2), instanceAt(0), instanceAt(2)]
    const first = await storeToken(store, 'RefreshToken', { gty: 'authorization_code' })
    const { next } = await now(first)
    expect((await earlier(first)).status).toBe(400)
    const third = await later(next)
    expect(third.status).toBe(200)
    expect((await later(first)).status).toBe(400)
    expect((await later(third.next)).status).toBe(400)
  })

  it('ends nothing where the gateway received it before the answer, and an instance had to start first', async () => {
    const cold = createWorld({ access: access.config(), ...withSignIns }, () => Date.now() + 2000).handle
    const refresh_token = await storeToken(store, 'RefreshToken', { gty: 'authorization_code' })
    const request = tokenRequest({ grant_type: 'refresh_token', client_id: 'terminal', refresh_token })
    const sent = Date.now()
    const { next } = await instanceAt(0)(refresh_token)
    const receivedAt = (timeEpoch: number) => ({ ...request, requestContext: { ...request.requestContext, timeEpoch } })
    expect((await cold(receivedAt(sent))).statusCode).toBe(400)
    const third = await instanceAt(0)(next)
    expect(third.status).toBe(200)
    expect((await cold(receivedAt(Date.now() + 1000))).statusCode).toBe(400)
    expect((await instanceAt(0)(third.next)).status).toBe(400)
  })

  it('ends the grant 10 seconds after a use whose process has ended without an answer', async () => {
    const lost = await storeToken(store, 'RefreshToken', { gty: 'authorization_code' })
    const { consume, find } = modelAdapter('RefreshToken', store)
    await consume(lost)
    const { grantId = '' } = (await find(lost)) ?? {}
    const isGranted = async () => (await modelAdapter('Grant', store).find(grantId)) !== undefined
    expect([(await instanceAt(9)(lost)).status, await isGranted()]).toEqual([400, true])
    expect([(await instanceAt(11)(lost)).status, await isGranted()]).toEqual([400, false])
  })
})

it('a person connects an app as often as they like: each grant beyond ten ends the oldest, and revokes nothing', async () => {
  const ids = Array.from({ length: 45 }, (_, index) => `linked-${index}`)
  for (const id of ids) {
    await grant(id)
    const named = { clientId: 'assistant', name: 'Assistant', scopes: ['notes:read'], expiresAt: 2 ** 31 }
    await connect(store, grantOf(id) as unknown as SignInOfGrant, named)
  }
  const found = await Promise.all(ids.map((id) => modelAdapter('Grant', store).find(id)))
  expect(found.map((each) => each !== undefined)).toEqual(ids.map((_, index) => index >= 35))
})
