/**
 * Opaque access tokens of third parties at the endpoint. The tokens are stored as the issuer stores them; the flow that
 * issues them is in `third-parties/`.
 */
import { randomBytes } from 'node:crypto'
import { modelKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { storeOpaqueToken } from '@fieldnotes/table/test/opaque-tokens'
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { seconds } from '../support/next-second.ts'
import type { Instance, TokenOptions } from './instances.ts'
import { accepted, closed, newPerson, refused, startRevoking } from './revoking.ts'

const { revoke, warmInstances, world } = startRevoking()

type Claims = Exclude<TokenOptions['claims'], undefined>

/** The claims of a token of the issuer for an app of a third party. */
async function claimsOf(person: string, changes: Claims = {}) {
  const all = { client_id: 'assistant', scope: 'notes:read', login_id: `login-${Math.random()}`, ...changes }
  const claims = decodeJwt(await world().tokenOf(person, { issuer: 'fieldnotes', claims: all }))
  return { ...claims, exp: Number(claims.exp) }
}

async function opaqueOf(person: string, changes: Claims = {}): Promise<string> {
  return storeOpaqueToken(world().access, await claimsOf(person, changes))
}

function invented(): string {
  return randomBytes(32).toString('base64url')
}

async function reads(instance: Instance, act: () => Promise<unknown>): Promise<number> {
  const count = () => instance.line.commands().filter((command) => command === 'GetItem').length
  const before = count()
  await act()
  return count() - before
}

describe('an opaque token', () => {
  it('gives its person, by an app of a third party, with the scopes of the token alone', async () => {
    const instance = await world().newInstance()
    const person = newPerson()
    const token = await opaqueOf(person)
    const own = await world().tokenOf(person, { issuer: 'fieldnotes' })
    const me = '{ me { id } }'
    expect((await instance.ask(token, me)).body).toEqual((await instance.ask(own, me)).body)
    const write = 'mutation { createNote(input: { title: "x" }) { note { id } } }'
    expect(await instance.send(token, write)).toBe('200 FORBIDDEN')
    expect(await instance.send(await opaqueOf(person, { scope: 'notes:write' }), write)).toBe(accepted)
  })

  it.each([
    ['of another resource', { aud: 'https://exporter.test' }],
    ['of an unknown issuer', { iss: 'https://issuer.test' }],
    ['of the user pool', { iss: 'http://127.0.0.1/cognito/eu-west-1_Local0001' }],
    ['that has expired', { exp: 1_700_000_000, iat: 1_699_999_900 }],
    ['that is not valid yet', { iat: 4_000_000_000, exp: 4_000_000_300 }],
    ['that is bound to a key', { cnf: { jkt: 'k'.repeat(43) } }],
    ['without a client', { client_id: '' }],
    ['whose person is no id', { sub: 'alice' }],
    ['without a sign-in', { login_id: '' }],
  ])('is 401 with claims %s', async (_what, changes) => {
    const { call } = await world().newInstance()
    expect(await call(await opaqueOf(newPerson(), changes))).toBe(refused)
    expect(await call(await opaqueOf(newPerson()))).toBe(accepted)
  })

  it('of one person never gives another', async () => {
    const instance = await world().newInstance()
    const people = [newPerson(), newPerson()]
    const tokens = await Promise.all(people.map((person) => opaqueOf(person)))
    const idOf = async (token: string) => (await instance.ask(token, '{ me { id } }')).body.data.me.id
    const ids = await Promise.all([...tokens, ...tokens].map(idOf))
    expect(ids[0]).not.toBe(ids[1])
    expect(ids.slice(2)).toEqual(ids.slice(0, 2))
  })

  it('is 401 by its digest, by a part of it, and once its issuer has ended it, 5 seconds later at most', async () => {
    const [instance] = await warmInstances()
    const token = await opaqueOf(newPerson())
    expect(await instance.call(token)).toBe(accepted)
    for (const text of [digestOf(token), token.slice(0, 42), `${token}A`, token.toUpperCase()])
      expect(await instance.call(text)).toBe(refused)
    await world().access.write({ remove: modelKey('AccessToken', digestOf(token)), when: [[['exists', 'pk']]] })
    instance.wait(5)
    expect(await instance.call(token)).toBe(refused)
  })

  it('is 401 for every warm instance when its grant is revoked, and another grant of the app goes on', async () => {
    const person = newPerson()
    const [token, twin] = [await opaqueOf(person, { login_id: 'grant-x' }), await opaqueOf(person)]
    const instances = await warmInstances(token, twin)
    await revoke('login', 'grant-x')
    for (const { wait } of instances) wait(5)
    for (const { call } of instances) expect([await call(token), await call(twin)]).toEqual([refused, accepted])
  })

  it('is 401 when its person has signed out everywhere', async () => {
    const person = newPerson()
    const token = await opaqueOf(person)
    const [instance] = await warmInstances(token)
    const own = await world().tokenOf(person, { issuer: 'fieldnotes', signedInAt: seconds() - 1 })
    expect(await instance.send(own, 'mutation { signOut(input: { everywhere: true }) { everywhere } }')).toBe(accepted)
    instance.wait(5)
    expect(await instance.call(token)).toBe(refused)
  })

  it('is 503, and never 401, while the table can not be read', async () => {
    const token = await opaqueOf(newPerson())
    const instance = await world().newInstance()
    instance.line.set('cut')
    expect([await instance.call(token), await instance.call(invented())]).toEqual([closed, closed])
    expect(await instance.call()).toBe(accepted)
    instance.line.set('open')
    instance.wait(1)
    expect([await instance.call(token), await instance.call(invented())]).toEqual([accepted, refused])
  })
})

describe('the reads of opaque tokens', () => {
  it('are one in 5 seconds for a token, whether or not it exists, and none for a JWT', async () => {
    const instance = await world().newInstance()
    const [token, jwt] = [await opaqueOf(newPerson()), await world().tokenOf(newPerson())]
    const unknown = invented()
    await instance.call(jwt)
    const each = (text: string) =>
      reads(instance, () => Promise.all(Array.from({ length: 20 }, () => instance.call(text))))
    expect([await each(token), await each(unknown), await each(jwt)]).toEqual([1, 1, 0])
    instance.wait(5)
    expect([await each(token), await each(unknown)]).toEqual([1, 1])
  })

  it('are one for each of 200 invented tokens, none of which makes a valid one forgotten', async () => {
    const instance = await world().newInstance()
    const token = await opaqueOf(newPerson())
    await instance.call(token)
    // At once: what is known of a valid token is used for 5 seconds.
    const flood = async () => {
      const answers = await Promise.all(Array.from({ length: 200 }, () => instance.call(invented())))
      expect(new Set(answers)).toEqual(new Set([refused]))
    }
    expect(await reads(instance, flood)).toBe(200)
    expect(await reads(instance, () => instance.call(token))).toBe(0)
  })

  it.each(['x'.repeat(42), 'x'.repeat(44), 'x'.repeat(600), '+'.repeat(43), 'a.b.c', '~'.repeat(43), 'x='])(
    'are none for a text of another form: %s',
    async (text) => {
      const instance = await world().newInstance()
      expect(await reads(instance, () => instance.call(text))).toBe(0)
      expect(await instance.call(text)).toBe(refused)
    },
  )
})
