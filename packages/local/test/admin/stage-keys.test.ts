/** The operators' commands for API keys and policies of groups inside of `sst shell`, on the table of a stage. */
import { parseApiKey } from '@fieldnotes/api/api-key'
import { readApplication } from '@fieldnotes/api/stored-applications'
import { listGroupPolicies } from '@fieldnotes/table/group-policies'
import { createTable, type OpenTable } from '@fieldnotes/table/table'
import { type Engine, startEngine } from '@fieldnotes/table/test/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, runCommand } from '../run-command.ts'

let engine: Engine
let access: OpenTable
let environment: Readonly<Record<string, string>>
beforeAll(async () => {
  engine = await startEngine()
  const config = await engine.newTable('access')
  access = createTable(config)
  const link = { accessTableName: config.name, region: config.region, groups: 'governed' }
  environment = {
    ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_SESSION_TOKEN: '' },
    SST_RESOURCE_App: JSON.stringify({ name: 'fieldnotes', stage: 'alice' }),
    SST_RESOURCE_Notes: JSON.stringify(link),
    AWS_ENDPOINT_URL_DYNAMODB: String(config.endpoint),
  }
})
afterAll(() => engine.stop())

function admin(...words: readonly string[]): Promise<Ended> {
  return runCommand('admin/admin.ts', [...words, '--stage', 'alice', '--json'], environment)
}

async function done(...words: readonly string[]) {
  const { status, out, err } = await admin(...words)
  expect([status, err]).toEqual([0, ''])
  return JSON.parse(out)
}

describe('on a stage', { timeout: 60_000 }, () => {
  it('keys gives an application a key of that stage, lists it and ends it', async () => {
    const added = await done('keys', 'add', 'partner', '--client', 'cognito:partner', '--yes')
    expect(added).toMatchObject({ target: 'alice', written: true, id: 'partner', stage: 'alice' })
    const key = parseApiKey(added.apiKey)
    expect(key).toMatchObject({ stage: 'alice', application: 'partner' })
    const stored = await readApplication(access, 'partner')
    expect(stored).toMatchObject({ stage: 'alice', keys: [{ digest: key?.digest }] })
    expect((await done('keys', 'list')).applications).toMatchObject([{ id: 'partner', clients: ['cognito:partner'] }])
    await done('keys', 'end', 'partner', '--yes')
    expect((await readApplication(access, 'partner'))?.keys).toEqual([])
  })

  it('keys and groups refuse an issuer that the stage does not trust, and write nothing', async () => {
    for (const words of [
      ['keys', 'add', 'other', '--client', 'acme:app', '--yes'],
      ['groups', 'set', 'staff', '--issuer', 'firebase', '--allow', 'notes:read', '--yes'],
    ])
      expect(await admin(...words)).toMatchObject({ status: 2, err: expect.stringContaining('on alice takes cognito') })
    expect([await readApplication(access, 'other'), await listGroupPolicies(access)]).toEqual([undefined, []])
  })

  it('groups writes a policy, and says what it changes where that stage governs its groups', async () => {
    const set = await done('groups', 'set', 'staff', '--allow', 'notes:read', '--yes')
    expect(set).toMatchObject({ target: 'alice', mode: 'governed', written: true, before: { scopes: [] } })
    const [stored] = await listGroupPolicies(access)
    expect(stored?.policy).toEqual({ group: 'cognito:staff', allow: ['notes:read'], deny: [] })
    expect((await done('groups', 'list')).policies).toHaveLength(1)
  })
})
