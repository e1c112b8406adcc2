import { AppError } from '@fieldnotes/core/error'
import { type Revocation, revocationStoredSeconds } from '@fieldnotes/core/revocation'
import { describe, expect, it } from 'vitest'
import { readRevocations, writeRevocation } from '../src/revocations.ts'
import { createTable, type OpenTable } from '../src/table.ts'
import type { Write } from '../src/writes.ts'
import { accessTables } from './kit/access-tables.ts'

const now = 1_800_000_000
const person = 'p'.repeat(27)
const at = now - 60

const entries: readonly Revocation[] = [
  { kind: 'person', personId: person, at },
  { kind: 'login', loginId: '9d5f4c1e-0000-4000-8000-000000000001' },
  { kind: 'token', issuer: 'cognito', tokenId: 't-1' },
  { kind: 'app', personId: person, clientId: 'web', at },
  { kind: 'client', issuer: 'cognito', clientId: 'robot', at },
  { kind: 'key', thumbprint: 'k'.repeat(43) },
]

const newTable = accessTables()

function write(table: OpenTable, revocation: Revocation, seconds = now): Promise<void> {
  return writeRevocation(table, revocation, seconds * 1000)
}

async function outcomeOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'done',
    (error) => (error instanceof AppError ? error.code : String(error)),
  )
}

describe('a revocation', () => {
  it.each(entries)('is read as it was written: $kind', async (entry) => {
    const table = await newTable()
    await write(table, entry)
    expect(await readRevocations(table, now - 3900)).toEqual([entry])
  })

  it('is read by one consistent query, which costs one unit for each 4 kB', async () => {
    const table = await newTable()
    for (const entry of entries) await write(table, entry)
    const { requests, units } = { ...table.used }
    expect(await readRevocations(table, now - 3900)).toHaveLength(entries.length)
    expect(table.used).toEqual({ requests: requests + 1, units: units + 1 })
  })

  it('costs two units to write, and expires when no token can be alive that it refuses', async () => {
    const table = await newTable()
    await write(table, { kind: 'login', loginId: 'l' })
    expect(table.used.units).toBe(2)
    const key = { pk: 'REVOKED', sk: `${now}#login#l` }
    expect(await table.get(key)).toEqual({ ...key, expiresAt: now + revocationStoredSeconds })
  })

  it('is in the window from the second in which it was written', async () => {
    const table = await newTable()
    await write(table, { kind: 'login', loginId: 'l' })
    expect(await readRevocations(table, now)).toHaveLength(1)
    expect(await readRevocations(table, now + 1)).toHaveLength(0)
    expect(await readRevocations(table, -5)).toHaveLength(1)
  })

  it('of a writer whose clock is ahead or behind is read', async () => {
    const table = await newTable()
    await write(table, { kind: 'login', loginId: 'ahead' }, now + 3600)
    await write(table, { kind: 'login', loginId: 'behind' }, now - 200)
    expect(await readRevocations(table, now - 3900)).toHaveLength(2)
  })

  it('that is repeated in the same second is stored once', async () => {
    const table = await newTable()
    await Promise.all(Array.from({ length: 5 }, () => write(table, { kind: 'person', personId: person, at })))
    expect(await readRevocations(table, 0)).toEqual([{ kind: 'person', personId: person, at }])
  })

  it('of a later instant replaces an earlier one of the same second, and never the other way round', async () => {
    const table = await newTable()
    await write(table, { kind: 'person', personId: person, at: 7 })
    await write(table, { kind: 'person', personId: person, at })
    await write(table, { kind: 'person', personId: person, at: 9 })
    expect(await readRevocations(table, 0)).toEqual([{ kind: 'person', personId: person, at }])
  })

  it.each<readonly [string, Revocation]>([
    ['a person without the form of an id', { kind: 'person', personId: 'alice', at }],
    ['an instant to come', { kind: 'person', personId: person, at: now + 1 }],
    ['a part of a second', { kind: 'person', personId: person, at: now - 0.5 }],
    ['an instant before the epoch', { kind: 'person', personId: person, at: -1 }],
    ['no instant', { kind: 'person', personId: person, at: Number.NaN }],
    ['a login of 129 characters', { kind: 'login', loginId: 'l'.repeat(129) }],
    ['a login with #', { kind: 'login', loginId: 'a#b' }],
    ['a login with a line end', { kind: 'login', loginId: 'a\n' }],
    ['a login that is not ASCII', { kind: 'login', loginId: 'é' }],
    ['an issuer without the form of a name', { kind: 'token', issuer: 'Cognito', tokenId: 't' }],
    ['an issuer with #', { kind: 'client', issuer: 'a#b', clientId: 'c', at }],
    ['a client with white space', { kind: 'app', personId: person, clientId: 'a b', at }],
    ['a thumbprint of another length', { kind: 'key', thumbprint: 'k'.repeat(42) }],
  ])('of %s is refused: no reader could read it', async (_what, entry) => {
    const table = await newTable()
    expect(await outcomeOf(write(table, entry))).toBe('BAD_USER_INPUT')
    expect(await readRevocations(table, 0)).toEqual([])
  })
})

describe('a list', () => {
  it.each([
    ['a kind that this version does not know', `${now}#group#staff`, {}],
    ['no kind', `${now}#`, {}],
    ['a person without instant', `${now}#person#${person}`, {}],
    ['a person with a text as instant', `${now}#person#${person}`, { at: String(at) }],
    ['a login with an instant', `${now}#login#l`, { at }],
    ['a token without id', `${now}#token#cognito`, {}],
    ['the name of a method as kind', `${now}#constructor#l`, {}],
  ])('with an entry of %s is UNAVAILABLE, instead of a list without it', async (_what, sk, more) => {
    const table = await newTable()
    await write(table, { kind: 'login', loginId: 'l' }, now - 1)
    await table.write({ put: { pk: 'REVOKED', sk, ...more }, when: [[['absent', 'sk']]] })
    expect(await outcomeOf(readRevocations(table, 0))).toBe('UNAVAILABLE')
  })

  it('above 1 MB is UNAVAILABLE, and just below it is read', async () => {
    const table = await newTable()
    const put = (index: number): Write => {
      const sk = `${now}#token#${'i'.repeat(32)}#${String(index).padEnd(128, '-')}`
      return { put: { pk: 'REVOKED', sk, expiresAt: now }, when: [[['absent', 'sk']]] }
    }
    const add = async (from: number, to: number) => {
      for (let start = from; start < to; start += 100)
        await table.transact(Array.from({ length: 100 }, (_, index) => put(start + index)))
    }
    await add(0, 5000)
    expect(await readRevocations(table, 0)).toHaveLength(5000)
    await add(5000, 6000)
    expect(await outcomeOf(readRevocations(table, 0))).toBe('UNAVAILABLE')
  })

  it('out of reach is UNAVAILABLE', async () => {
    const table = createTable({ name: 'absent', region: 'eu-west-1', endpoint: 'http://127.0.0.1:9' })
    expect(await outcomeOf(readRevocations(table.until({ at: Date.now() + 500, clock: Date.now }), 0))).toBe(
      'UNAVAILABLE',
    )
  })
})
