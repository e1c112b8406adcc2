import { AppError } from '@fieldnotes/core/error'
import type { GroupPolicy } from '@fieldnotes/core/group-policy'
import { describe, expect, it } from 'vitest'
import { listGroupPolicies, readGroupPolicies, removeGroupPolicy, writeGroupPolicy } from '../src/group-policies.ts'
import { createTable, type OpenTable } from '../src/table.ts'
import { accessTables } from './kit/access-tables.ts'

const now = 1_800_000_000_000
const staff: GroupPolicy = { group: 'cognito:staff', allow: ['notes:read'], deny: [] }

const newTable = accessTables()

async function outcomeOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'done',
    (error) => (error instanceof AppError ? error.code : String(error)),
  )
}

async function written(table: OpenTable, ...policies: GroupPolicy[]): Promise<void> {
  for (const policy of policies) await writeGroupPolicy(table, policy, { stored: undefined, now })
}

/** An item that no command wrote. */
async function byHand(table: OpenTable, sk: string, members: object): Promise<void> {
  await table.write({ put: { pk: 'GROUPS', sk, ...members }, when: [[['absent', 'sk']]] })
}

describe('the policies of groups', () => {
  it('are read whole, whatever the names of the groups are', async () => {
    const table = await newTable()
    const names = ['cognito:staff', 'cognito:a:b', 'cognito:#', `z-9:${'\u{1F600}'.repeat(128)}`, 'a:ü']
    await written(table, ...names.map((group) => ({ ...staff, group })))
    expect((await readGroupPolicies(table)).map(({ group }) => group).sort()).toEqual([...names].sort())
  })

  it('are none in an empty table, and not the other items of it', async () => {
    const table = await newTable()
    await table.write({ put: { pk: 'CLIENT#staff', sk: 'CLIENT' }, when: [[['absent', 'sk']]] })
    expect(await readGroupPolicies(table)).toEqual([])
  })

  it('are replaced, and removed, where they are still what was read', async () => {
    const table = await newTable()
    await written(table, staff)
    const [stored] = await listGroupPolicies(table)
    await writeGroupPolicy(table, { ...staff, deny: ['notes:write'] }, { stored, now })
    const [replaced] = await listGroupPolicies(table)
    expect(replaced).toEqual({
      policy: { ...staff, deny: ['notes:write'] },
      writtenAt: '2027-01-15T08:00:00.001Z',
    })
    if (replaced) await removeGroupPolicy(table, replaced)
    expect(await readGroupPolicies(table)).toEqual([])
  })

  it('are not overwritten where another operator was faster: one of 20 gets through', async () => {
    const table = await newTable()
    await written(table, staff)
    const [stored] = await listGroupPolicies(table)
    const attempts = Array.from({ length: 20 }, (_, index) =>
      outcomeOf(writeGroupPolicy(table, { ...staff, allow: [`notes:${index}`] }, { stored, now })),
    )
    expect((await Promise.all(attempts)).toSorted().slice(-2)).toEqual(['CONFLICT', 'done'])
    if (stored) expect(await outcomeOf(removeGroupPolicy(table, stored))).toBe('CONFLICT')
    expect(await outcomeOf(writeGroupPolicy(table, staff, { stored: undefined, now }))).toBe('CONFLICT')
  })

  it.each<readonly [string, Partial<GroupPolicy>]>([
    ['a group without an issuer', { group: 'staff' }],
    ['a group of an issuer with capitals', { group: 'Cognito:staff' }],
    ['a group without a name', { group: 'cognito:' }],
    ['a group with a line end', { group: 'cognito:a\nb' }],
    ['a group of 129 characters', { group: `cognito:${'g'.repeat(129)}` }],
    ['a scope with white space', { allow: ['notes read'] }],
    ['a scope twice', { deny: ['notes:read', 'notes:read'] }],
    ['21 scopes', { allow: Array.from({ length: 21 }, (_, index) => `s${index}`) }],
  ])('with %s are refused: nothing is written', async (_what, members) => {
    const table = await newTable()
    expect(await outcomeOf(writeGroupPolicy(table, { ...staff, ...members }, { stored: undefined, now }))).toBe(
      'BAD_USER_INPUT',
    )
    expect(await readGroupPolicies(table)).toEqual([])
  })
})

describe('an item', () => {
  const whole = { allow: ['notes:read'], deny: [], writtenAt: '2027-01-15T08:00:00.000Z' }

  it('of the form of a policy is one, also when it was written by hand', async () => {
    const table = await newTable()
    await byHand(table, staff.group, whole)
    expect(await readGroupPolicies(table)).toEqual([staff])
  })

  it.each([
    ['without a list of denials', { deny: undefined }],
    ['with a text as allowed scopes', { allow: 'notes:read' }],
    ['with a set in place of a list', { allow: new Set(['notes:read']) }],
    ['with an attribute that this version does not know', { expiresAt: 1 }],
    ['without the instant of its write', { writtenAt: undefined }],
    ['with another instant', { writtenAt: 'yesterday' }],
  ])('%s is a broken policy of its group, and leaves the others readable', async (_what, members) => {
    const table = await newTable()
    await written(table, { ...staff, group: 'cognito:editors' })
    const item = Object.fromEntries(Object.entries({ ...whole, ...members }).filter(([, value]) => value !== undefined))
    await byHand(table, staff.group, item)
    expect(await readGroupPolicies(table)).toEqual([
      { ...staff, group: 'cognito:editors' },
      { group: staff.group, isBroken: true },
    ])
    const [, stored] = await listGroupPolicies(table)
    expect(await outcomeOf(writeGroupPolicy(table, staff, { stored, now }))).toBe('done')
    expect(await readGroupPolicies(table)).toContainEqual(staff)
  })
})

describe('a list', () => {
  it('above 1 MB is UNAVAILABLE, instead of a list without a part', async () => {
    const table = await newTable()
    const fill = 'x'.repeat(300_000)
    for (const name of ['a', 'b', 'c', 'd']) await byHand(table, `cognito:${name}`, { fill })
    expect(await outcomeOf(readGroupPolicies(table))).toBe('UNAVAILABLE')
  })

  it('out of reach is UNAVAILABLE', async () => {
    const table = createTable({ name: 'absent', region: 'eu-west-1', endpoint: 'http://127.0.0.1:9' })
    expect(await outcomeOf(readGroupPolicies(table.until({ at: Date.now() + 500, clock: Date.now })))).toBe(
      'UNAVAILABLE',
    )
  })
})
