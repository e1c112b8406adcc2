/** What ends that can be refreshed, long after the list of revocations has forgotten it. */
import type { Revocation } from '@fieldnotes/core/revocation'
import { describe, expect, it } from 'vitest'
import { hasEnded, lastingEnd, type Refreshable, refreshableSecondsMax } from '../src/lasting-ends.ts'
import { readRevocations, writeRevocation } from '../src/revocations.ts'
import { writeSignOut } from '../src/sign-outs.ts'
import type { OpenTable } from '../src/table.ts'
import { accessTables } from './kit/access-tables.ts'

const at = 1_800_000_000
const [alice, bob] = ['a'.repeat(27), 'b'.repeat(27)] as const
const hers: Refreshable = {
  ...{ personId: alice, loginId: 'login-1', issuer: 'fieldnotes', clientId: 'terminal' },
  authTime: at,
}

const newTable = accessTables()

const revocations: readonly (readonly [Revocation, Partial<Refreshable>])[] = [
  [{ kind: 'person', personId: alice, at }, { personId: bob }],
  [{ kind: 'person', personId: alice, at }, { authTime: at + 1 }],
  [{ kind: 'login', loginId: 'login-1' }, { loginId: 'login-2' }],
  [{ kind: 'app', personId: alice, clientId: 'terminal', at }, { clientId: 'session' }],
  [{ kind: 'client', issuer: 'fieldnotes', clientId: 'terminal', at }, { issuer: 'cognito' }],
]

describe('a revocation', () => {
  it.each(revocations)('ends %o, and not %o', async (revocation, other) => {
    const table = await newTable()
    expect(await hasEnded(table, hers)).toBe(false)
    await writeRevocation(table, revocation, (at + 5) * 1000)
    expect(await hasEnded(table, hers)).toBe(true)
    expect(await hasEnded(table, { ...hers, ...other })).toBe(false)
  })

  it.each([
    { kind: 'token', issuer: 'fieldnotes', tokenId: 't' },
    { kind: 'key', thumbprint: 'k'.repeat(43) },
  ] as const)('of one $kind has no lasting end', (revocation) => {
    expect(lastingEnd(revocation, at)).toBeUndefined()
  })

  it('keeps the later instant of two', async () => {
    const table = await newTable()
    for (const until of [at, at - 100])
      await writeRevocation(table, { kind: 'person', personId: alice, at: until }, at * 1000)
    expect(await hasEnded(table, hers)).toBe(true)
  })

  it('that a crash cut in two is not on the list without its lasting end', async () => {
    const table = await newTable()
    let writes = 0
    const crashing: Pick<OpenTable, 'write'> = {
      write: async (write) => {
        writes += 1
        if (writes === 2) throw new Error('crashed')
        await table.write(write)
      },
    }
    const revoked = writeRevocation(crashing, { kind: 'login', loginId: 'login-1' }, at * 1000)
    await expect(revoked).rejects.toThrow('crashed')
    expect([await hasEnded(table, hers), await readRevocations(table, at - 60)]).toEqual([true, []])
  })

  it('is stored for longer than anything is refreshed', () => {
    const item = lastingEnd({ kind: 'login', loginId: 'l' }, at)
    expect(Number(item?.expiresAt)).toBeGreaterThan(at + refreshableSecondsMax)
  })
})

describe('a sign-out', () => {
  it.each([undefined, 'login-1'])('of the sign-in %s ends what is refreshed from it', async (loginId) => {
    const table = await newTable()
    await writeSignOut(table, { personId: alice, loginId, issuer: 'cognito', subject: 's' }, at * 1000)
    expect([await hasEnded(table, hers), await hasEnded(table, { ...hers, personId: bob, loginId: 'other' })]).toEqual([
      true,
      false,
    ])
  })
})
