/** The operators' command for API keys, beside a running cloud: what it adds is accepted, and what it ends is not. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseApiKey } from '@fieldnotes/api/api-key'
import { readApplication } from '@fieldnotes/api/stored-applications'
import { createTable, type Table } from '@fieldnotes/table/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keys as runKeys } from '../../src/admin/keys.ts'
import { type Cloud, startCloud } from '../../src/cloud.ts'
import { CommandFailed, UsageError } from '../../src/usage-error.ts'
import { runCommand } from '../run-command.ts'

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

function keys(...words: string[]) {
  return runCommand('admin/admin.ts', ['keys', ...words, '--data', folder, '--json'])
}

async function done(...words: string[]) {
  const { status, out, err } = await keys(...words, '--yes')
  expect([status, err]).toEqual([0, ''])
  return JSON.parse(out)
}

/** Names of the stored keys of an application. */
async function stored(id: string) {
  return (await readApplication(access, id))?.keys.map(({ digest }) => digest)
}

const add = ['add', 'partner', '--client', 'fieldnotes:partner', '--burst', '50']

describe('npm run admin -- keys', { timeout: 90_000 }, () => {
  it('adds, rotates, limits, lists and ends keys, and stores no key', async () => {
    expect(JSON.parse((await keys(...add)).out)).toMatchObject({ written: false, id: 'partner' })
    expect(await readApplication(access, 'partner')).toBeUndefined()
    const { apiKey: first } = await done(...add, '--days', '30')
    const { apiKey: second } = await done('rotate', 'partner')
    const digests = [second, first].map((key) => parseApiKey(key)?.digest)
    expect(await stored('partner')).toEqual(digests)
    expect((await keys('rotate', 'partner', '--yes')).err).toContain('2 keys are valid')

    await done('set', 'partner', '--rate', '7', '--client', 'fieldnotes:partner', '--client', 'cognito:app')
    const [row] = JSON.parse((await keys('list', '--after', 'limited')).out).applications
    expect(row).toEqual({
      id: 'partner',
      stage: 'local',
      clients: ['fieldnotes:partner', 'cognito:app'],
      limits: { burst: 50, perSecond: 7 },
      keys: digests.map((digest) => ({
        key: digest?.slice(0, 8),
        createdAt: expect.any(Number),
        endsAt: expect.any(Number),
      })),
    })

    await done('end', 'partner', `--key=${row.keys[1].key}`)
    expect(await stored('partner')).toEqual(digests.slice(0, 1))
    await done('end', 'partner')
    expect(await stored('partner')).toEqual([])
    expect(JSON.parse((await keys('delete', 'partner')).out)).toMatchObject({ written: false, deletes: true })
    await done('set', 'partner', '--defaults')
    expect(await readApplication(access, 'partner')).not.toHaveProperty('limits', expect.anything())
    await done('delete', 'partner')
    expect(await readApplication(access, 'partner')).toBeUndefined()
    expect(JSON.parse((await keys('list', '--after', 'limited')).out).applications).toEqual([])
  })

  it('lists the application of the laptop, whose key is in clients.json', async () => {
    const [row] = JSON.parse((await keys('list')).out).applications
    expect(row).toMatchObject({ id: 'limited', clients: ['fieldnotes:limited'], limits: { burst: 20, perSecond: 10 } })
  })

  it.each([
    ['no action', [], 2, /Say list, add, rotate, end, delete, set/],
    ['an action of another name', ['toString'], 2, /Say /],
    ['no application', ['add'], 2, /add takes one APPLICATION/],
    ['an application that is listed', ['list', 'x'], 2, /list takes no APPLICATION/],
    ['an id with other characters', ['add', 'Part-ner', '--client', 'a:b'], 2, /lower-case letters and digits/],
    ['no client', ['add', 'x'], 2, /the clients are not 1 to 20/],
    ['a client without its issuer', ['add', 'x', '--client', 'robot'], 2, /issuer:client_id/],
    [
      'a client of an issuer that the laptop does not have',
      ['add', 'x', '--client', 'cognitoo:b'],
      2,
      /--client on laptop takes/,
    ],
    ['the same in a change', ['set', 'limited', '--client', 'cognitoo:b'], 2, /--client on laptop takes/],
    ['a client of Firebase', ['add', 'x', '--client', 'firebase:b'], 2, /its tokens name no client/],
    ['the same in a change of clients', ['set', 'limited', '--client', 'firebase:b'], 2, /its tokens name no client/],
    ['a client twice', ['add', 'x', '--client', 'cognito:b', '--client', 'cognito:b'], 2, /each once/],
    ['a burst of nothing', ['add', 'x', '--client', 'a:b', '--burst', '0'], 2, /--burst takes a whole number/],
    ['a rate with a fraction', ['add', 'x', '--client', 'a:b', '--rate', '1.5'], 2, /--rate takes a whole number/],
    ['a key that lasts for centuries', ['add', 'x', '--client', 'a:b', '--days', '99999'], 2, /--days takes/],
    ['a key that begins with a dash', ['end', 'limited', '--key', '-aaaaaaa'], 2, /--key' .*write a value as --flag=/],
    ['an application whose id would begin with one', ['end', '-aaaaaaa'], 1, /no such application/],
    ['the same as it has to be written', ['end', 'limited', '--key=-aaaaaaa', '--yes'], 1, /no such key/],
    ['a flag without effect', ['end', 'x', '--burst', '5'], 2, /--burst does not go with end/],
    ['nothing to set', ['set', 'x'], 2, /Say a --client/],
    ['a limit beside the defaults', ['set', 'x', '--defaults', '--rate', '5'], 2, /--defaults does not go/],
    ['an application that does not exist', ['end', 'ghost', '--yes'], 1, /no such application/],
    ['the same in a dry run', ['rotate', 'ghost'], 1, /no such application/],
    ['a dry run of a deletion', ['delete', 'ghost'], 1, /no such application/],
    ['a dry run for a key that does not exist', ['end', 'limited', '--key', 'aaaaaaaa'], 1, /no such key/],
    ['a dry run for a client of the wrong form', ['set', 'limited', '--client', 'cognito:é'], 1, /the clients are not/],
    ['a key that does not exist', ['end', 'limited', '--key', 'aaaaaaaa', '--yes'], 1, /no such key/],
    ['an id that is taken', ['add', 'limited', '--client', 'cognito:b', '--yes'], 1, /the id is taken/],
    ['that in a dry run', ['add', 'limited', '--client', 'cognito:b'], 1, /the id is taken/],
  ])('refuses %s', async (_name, words, status, message) => {
    const refused = await runKeys([...words, '--data', folder]).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(status === 2 ? UsageError : CommandFailed)
    expect(refused).toMatchObject({ message: expect.stringMatching(message) })
  })
})
