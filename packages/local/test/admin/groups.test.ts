/** The operators' command for policies of groups, beside a running cloud with governed groups. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { groupPolicyKey } from '@fieldnotes/table/access-keys'
import { listGroupPolicies } from '@fieldnotes/table/group-policies'
import { createTable, type OpenTable } from '@fieldnotes/table/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cloud, startCloud } from '../../src/cloud.ts'
import { type Ended, runCommand } from '../run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
let cloud: Cloud
let access: OpenTable

beforeAll(async () => {
  const settings = { port: 0, folder, ephemeral: true, endpoint: undefined, region: 'eu-west-1', log: () => {} }
  cloud = await startCloud({ ...settings, groups: 'governed', createHandler: () => async () => ({ statusCode: 200 }) })
  access = createTable(cloud.access)
})
afterAll(async () => {
  await cloud.stop()
  rmSync(folder, { recursive: true, force: true })
})

function groups(...words: string[]): Promise<Ended> {
  return runCommand('admin/admin.ts', ['groups', ...words, '--data', folder])
}

async function done(...words: string[]): Promise<string> {
  const { status, out, err } = await groups(...words)
  expect([status, err]).toEqual([0, ''])
  return out
}

describe('npm run admin -- groups', { timeout: 90_000 }, () => {
  it('prints first which cells of the matrix change, and writes only with --yes', async () => {
    const words = ['set', 'staff', '--allow', 'notes:read notes:share', '--deny', 'notes:trash']
    const dry = await done(...words)
    expect(dry).toContain('cognito:staff: no policy → allows notes:read notes:share, denies notes:trash')
    expect(dry).toContain('scopes of a person in this group alone: none → notes:read notes:share')
    expect(dry).toContain('  Query.notes, in the group: no → yes\n')
    expect(dry).toContain('  Note.title, in the group: no → if mine or shared as editor or shared as viewer\n')
    expect(dry).toContain('  Mutation.unshareNote, in the group: no → yes\n')
    expect(dry).not.toMatch(/Mutation.createNote, in the group|signed request/)
    expect(dry).toContain('Dry run: nothing is written. Add --yes.')
    expect(await listGroupPolicies(access)).toEqual([])

    const written = await done(...words, '--yes')
    expect(written.replace(/Written\..*\n$/, '')).toBe(dry.replace(/Dry run.*\n$/, ''))
    expect(written).toContain('In force everywhere within 30 seconds')
    expect(await done('list')).toMatch(/^cognito:staff: allows notes:read notes:share, denies notes:trash \(written /)
    expect(await done('show', 'staff')).toContain('a person in this group alone has at most: notes:read notes:share\n')
    expect(await done('show', 'others')).toContain('cognito:others: no policy\n')
  })

  it('prints one JSON object for programs, and removes a policy', async () => {
    await done('set', 'editors', '--allow', 'notes:write', '--yes')
    const result = JSON.parse(await done('delete', 'editors', '--json', '--yes'))
    expect(result).toMatchObject({
      target: 'laptop',
      mode: 'governed',
      written: true,
      group: 'cognito:editors',
      before: { policy: { allow: ['notes:write'], deny: [] }, scopes: ['notes:write'] },
      after: { policy: null, scopes: [] },
    })
    const cell = { type: 'Mutation', field: 'createNote', caller: 'in the group', direction: 'narrower' }
    expect(result.changes).toContainEqual({ ...cell, before: 'yes', after: 'no' })
    expect((await listGroupPolicies(access)).map(({ policy }) => policy.group)).not.toContain('cognito:editors')
    expect(JSON.parse(await done('list', '--json')).policies).toEqual(expect.any(Array))
  })

  it('shows a broken policy, whatever its group is called, and replaces it', async () => {
    const key = groupPolicyKey('cognito:odd\u001b[2J')
    await access.write({ put: { ...key, allow: 1 }, when: [[['absent', 'sk']]] })
    await access.write({ put: { ...groupPolicyKey('cognito:odd'), deny: 1 }, when: [[['absent', 'sk']]] })
    const list = await done('list')
    expect(list).toContain('cognito:odd: broken, denies everything')
    expect(list).not.toContain('\u001b')
    expect(await done('set', 'odd', '--allow', 'notes:read', '--yes')).toContain('broken, denies everything → allows')
    await access.write({ remove: key, when: [[['exists', 'sk']]] })
  })

  it('ends with status 2 for an issuer that is not trusted, and for wrong words', async () => {
    const { status, err } = await groups('show', 'staff', '--issuer', 'okta')
    expect([status, err]).toEqual([2, expect.stringContaining('--issuer on laptop takes cognito or firebase.')])
    expect((await groups('show')).status).toBe(2)
  })

  it('ends with status 1 where there is nothing to remove', async () => {
    const { status, err } = await groups('delete', 'absent', '--yes')
    expect([status, err]).toEqual([1, expect.stringContaining('cognito:absent has no policy')])
  })
})
