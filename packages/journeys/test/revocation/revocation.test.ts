/** Revoked credentials are refused by every warm instance, whatever it remembers. */
import { writeRevocation } from '@fieldnotes/table/revocations'
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { seconds } from '../support/next-second.ts'
import { accepted, newPerson, outcomes, refused, startRevoking } from './revoking.ts'

const { revoke, warmInstances, world } = startRevoking()

/** What is revoked → its words for the command, the claims of the refused token, and those of a twin that goes on. */
const rows = [
  {
    what: 'a person',
    words: (person: string) => ['person', person],
    twin: { person: true },
  },
  {
    what: 'an app of a person',
    words: (person: string) => ['app', person, 'localclient0001'],
    twin: { person: true },
  },
  {
    what: 'a login',
    words: () => ['login', 'login-x'],
    claims: { origin_jti: 'login-x' },
    twin: { claims: { origin_jti: 'login-y' } },
  },
  {
    what: 'a token',
    words: () => ['token', 'token-x', '--issuer', 'cognito'],
    claims: { jti: 'token-x' },
    twin: { claims: { jti: 'token-y' } },
  },
] as const

describe('a credential revoked by the command', () => {
  it.each(rows)('is refused by two warm instances that remember it: $what', async ({ words, twin, ...row }) => {
    const person = newPerson()
    const claims = 'claims' in row ? row.claims : {}
    const token = await world().tokenOf(person, { claims })
    const twinToken =
      'person' in twin ? await world().tokenOf(newPerson()) : await world().tokenOf(person, { claims: twin.claims })
    const instances = await warmInstances(token, twinToken)
    await revoke(...words(person))
    for (const { wait } of instances) wait(5)
    expect(await outcomes(instances, token)).toEqual([refused, refused])
    expect(await outcomes(instances, twinToken)).toEqual([accepted, accepted])
    expect(await outcomes(instances)).toEqual([accepted, accepted])
  })

  it('is refused by an instance that never saw it', async () => {
    const person = newPerson()
    await revoke('person', person)
    const { call } = await world().newInstance()
    expect(await call(await world().tokenOf(person))).toBe(refused)
    expect(await call(await world().tokenOf(newPerson()))).toBe(accepted)
  })

  it('is refused for a whole client, and another client goes on', async () => {
    const own = (client_id: string) => world().tokenOf(newPerson(), { issuer: 'fieldnotes', claims: { client_id } })
    const [token, twin] = [await own('portal'), await own('terminal')]
    const instances = await warmInstances(token, twin)
    await revoke('client', 'portal', '--issuer', 'fieldnotes')
    for (const { wait } of instances) wait(5)
    expect(await outcomes(instances, token)).toEqual([refused, refused])
    expect(await outcomes(instances, twin)).toEqual([accepted, accepted])
  })

  it('is refused at every issuer that names the same person', async () => {
    const person = newPerson()
    const tokens = [await world().tokenOf(person), await world().tokenOf(person, { issuer: 'fieldnotes' })]
    const other = await world().tokenOf(person, { issuer: 'firebase' })
    const [instance] = await warmInstances(...tokens, other)
    await revoke('person', person)
    instance.wait(5)
    for (const token of tokens) expect(await instance.call(token)).toBe(refused)
    expect(await instance.call(other)).toBe(accepted)
  })

  it('is refused in another text with the same id', async () => {
    const person = newPerson()
    const own = (jti: string, iat: number) => world().tokenOf(person, { issuer: 'fieldnotes', claims: { jti, iat } })
    const texts = [await own('same', seconds() - 3), await own('same', seconds() - 2)]
    expect(new Set(texts).size).toBe(2)
    const [instance] = await warmInstances(...texts)
    await revoke('token', 'same', '--issuer', 'fieldnotes')
    instance.wait(5)
    for (const text of texts) expect(await instance.call(text)).toBe(refused)
    expect(await instance.call(await own('other', seconds() - 3))).toBe(accepted)
  })
})

describe('after a person is revoked', () => {
  it('a refreshed token of the same sign-in is refused, and a new sign-in is accepted', async () => {
    const person = newPerson()
    const instances = await warmInstances(await world().tokenOf(person))
    await revoke('person', person)
    for (const { wait } of instances) wait(5)
    const refreshed = await world().tokenOf(person, { claims: { iat: seconds(), jti: 'refreshed' } })
    const signedIn = await world().tokenOf(person, { signedInAt: seconds() + 1, claims: { iat: seconds() + 1 } })
    expect(await outcomes(instances, refreshed)).toEqual([refused, refused])
    expect(await outcomes(instances, signedIn)).toEqual([accepted, accepted])
  })

  it('a sign-in in that same second is refused', async () => {
    const person = newPerson()
    const at = seconds() - 10
    await revoke('person', person, '--at', new Date(at * 1000).toISOString().replace('.000Z', 'Z'))
    const { call } = await world().newInstance()
    expect(await call(await world().tokenOf(person, { signedInAt: at }))).toBe(refused)
    expect(await call(await world().tokenOf(person, { signedInAt: at + 1 }))).toBe(accepted)
  })

  it('a second run loses nothing', async () => {
    const person = newPerson()
    await revoke('person', person)
    await revoke('person', person)
    await revoke('person', person, '--at', '2026-01-01T00:00:00Z')
    const { call } = await world().newInstance()
    expect(await call(await world().tokenOf(person))).toBe(refused)
  })

  it('a dry run has changed nothing', async () => {
    const person = newPerson()
    const token = await world().tokenOf(person)
    const [instance] = await warmInstances(token)
    const { status, out } = await world().admin('revoke', 'person', person)
    instance.wait(5)
    expect(status).toBe(0)
    expect(out).toContain('Dry run')
    expect(await instance.call(token)).toBe(accepted)
  })
})

describe('clocks', () => {
  /**
   * An entry of a writer whose clock is behind, and an instance whose clock is ahead, for the last second of a token.
   */
  it.each([
    ['a writer 200 s behind', -200, 0],
    ['a writer 200 s ahead', 200, 0],
    ['an instance 200 s ahead', 0, 200],
    ['a writer 100 s behind and an instance 100 s ahead', -100, 100],
  ])('may differ: %s refuses a token until it expires', async (_what, writer, reader) => {
    const person = newPerson()
    const token = await world().tokenOf(person, { claims: { jti: `late-${person}` } })
    const revocation = { kind: 'token', issuer: 'cognito', tokenId: `late-${person}` } as const
    await writeRevocation(world().access, revocation, Date.now() + writer * 1000)
    const instance = await world().newInstance()
    instance.wait(reader)
    expect(await instance.call(token)).toBe(refused)
    const { exp = 0 } = decodeJwt(token)
    instance.wait(exp - seconds() - reader - 5)
    expect(await instance.call(token)).toBe(refused)
    expect(await instance.call(await world().tokenOf(person))).toBe(accepted)
  })
})
