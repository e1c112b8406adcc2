/** The operators' command as a process, beside a running cloud. */

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readRevocations } from '@fieldnotes/table/revocations'
import { createTable, type Table } from '@fieldnotes/table/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cloud, startCloud } from '../../src/cloud.ts'
import { runningIssuers } from '../../src/issuers/issuers-file.ts'
import { idOfPerson } from '../../src/person-names.ts'
import { type Ended, runCommand } from '../run-command.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
let cloud: Cloud
let access: Table

beforeAll(async () => {
  const settings = { port: 0, folder, ephemeral: true, endpoint: undefined, region: 'eu-west-1', log: () => {} }
  cloud = await startCloud({ ...settings, createHandler: () => async () => ({ statusCode: 200 }) })
  access = createTable(cloud.access)
})

afterAll(async () => {
  await cloud.stop()
  rmSync(folder, { recursive: true, force: true })
})

function admin(...words: string[]): Promise<Ended> {
  return runCommand('admin/admin.ts', words)
}

function revoke(...words: string[]): Promise<Ended> {
  return admin('revoke', ...words, '--data', folder)
}

function idOf(issuer: string, person: string): string | undefined {
  return idOfPerson(runningIssuers(folder) ?? [], issuer, person)
}

async function stored(): Promise<number> {
  return (await readRevocations(access, 0)).length
}

describe('npm run admin', { timeout: 60_000 }, () => {
  it('prints a page of help, and one for revoke', async () => {
    expect(await admin('--help')).toMatchObject({ status: 0, out: expect.stringContaining('revoke'), err: '' })
    const { status, out, err } = await admin('revoke', '--help')
    expect([status, err]).toEqual([0, ''])
    for (const word of ['person', 'login', 'token', 'app', 'client', 'key', '--yes', '--json', '--stage', '--at'])
      expect(out).toContain(word)
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([])
  })

  it.each([
    ['no command', [], /Say a command: revoke/],
    ['an unknown command', ['grant'], /Say a command: revoke/],
    ['the name of a method', ['toString'], /Say a command: revoke/],
    ['an unknown flag', ['revoke', 'login', 'x', '--force'], /--force/],
    ['a flag without value', ['revoke', 'login', 'x', '--at'], /--at/],
    ['an odd stage', ['revoke', 'login', 'x', '--stage', 'a b'], /--stage takes/],
    ['a name on a stage', ['revoke', 'person', 'alice', '--stage', 'alice'], /PERSON is the id/],
  ])('ends with status 2 for %s, before anything is reached', async (_what, words, message) => {
    const { status, out, err } = await admin(...words)
    expect([status, out]).toEqual([2, ''])
    expect(err).toMatch(message)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('ends with status 1 where no cloud runs', async () => {
    const { status, err } = await admin('revoke', 'person', 'alice', '--data', temporaryFolder())
    expect([status, err]).toEqual([1, expect.stringContaining('No cloud uses')])
  })
})

describe('npm run admin -- revoke', { timeout: 60_000 }, () => {
  it('writes nothing without --yes', async () => {
    const before = await stored()
    const { status, out } = await revoke('person', 'alice')
    expect([status, out]).toEqual([0, expect.stringContaining('Dry run: nothing is written.')])
    expect(out).toContain(`${idOf('cognito', 'alice')} (alice of cognito)`)
    expect(await stored()).toBe(before)
  })

  it('prints with --json what it wrote', async () => {
    const { status, out, err } = await revoke('person', 'bob', '--issuer', 'firebase', '--yes', '--json')
    expect([status, err]).toEqual([0, ''])
    const { revocation, ...rest } = JSON.parse(out)
    expect(rest).toEqual({
      stage: 'laptop',
      table: cloud.access.name,
      written: true,
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    })
    expect(revocation).toEqual({ kind: 'person', personId: idOf('firebase', 'bob'), at: expect.any(Number) })
    expect(await readRevocations(access, 0)).toContainEqual(revocation)
  })

  it('takes the id of a person as logs show it, and our own issuer’s names as those of the user pool', async () => {
    const id = String(idOf('cognito', 'carol'))
    expect((await revoke('person', id, '--json')).out).toContain(`"personId":"${id}"`)
    expect((await revoke('person', 'carol', '--issuer', 'fieldnotes', '--json')).out).toContain(`"personId":"${id}"`)
  })

  it.each([
    [['person', 'Alice'], /PERSON is an id/],
    [['person', 'alice', '--issuer', 'elsewhere'], /--issuer of a person takes cognito or firebase or fieldnotes/],
    [['app', 'alice', 'web', '--at', '2999-01-01T00:00:00Z'], /has passed/],
  ])('ends with status 2 for %j', async (words, message) => {
    const before = await stored()
    const { status, err } = await revoke(...words, '--yes')
    expect(status).toBe(2)
    expect(err).toMatch(message)
    expect(await stored()).toBe(before)
  })
})

/** A database whose clock differs from this machine's: it gives no answer to a write. */
async function clockServer(secondsAhead: number) {
  const writes: string[] = []
  const server = createServer((request, response) => {
    if (request.method === 'POST') writes.push(String(request.headers['x-amz-target']))
    const date = new Date(Date.now() + secondsAhead * 1000).toUTCString()
    response.writeHead(request.method === 'POST' ? 400 : 200, { date }).end('{}')
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    writes,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

describe('the clock of an operator', { timeout: 60_000 }, () => {
  const links = {
    SST_RESOURCE_App: JSON.stringify({ name: 'fieldnotes', stage: 'alice' }),
    SST_RESOURCE_Notes: JSON.stringify({ accessTableName: 'access-of-alice', region: 'eu-west-1' }),
  }

  it.each([
    [60, 'behind'],
    [-60, 'ahead'],
  ])('is compared with the database: %i seconds stop the command before the write', async (seconds, word) => {
    await using database = await clockServer(seconds)
    const environment = { ...links, AWS_ENDPOINT_URL_DYNAMODB: database.endpoint }
    const words = ['revoke', 'login', 'x', '--stage', 'alice', '--yes']
    const { status, err } = await runCommand('admin/admin.ts', words, environment)
    expect([status, err]).toEqual([1, expect.stringMatching(new RegExp(`clock is (59|60|61) seconds ${word}`))])
    expect(database.writes).toEqual([])
  })

  it('that agrees lets the command write', async () => {
    await using database = await clockServer(0)
    const environment = { ...links, AWS_ENDPOINT_URL_DYNAMODB: database.endpoint }
    await runCommand('admin/admin.ts', ['revoke', 'login', 'x', '--stage', 'alice', '--yes'], environment)
    expect(database.writes).toContain('DynamoDB_20120810.PutItem')
  })
})

describe('inside of sst shell', { timeout: 60_000 }, () => {
  const words = ['revoke', 'login', 'x', '--stage', 'alice']
  const app = (stage: string) => ({ SST_RESOURCE_App: JSON.stringify({ name: 'fieldnotes', stage }) })
  const notes = (link: object) => ({ SST_RESOURCE_Notes: JSON.stringify(link) })

  it.each([
    ['links of another stage', { ...app('bob'), ...notes({ accessTableName: 'a', region: 'r' }) }, /links of bob/],
    ['no second table', { ...app('alice'), ...notes({ tableName: 'a', region: 'eu-west-1' }) }, /no table Access/],
    ['links that are no JSON', { ...app('alice'), SST_RESOURCE_Notes: '{' }, /no table Access/],
  ])('ends with status 1 for %s', async (_what, environment, message) => {
    const { status, err } = await runCommand('admin/admin.ts', words, environment)
    expect(status).toBe(1)
    expect(err).toMatch(message)
  })
})
