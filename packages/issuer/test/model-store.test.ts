/** What oidc-provider stores, in the real table: used once, ended by the clock, and without secrets. */

import { modelKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { createTable } from '@fieldnotes/table/table'
import type { Adapter } from 'oidc-provider'
import { describe, expect, it } from 'vitest'
import { removeMembers } from '../src/oauth/grant-members.ts'
import { modelAdapter, onceBy } from '../src/oauth/model-store.ts'
import { accessTable } from './kit/access-table.ts'

let now = 1_800_000_000

const access = accessTable()
const store = { table: access.table, clock: () => now * 1000, issuer: 'https://auth.example.com/oauth' }

function adapter(model: string): Adapter {
  return modelAdapter(model, store)
}

/** How many of these succeed, and the codes of the others. */
async function outcomes(attempts: readonly Promise<unknown>[]) {
  const settled = await Promise.allSettled(attempts)
  const codes = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason.error] : []))
  return { won: settled.length - codes.length, codes: [...new Set(codes)] }
}

describe.each(['AuthorizationCode', 'RefreshToken', 'DeviceCode'])('%s', (model) => {
  it('is used by exactly one of twenty at the same time', async () => {
    await adapter(model).upsert('secret', { grantId: 'g', accountId: 'alice' }, 60)
    const attempts = Array.from({ length: 20 }, () => adapter(model).consume('secret'))
    expect(await outcomes(attempts)).toEqual({ won: 1, codes: ['invalid_grant'] })
    expect(await adapter(model).find('secret')).toMatchObject({ accountId: 'alice', consumed: now + 10, jti: 'secret' })
  })

  it('that was used is not written again', async () => {
    await expect(adapter(model).upsert('secret', { accountId: 'bob' }, 60)).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    expect(await adapter(model).find('secret')).toMatchObject({ accountId: 'alice' })
  })

  it('has ended in its last second, although it is still stored', async () => {
    await adapter(model).upsert('short', { grantId: 'g' }, 60)
    now += 59
    expect(await adapter(model).find('short')).toMatchObject({ grantId: 'g' })
    now += 1
    expect(await adapter(model).find('short')).toBeUndefined()
    await expect(adapter(model).consume('short')).rejects.toMatchObject({ error: 'invalid_grant' })
    expect(await access.table().get(modelKey(model as 'RefreshToken', digestOf('short')))).toBeDefined()
  })

  it('is stored without the secret', async () => {
    await adapter(model).upsert('a-secret', { jti: 'a-secret', grantId: 'g', kind: model }, 60)
    const item = await access.table().get(modelKey(model as 'RefreshToken', digestOf('a-secret')))
    expect(JSON.stringify(item)).not.toContain('a-secret')
    expect(await adapter(model).find('a-secret')).toEqual({ jti: 'a-secret', grantId: 'g', kind: model })
  })
})

describe('a grant', () => {
  it('ends its own codes and tokens of one model, and no other', async () => {
    const models = ['AuthorizationCode', 'RefreshToken'] as const
    for (const model of models)
      for (const grantId of ['mine', 'other']) await adapter(model).upsert(`${model}-${grantId}`, { grantId }, 60)
    await removeMembers(access.table(), { grant: digestOf('mine'), model: 'RefreshToken' }, now)
    const found = await Promise.all(
      models.flatMap((model) => ['mine', 'other'].map((grant) => adapter(model).find(`${model}-${grant}`))),
    )
    expect(found.map((each) => each !== undefined)).toEqual([true, true, false, true])
  })

  it('with more members than one page ends all', async () => {
    const ids = Array.from({ length: 130 }, (_, index) => `many-${index}`)
    await Promise.all(ids.map((id) => adapter('RefreshToken').upsert(id, { grantId: 'many' }, 60)))
    await removeMembers(access.table(), { grant: digestOf('many'), model: 'RefreshToken' }, now)
    expect(await Promise.all(ids.map((id) => adapter('RefreshToken').find(id)))).toEqual(ids.map(() => undefined))
  })
})

describe('a session', () => {
  it('is found by its second id, written again, and removed as often as anyone likes', async () => {
    const sessions = adapter('Session')
    for (const accountId of ['alice', 'bob']) await sessions.upsert('cookie', { uid: 'u', accountId }, 60)
    expect(await sessions.findByUid('u')).toMatchObject({ accountId: 'bob' })
    await sessions.destroy('cookie')
    await sessions.destroy('cookie')
    expect([await sessions.find('cookie'), await sessions.findByUid('u'), await sessions.findByUid('v')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('a proof or an assertion', () => {
  it('is new to exactly one of twenty, and again once it has expired', async () => {
    const unique = onceBy(store)
    const answers = await Promise.all(Array.from({ length: 20 }, () => unique('robot', 'jti', now + 60)))
    expect(answers.filter(Boolean)).toHaveLength(1)
    now += 602
    expect(await unique('robot', 'jti', now + 60)).toBe(true)
  })

  it('of another client is another one, also where both texts together are the same', async () => {
    const unique = onceBy(store)
    expect([await unique('ab', 'c', now + 60), await unique('a', 'bc', now + 60)]).toEqual([true, true])
  })

  it('is remembered while a proof of 300 seconds ahead is taken, whatever its end is', async () => {
    const unique = onceBy(store)
    expect([await unique('robot', 'past', 1), await unique('robot', 'past', 1)]).toEqual([true, false])
    now += 600
    expect(await unique('robot', 'past', now + 300)).toBe(false)
  })

  it('is remembered until its end in whole seconds, by which the table deletes it', async () => {
    const key = modelKey('ReplayDetection', digestOf('5 robot half'))
    await onceBy(store)('robot', 'half', now + 900.5)
    expect((await store.table().get(key))?.expiresAt).toBe(now + 901)
  })
})

describe('a model without a place in the table', () => {
  it.each(['RegistrationAccessToken', 'constructor', 'Client'])('is not stored: %s', (model) => {
    expect(() => adapter(model)).toThrow('is not stored')
  })
})

describe.each(['ClientCredentials'])('the model %s, whose instances are JWTs,', (model) => {
  it('is nowhere found, and a grant that ends has none', async () => {
    await adapter(model).upsert('id', { grantId: 'g' }, 60)
    expect(await adapter(model).find('id')).toBeUndefined()
    await adapter(model).revokeByGrantId('g')
  })
})

describe('an opaque access token', () => {
  const token = 'T'.repeat(43)
  const payload = {
    ...{ accountId: 'alice', clientId: 'assistant', aud: 'https://api.example.com/graphql', scope: 'notes:read' },
    ...{ grantId: 'opaque', iat: now, exp: now + 60, extra: { auth_time: 1, login_id: 'l' }, jti: token },
  }

  it('is stored with the claims that a JWT would have, and without its value', async () => {
    await adapter('AccessToken').upsert(token, payload, 60)
    const item = await store.table().get(modelKey('AccessToken', digestOf(token)))
    expect(item?.claims).toEqual({
      ...{ iss: store.issuer, sub: 'alice', client_id: 'assistant', aud: payload.aud, scope: 'notes:read' },
      ...{ iat: payload.iat, exp: payload.exp, jti: digestOf(token), auth_time: 1, login_id: 'l' },
    })
    expect(JSON.stringify(item)).not.toContain(token)
    expect(await adapter('AccessToken').find(token)).toMatchObject({ accountId: 'alice', jti: token })
  })

  it('says to which key it is bound', async () => {
    await adapter('AccessToken').upsert('K'.repeat(43), { ...payload, jkt: 'k' }, 60)
    const item = await store.table().get(modelKey('AccessToken', digestOf('K'.repeat(43))))
    expect(item?.claims).toMatchObject({ cnf: { jkt: 'k' } })
  })

  it('ends with its grant', async () => {
    await adapter('AccessToken').upsert(token, payload, 60)
    await removeMembers(access.table(), { grant: digestOf('opaque'), model: 'AccessToken' }, now)
    expect(await adapter('AccessToken').find(token)).toBeUndefined()
  })

  it.each(['', 'a.b.c', 'T'.repeat(44), 'T'.repeat(42)])('of another form needs no read: %s', async (text) => {
    const table = () => ({ ...store.table(), get: () => Promise.reject(new Error('read')) })
    expect(await modelAdapter('AccessToken', { ...store, table }).find(text)).toBeUndefined()
  })
})

describe('a table out of reach', () => {
  it('is 503, and never a refusal', async () => {
    const lost = createTable({ name: 'access', region: 'eu-west-1', endpoint: 'http://127.0.0.1:9' })
    const short = {
      table: () => lost.until({ at: Date.now() + 50, clock: Date.now }),
      clock: Date.now,
      issuer: store.issuer,
    }
    const expected = { statusCode: 503, error: 'temporarily_unavailable', expose: true }
    await expect(modelAdapter('RefreshToken', short).consume('a')).rejects.toMatchObject(expected)
    await expect(onceBy(short)('robot', 'a', now)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})
