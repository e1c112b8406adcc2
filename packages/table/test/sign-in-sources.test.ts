/** Where a person has signed in: kept until the last of their grants has ended. */
import { beforeAll, describe, expect, it } from 'vitest'
import { personSourceKey } from '../src/access-keys.ts'
import { keepSource, readSource } from '../src/sign-in-sources.ts'
import type { OpenTable } from '../src/table.ts'
import { accessTables } from './kit/access-tables.ts'

const person = 'p'.repeat(27)
const source = { issuer: 'cognito', subject: 'sub-1' }

const newTable = accessTables()
let table: OpenTable
beforeAll(async () => {
  table = await newTable()
})

describe('the source of a person', () => {
  it('is found, and of no other person', async () => {
    await keepSource(table, person, source, 1000)
    expect(await readSource(table, person)).toEqual(source)
    expect(await readSource(table, 'q'.repeat(27))).toBeUndefined()
  })

  it.each([
    ['a later', 1001, 1001],
    ['the same', 1001, 1001],
    ['an earlier', 999, 1001],
  ])('has the latest end of their grants: after one of %s end', async (_which, end, expiresAt) => {
    await keepSource(table, person, source, end)
    expect(await table.get(personSourceKey(person))).toMatchObject({ ...source, expiresAt })
  })

  it.each([{ issuer: 1 }, { subject: null }])('is UNAVAILABLE in another form: %j', async (change) => {
    await table.write({ put: { ...personSourceKey('r'.repeat(27)), ...source, ...change } })
    await expect(readSource(table, 'r'.repeat(27))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('that can not be kept rejects', async () => {
    const cut = { write: () => Promise.reject(new Error('out of reach')) }
    await expect(keepSource(cut, person, source, 1000)).rejects.toThrow('out of reach')
  })
})
