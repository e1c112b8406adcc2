/** Revoked credentials are refused by every warm instance, whatever it remembers. */
import { writeRevocation } from '@fieldnotes/table/revocations'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Instance, startWorld, type World } from './instances.ts'

const accepted = '200'
const refused = '401 UNAUTHENTICATED'
const closed = '503 UNAVAILABLE'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

/** A person of this test alone, as words of the command and with a token. */
let serial = 0
function newPerson(): string {
  serial += 1
  return `person${serial}`
}

function seconds(): number {
  return Math.floor(Date.now() / 1000)
}

async function revoke(...words: string[]): Promise<void> {
  const { status, err } = await world.admin('revoke', ...words, '--yes')
  expect([status, err]).toEqual([0, ''])
}

/** Two instances that have used, and so remember, each of the tokens. */
async function warmInstances(...tokens: string[]): Promise<readonly [Instance, Instance]> {
  const instances = [await world.newInstance(), await world.newInstance()] as const
  for (const { call } of instances)
    for (const token of tokens) expect([await call(token), await call(token)]).toEqual([accepted, accepted])
  return instances
}

async function outcomes(instances: readonly Instance[], token?: string): Promise<readonly string[]> {
  return Promise.all(instances.map(({ call }) => call(token)))
}

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
    const token = await world.tokenOf(person, { claims })
    const twinToken =
      'person' in twin ? await world.tokenOf(newPerson()) : await world.tokenOf(person, { claims: twin.claims })
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
    const { call } = await world.newInstance()
    expect(await call(await world.tokenOf(person))).toBe(refused)
    expect(await call(await world.tokenOf(newPerson()))).toBe(accepted)
  })

  it('is refused for a whole client, and another client goes on', async () => {
    const own = (client_id: string) => world.tokenOf(newPerson(), { issuer: 'fieldnotes', claims: { client_id } })
    const [token, twin] = [await own('portal'), await own('terminal')]
    const instances = await warmInstances(token, twin)
    await revoke('client', 'portal', '--issuer', 'fieldnotes')
    for (const { wait } of instances) wait(5)
    expect(await outcomes(instances, token)).toEqual([refused, refused])
    expect(await outcomes(instances, twin)).toEqual([accepted, accepted])
  })

  it('is refused at every issuer that names the same person', async () => {
    const person = newPerson()
    const tokens = [await world.tokenOf(person), await world.tokenOf(person, { issuer: 'fieldnotes' })]
    const other = await world.tokenOf(person, { issuer: 'firebase' })
    const [instance] = await warmInstances(...tokens, other)
    await revoke('person', person)
    instance.wait(5)
    for (const token of tokens) expect(await instance.call(token)).toBe(refused)
    expect(await instance.call(other)).toBe(accepted)
  })

  it('is refused in another text with the same id', async () => {
    const person = newPerson()
    const own = (jti: string, iat: number) => world.tokenOf(person, { issuer: 'fieldnotes', claims: { jti, iat } })
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
    const instances = await warmInstances(await world.tokenOf(person))
    await revoke('person', person)
    for (const { wait } of instances) wait(5)
    const refreshed = await world.tokenOf(person, { claims: { iat: seconds(), jti: 'refreshed' } })
    const signedIn = await world.tokenOf(person, { signedInAt: seconds() + 1, claims: { iat: seconds() + 1 } })
    expect(await outcomes(instances, refreshed)).toEqual([refused, refused])
    expect(await outcomes(instances, signedIn)).toEqual([accepted, accepted])
  })

  it('a sign-in in that same second is refused', async () => {
    const person = newPerson()
    const at = seconds() - 10
    await revoke('person', person, '--at', new Date(at * 1000).toISOString().replace('.000Z', 'Z'))
    const { call } = await world.newInstance()
    expect(await call(await world.tokenOf(person, { signedInAt: at }))).toBe(refused)
    expect(await call(await world.tokenOf(person, { signedInAt: at + 1 }))).toBe(accepted)
  })

  it('a second run loses nothing', async () => {
    const person = newPerson()
    await revoke('person', person)
    await revoke('person', person)
    await revoke('person', person, '--at', '2026-01-01T00:00:00Z')
    const { call } = await world.newInstance()
    expect(await call(await world.tokenOf(person))).toBe(refused)
  })

  it('a dry run has changed nothing', async () => {
    const person = newPerson()
    const token = await world.tokenOf(person)
    const [instance] = await warmInstances(token)
    const { status, out } = await world.admin('revoke', 'person', person)
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
    const token = await world.tokenOf(person, { claims: { jti: `late-${person}` } })
    const revocation = { kind: 'token', issuer: 'cognito', tokenId: `late-${person}` } as const
    await writeRevocation(world.access, revocation, Date.now() + writer * 1000)
    const instance = await world.newInstance()
    instance.wait(reader)
    expect(await instance.call(token)).toBe(refused)
    const { exp = 0 } = decodeJwt(token)
    instance.wait(exp - seconds() - reader - 5)
    expect(await instance.call(token)).toBe(refused)
    expect(await instance.call(await world.tokenOf(person))).toBe(accepted)
  })
})

describe('with the table Access out of reach', () => {
  it.each(['cut', 'silent'] as const)(
    'every request with a token is 503, anonymous goes on, and nothing is lost (%s)',
    async (line) => {
      const person = newPerson()
      const [token, twin] = [await world.tokenOf(person), await world.tokenOf(newPerson())]
      const instances = await warmInstances(token, twin)
      await revoke('person', person)
      for (const instance of instances) {
        instance.line.set(line)
        instance.wait(5)
      }
      expect(await outcomes(instances, token)).toEqual([closed, closed])
      expect(await outcomes(instances, twin)).toEqual([closed, closed])
      expect(await outcomes(instances, await world.tokenOf(person))).toEqual([closed, closed])
      expect(await outcomes(instances)).toEqual([accepted, accepted])
      expect(await outcomes(instances, 'not-a-token')).toEqual([refused, refused])
      for (const instance of instances) {
        instance.line.set('open')
        instance.wait(1)
      }
      expect(await outcomes(instances, token)).toEqual([refused, refused])
      expect(await outcomes(instances, twin)).toEqual([accepted, accepted])
    },
  )

  it('a cold instance is closed too', async () => {
    const { call, line } = await world.newInstance()
    line.set('cut')
    expect(await call(await world.tokenOf(newPerson()))).toBe(closed)
    expect(await call()).toBe(accepted)
  })
})

describe('a list that can not be judged', () => {
  it('with an unreadable entry is 503 for every token, and not for anonymous', async () => {
    const token = await world.tokenOf(newPerson())
    const [instance] = await warmInstances(token)
    const key = { pk: 'REVOKED', sk: `${seconds()}#group#staff` }
    await world.access.write({ put: key, when: [[['absent', 'sk']]] })
    instance.wait(5)
    expect([await instance.call(token), await instance.call()]).toEqual([closed, accepted])
    await world.access.write({ remove: key, when: [[['exists', 'sk']]] })
    instance.wait(1)
    expect(await instance.call(token)).toBe(accepted)
  })

  it('above 1 MB is 503 for every token, and not for anonymous', async () => {
    const token = await world.tokenOf(newPerson())
    const [instance] = await warmInstances(token)
    const keys = Array.from({ length: 6000 }, (_, index) => ({
      pk: 'REVOKED',
      sk: `${seconds()}#token#${'i'.repeat(32)}#${String(index).padEnd(128, '-')}`,
    }))
    const chunks = Array.from({ length: 60 }, (_, index) => keys.slice(index * 100, index * 100 + 100))
    for (const chunk of chunks)
      await world.access.transact(chunk.map((key) => ({ put: key, when: [[['absent', 'sk']]] })))
    instance.wait(5)
    expect([await instance.call(token), await instance.call()]).toEqual([closed, accepted])
    for (const chunk of chunks)
      await world.access.transact(chunk.map((key) => ({ remove: key, when: [[['exists', 'sk']]] })))
    instance.wait(1)
    expect(await instance.call(token)).toBe(accepted)
  })
})

describe('the cost of the list', () => {
  it('is one query for 200 requests at once, and no query while the copy is fresh', async () => {
    const token = await world.tokenOf(newPerson())
    const [instance] = await warmInstances(token)
    expect(instance.line.queries()).toBe(1)
    instance.wait(5)
    const found = await Promise.all(Array.from({ length: 200 }, () => instance.call(token)))
    expect(new Set(found)).toEqual(new Set([accepted]))
    expect(instance.line.queries()).toBe(2)
  })

  it('is one query in 5 seconds: 12 in a minute of 10 requests a second', async () => {
    const token = await world.tokenOf(newPerson())
    const { call, wait, line } = await world.newInstance()
    for (let i = 0; i < 600; i += 1) {
      expect(await call(token)).toBe(accepted)
      wait(0.1)
    }
    expect(line.queries()).toBeLessThanOrEqual(13)
    expect(line.queries()).toBeGreaterThanOrEqual(12)
  })

  it('is nothing for anonymous requests and for bad tokens', async () => {
    const { call, line } = await world.newInstance()
    const expired = await world.tokenOf(newPerson(), { claims: { exp: seconds() - 1 } })
    for (let i = 0; i < 20; i += 1) expect([await call(), await call(expired)]).toEqual([accepted, refused])
    expect(line.queries()).toBe(0)
  })
})
