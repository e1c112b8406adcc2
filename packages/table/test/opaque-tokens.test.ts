/** Opaque access tokens: their claims by one read. */
import { describe, expect, it } from 'vitest'
import { modelKey } from '../src/access-keys.ts'
import { digestOf } from '../src/digest.ts'
import { readOpaqueToken } from '../src/opaque-tokens.ts'
import { accessTables } from './kit/access-tables.ts'
import { storeOpaqueToken } from './kit/opaque-tokens.ts'

const newTable = accessTables()
const claims = { sub: 'p'.repeat(27), client_id: 'assistant', scope: 'notes:read', exp: 1_800_000_000 }

describe('an opaque token', () => {
  it('is read by one request, with exactly the claims that were stored', async () => {
    const table = await newTable()
    const token = await storeOpaqueToken(table, claims)
    const before = table.used.requests
    expect(await readOpaqueToken(table, token)).toEqual({ ...claims, jti: digestOf(token) })
    expect(table.used.requests - before).toBe(1)
  })

  it('is undefined when it was never stored, when it was removed, and by its digest', async () => {
    const table = await newTable()
    const token = await storeOpaqueToken(table, claims)
    expect(await readOpaqueToken(table, digestOf(token))).toBeUndefined()
    expect(await readOpaqueToken(table, 'x'.repeat(43))).toBeUndefined()
    await table.write({ remove: modelKey('AccessToken', digestOf(token)), when: [[['exists', 'pk']]] })
    expect(await readOpaqueToken(table, token)).toBeUndefined()
  })

  it('is of its own kind: a refresh token, a code and a session are none', async () => {
    const table = await newTable()
    const secret = 's'.repeat(43)
    for (const model of ['RefreshToken', 'AuthorizationCode', 'Session'] as const)
      await table.write({ put: { ...modelKey(model, digestOf(secret)), claims }, when: [[['absent', 'pk']]] })
    expect(await readOpaqueToken(table, secret)).toBeUndefined()
  })

  it.each(['', 't'.repeat(42), 't'.repeat(44), `${'t'.repeat(42)}.`, `${'t'.repeat(43)}\n`])(
    'of another form than ours is undefined without a read: %j',
    async (text) => {
      const get = () => Promise.reject(new Error('read'))
      expect(await readOpaqueToken({ get }, text)).toBeUndefined()
    },
  )

  it.each([undefined, null, 'text', 1, ['sub'], true])('without readable claims is an outage: %j', async (stored) => {
    const token = 't'.repeat(43)
    const item = { ...modelKey('AccessToken', digestOf(token)), ...(stored !== undefined && { claims: stored }) }
    await expect(readOpaqueToken({ get: async () => item }, token)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})
