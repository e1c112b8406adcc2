/** The operators' command as a process, beside a running cloud. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sessionKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { readRevocations } from '@fieldnotes/table/revocations'
import { entryItem } from '@fieldnotes/table/session-entries'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { createTable, type Table } from '@fieldnotes/table/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cloud, startCloud } from '../../src/cloud.ts'
import { addedIssuers } from '../../src/issuers/added-issuers.ts'
import { runningIssuers } from '../../src/issuers/issuers-file.ts'
import { idOfPerson } from '../../src/person-names.ts'
import { type Ended, runCommand } from '../run-command.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const keycloak = {
  name: 'keycloak',
  issuer: 'https://id.example.com/realms/notes',
  jwksUri: 'https://id.example.com/realms/notes/certs',
  audience: 'notes',
  clientIds: ['web'],
}

const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
let cloud: Cloud
let access: Table

beforeAll(async () => {
  const issuers = addedIssuers(undefined, JSON.stringify([keycloak]))
  const settings = {
    port: 0,
    folder,
    ephemeral: true,
    endpoint: undefined,
    region: 'eu-west-1',
    log: () => {},
    issuers,
  }
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

/** Stores a browser session of a person that began then, in seconds since the epoch. */
async function newSession(personId: string, firstSeen: number): Promise<void> {
  const id = digestOf(`cookie ${Math.random()}`)
  const ends = { idleEnd: firstSeen + 3600, absoluteEnd: firstSeen + 7200 }
  const source = { issuer: 'firebase', subject: 'a subject' }
  const times = { signedInAt: firstSeen, firstSeen, lastSeen: firstSeen, source, ...ends }
  const session = { id, loginId: 'login', userAgent: '', ...times }
  const when = [[['absent', 'pk']]] as const
  await access.transact([
    { put: { ...sessionKey(id), personId, version: 1 }, when },
    { put: entryItem(personId, session), when },
  ])
}

describe('revoke person', { timeout: 60_000 }, () => {
  it('ends the browser sessions that began until the instant, and no others', async () => {
    const [frank, grace] = [idOf('cognito', 'frank') ?? '', idOf('cognito', 'grace') ?? '']
    const now = Math.floor(Date.now() / 1000)
    for (const [person, at] of [
      [frank, now - 100],
      [frank, now - 90],
      [frank, now - 10],
      [grace, now - 100],
    ] as const)
      await newSession(person, at)
    const store = createSessionStore(access, Date.now)
    const left = async () => [(await store.list(frank)).length, (await store.list(grace)).length]
    expect((await revoke('person', 'frank')).out).not.toContain('Browser sessions')
    expect(await left()).toEqual([3, 1])
    const until = new Date((now - 50) * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
    const { status, out } = await revoke('person', 'frank', '--at', until, '--yes')
    expect([status, out]).toEqual([0, expect.stringContaining('Browser sessions ended: 2.')])
    expect(out).not.toContain('refresh tokens')
    expect(await left()).toEqual([1, 1])
    const again = await revoke('person', 'frank', '--yes', '--json')
    expect(JSON.parse(again.out)).toMatchObject({ written: true, sessionsEnded: 1, informs: 'firebase' })
    expect(await left()).toEqual([0, 1])
    expect((await revoke('person', 'frank', '--yes')).out).toContain('If no earlier run has named an issuer')
  })
})

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
    ['an instant of a sign-in', ['revoke', 'login', 'x', '--at', '2026-11-26T17:30:00Z'], /--at does not go/],
    ['an issuer of a sign-in', ['revoke', 'login', 'x', '--issuer', 'cognito'], /--issuer does not go/],
    [
      'an issuer of a person’s id on a stage',
      ['revoke', 'person', 'A'.repeat(27), '--issuer', 'cognito', '--stage', 'alice'],
      /--issuer goes with the name/,
    ],
    ['a data folder of a stage', ['revoke', 'login', 'x', '--stage', 'alice', '--data', 'x'], /--data does not go/],
    ['two stages', ['revoke', 'login', 'x', '--stage', 'alice', '--stage', 'bob'], /--stage takes one value/],
    ['two instants', ['revoke', 'client', 'x', '--at=a', '--issuer', 'b', '--at=c'], /--at takes one value/],
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
      sessionsEnded: 0,
      // Nothing is stored of where this person signs in.
      informs: null,
    })
    expect(revocation).toEqual({ kind: 'person', personId: idOf('firebase', 'bob'), at: expect.any(Number) })
    expect(await readRevocations(access, 0)).toContainEqual(revocation)
  })

  it('takes the id of a person as logs show it, and our own issuer’s names as those of the user pool', async () => {
    const id = String(idOf('cognito', 'carol'))
    expect((await revoke('person', id, '--json')).out).toContain(`"personId":"${id}"`)
    expect((await revoke('person', 'carol', '--issuer', 'fieldnotes', '--json')).out).toContain(`"personId":"${id}"`)
    // One of 64 ids begins with a dash.
    const dashed = `-${'A'.repeat(26)}`
    expect((await revoke('person', dashed, '--json')).out).toContain(`"personId":"${dashed}"`)
    expect((await revoke('app', dashed, 'web', '--json')).out).toContain(`"personId":"${dashed}","clientId":"web"`)
  })

  it.each([
    [['person', 'Alice'], /PERSON is an id/],
    [['person', `${'A'.repeat(26)}B`], /PERSON is an id/],
    [['person', 'alice', '--issuer', 'elsewhere'], /--issuer of a person takes cognito or firebase or fieldnotes/],
    [['person', 'A'.repeat(27), '--issuer', 'cognito'], /--issuer goes with the name/],
    [['token', 'x', '--issuer', 'cognitoo'], /--issuer on laptop takes cognito, firebase, fieldnotes, or keycloak\./],
    [['client', 'x', '--issuer', 'constructor'], /--issuer on laptop takes cognito/],
    [['app', 'alice', 'web', '--at', '2999-01-01T00:00:00Z'], /has passed/],
  ])('ends with status 2 for %j', async (words, message) => {
    const before = await stored()
    const { status, err } = await revoke(...words, '--yes')
    expect(status).toBe(2)
    expect(err).toMatch(message)
    expect(await stored()).toBe(before)
  })

  it.each(['cognito', 'firebase', 'fieldnotes', 'keycloak'])(
    'takes a token of %s, which the cloud trusts',
    async (name) => {
      const { status, out } = await revoke('token', `t-of-${name}`, '--issuer', name, '--yes')
      expect([status, out]).toEqual([0, expect.stringContaining('Written.')])
      expect(await readRevocations(access, 0)).toContainEqual({ kind: 'token', issuer: name, tokenId: `t-of-${name}` })
    },
  )
})
