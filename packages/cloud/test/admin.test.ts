/** The operators' command on a stage: SST's own `shell`, with the state of a deployment that reached no cloud. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readClient } from '@fieldnotes/issuer/stored-clients'
import { createTableIfMissing } from '@fieldnotes/table/create-table'
import { digestOf } from '@fieldnotes/table/digest'
import { readRevocations } from '@fieldnotes/table/revocations'
import { createTable } from '@fieldnotes/table/table'
import { type Engine, startEngine } from '@fieldnotes/table/test/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changedCopy } from '../src/copy.ts'
import { root } from '../src/paths.ts'
import { setSecrets } from '../src/required-secrets.ts'
import { type Ended, offlineSst, type Sst } from '../src/sst.ts'

const stage = ['--stage', 'production']
const program = new URL('../../local/src/admin/admin.ts', import.meta.url).pathname
const person = 'A'.repeat(27)

const copy = changedCopy([])
let engine: Engine
let sst: Sst

beforeAll(async () => {
  engine = await startEngine()
  const env = { FIELDNOTES_ORIGINS: 'https://notes.example.com', AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint }
  sst = await offlineSst({ root: copy.root, env })
  await setSecrets(sst, ...stage)
  await sst.run('deploy', ...stage)
})

afterAll(async () => {
  sst.close()
  copy.remove()
  await engine.stop()
})

function admin(...words: string[]): Promise<Ended> {
  return sst.exec(process.execPath, program, ...words)
}

/** The result of a dry run, which names the stage's own table. */
async function planned(): Promise<{ readonly table: string; readonly stage: string; readonly written: boolean }> {
  const { status, output } = await admin('revoke', 'person', person, ...stage, '--json')
  expect([status, output]).toEqual([0, expect.stringMatching(/^\{.*\}\n$/)])
  return JSON.parse(output)
}

describe('admin clients --stage, as docs/operate-issuer.md prints it,', () => {
  const page = readFileSync(join(root, 'docs/operate-issuer.md'), 'utf8')
  const [, block = ''] = /## Clients of third parties\n.*?```sh\n(.*?)```/s.exec(page) ?? []
  const lines = block.trim().split('\n')

  /** Types the line that has this word. */
  async function type(word: string) {
    const line = lines.find((each) => each.includes(` ${word} `)) ?? ''
    const words = line.replace('npm run -s admin -- ', '').split(' ')
    const { status, output } = await admin(...words, '--json')
    expect([line, status, output]).toEqual([line, 0, expect.stringMatching(/^\{.*\}\n$/)])
    return JSON.parse(output)
  }

  /** Digests of the client's secrets, as the issuer reads them. */
  async function stored() {
    const { table: name } = await planned()
    const table = createTable({ name, region: 'eu-west-1', endpoint: engine.endpoint })
    return (await readClient(table, 'acme'))?.credentials.secretDigests
  }

  it('adds, lists, rotates and disables a client in the table of the stage', async () => {
    const { table: name } = await planned()
    await createTableIfMissing({ name, region: 'eu-west-1', endpoint: engine.endpoint }, 'access')
    const [first, listed, second] = [await type('add'), await type('list'), await type('rotate')]
    expect(listed.clients).toMatchObject([{ id: 'acme' }])
    expect(await stored()).toEqual([second, first].map(({ secret }) => digestOf(secret)))
    await type('--finish')
    expect(await stored()).toEqual([digestOf(second.secret)])
    await type('disable')
    expect(await stored()).toBeUndefined()
    expect(lines).toHaveLength(5)
  })

  it('writes nothing without --yes', async () => {
    const { status } = await admin('clients', 'add', 'other', ...stage, '--json')
    expect(status).toBe(0)
    expect((await type('list')).clients.map(({ id }: { id: string }) => id)).not.toContain('other')
  })
})

describe('admin revoke --stage', () => {
  it('finds the table Access of the stage by its links, and writes nothing in a dry run', async () => {
    expect(await planned()).toMatchObject({
      stage: 'production',
      written: false,
      table: expect.stringMatching(/^fieldnotes-production-AccessTable-/),
    })
  })

  it('writes an entry that the function reads', async () => {
    const { table: name } = await planned()
    const config = { name, region: 'eu-west-1', endpoint: engine.endpoint }
    await createTableIfMissing(config, 'access')
    const { status, output } = await admin('revoke', 'person', person, ...stage, '--yes')
    expect([status, output]).toEqual([0, expect.stringContaining('Written.')])
    const found = await readRevocations(createTable(config), 0)
    // Beside it there is that of the client which was disabled above.
    const ofPeople = found.filter(({ kind }) => kind !== 'client')
    expect(ofPeople).toEqual([{ kind: 'person', personId: person, at: expect.any(Number) }])
  })

  it('refuses wrong words before it reaches the stage', async () => {
    expect(await admin('revoke', 'person', 'alice', ...stage)).toMatchObject({
      status: 2,
      output: expect.stringContaining('PERSON is the id of a person'),
    })
  })

  it('fails when the table gives no answer, and says what to do', async () => {
    const absent = { FIELDNOTES_ORIGINS: 'https://notes.example.com', AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' }
    const env = { ...absent, SST_RESOURCE_App: '{"name":"fieldnotes","stage":"production"}' }
    const notes = JSON.stringify({ accessTableName: 'absent', region: 'eu-west-1' })
    const elsewhere = await offlineSst({ root: copy.root, env: { ...env, SST_RESOURCE_Notes: notes } })
    const { status, output } = await elsewhere.exec(
      process.execPath,
      program,
      'revoke',
      'login',
      'x',
      ...stage,
      '--yes',
    )
    elsewhere.close()
    expect([status, output]).toEqual([1, expect.stringContaining('run the command again')])
  })

  it('fails for a stage that was never deployed', async () => {
    const { status, output } = await admin('revoke', 'person', person, '--stage', 'nowhere')
    expect([status, output]).toEqual([1, expect.stringContaining('A stage must be deployed first.')])
  })
})
