/** The start command as a process: its output when it can't start. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { listen } from '../src/listen.ts'
import { runCommand } from './run-command.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** One line, with lines below it where it lists faults. */
const usageError = /^fieldnotes: [^\n]+\n( {2}[^\n]+\n)*$/

async function refused(words: string[], environment = {}): Promise<string> {
  const { status, out, err } = await runCommand('start.ts', words, { PORT: '0', ...environment })
  expect(status).toBe(1)
  expect(out).toBe('')
  expect(err).toMatch(usageError)
  return err
}

describe('start', () => {
  it('explains itself', async () => {
    const { status, out } = await runCommand('start.ts', ['--help'])
    expect(status).toBe(0)
    for (const word of ['--ephemeral', '--issuers', 'PORT', 'DYNAMODB_ENDPOINT', 'FIELDNOTES_ISSUERS'])
      expect(out).toContain(word)
  })

  it.each([
    [['--frobnicate'], /Unknown option '--frobnicate'.*npm start -- --help/],
    [['--ephemeral=yes'], /--ephemeral.* does not take an argument/],
    [['stray'], /Unexpected argument 'stray'/],
    [['--data'], /--data/],
  ])('refuses %j', async (words, why) => {
    expect(await refused(words)).toMatch(why)
  })

  it.each(['http', '-1', '65536', '40 00', '4e3', '0x10'])('refuses PORT=%s', async (PORT) => {
    expect(await refused(['--data', temporaryFolder()], { PORT })).toContain(`PORT is "${PORT}"`)
  })

  it.each([
    ['[{"name":"auth0"}]', 'FIELDNOTES_ISSUERS[0].issuer is missing'],
    ['auth0', 'FIELDNOTES_ISSUERS is not a JSON list'],
  ])('refuses FIELDNOTES_ISSUERS=%s', async (FIELDNOTES_ISSUERS, words) => {
    expect(await refused(['--data', temporaryFolder()], { FIELDNOTES_ISSUERS })).toContain(words)
  })

  it('refuses a file of issuers that is not there, or holds something else', async () => {
    const file = join(temporaryFolder(), 'issuers.json')
    expect(await refused(['--data', temporaryFolder(), '--issuers', file])).toContain(`--issuers ${file} can't be read`)
    writeFileSync(file, '{}')
    expect(await refused(['--data', temporaryFolder(), '--issuers', file])).toContain(`${file} can't be used`)
  })

  it('prints each fault of the issuers on a line of its own', async () => {
    const file = join(temporaryFolder(), 'issuers.json')
    const row = { name: 'auth0', issuer: 'https://a.example', jwksUri: 'https://a.example/keys', audience: 'notes' }
    writeFileSync(file, JSON.stringify([row, { ...row, clientIds: ['web'] }]))
    const lines = (await refused(['--data', temporaryFolder(), '--issuers', file])).trimEnd().split('\n')
    expect(lines).toEqual([
      `fieldnotes: ${file} can't be used:`,
      expect.stringMatching(/^ {2}FIELDNOTES_ISSUERS\[0\]\.clientIds is missing: .*$/),
      '  FIELDNOTES_ISSUERS: two issuers have one name',
      '  FIELDNOTES_ISSUERS: two issuers have one issuer',
    ])
  })

  it('refuses an executor that does not exist', async () => {
    const FIELDNOTES_EXECUTOR = 'graphql-jit'
    const words = await refused(['--ephemeral', '--data', temporaryFolder()], { FIELDNOTES_EXECUTOR })
    expect(words).toContain('FIELDNOTES_EXECUTOR is "graphql-jit". It can be plans or graphql-js.')
  })

  it('refuses a share of recorded requests that is none', async () => {
    const FIELDNOTES_DECISION_SAMPLE = '50%'
    const words = await refused(['--ephemeral', '--data', temporaryFolder()], { FIELDNOTES_DECISION_SAMPLE })
    expect(words).toContain('FIELDNOTES_DECISION_SAMPLE is "50%". It can be 0.001, 0.01, 0.1, 1.')
  })

  it('refuses groups that are neither open nor governed', async () => {
    const words = await refused(['--ephemeral', '--data', temporaryFolder()], { FIELDNOTES_GROUPS: 'closed' })
    expect(words).toContain('FIELDNOTES_GROUPS is "closed". It can be open or governed.')
  })

  it('refuses a demand of API keys that it does not know', async () => {
    const words = await refused(['--ephemeral', '--data', temporaryFolder()], { FIELDNOTES_API_KEYS: 'required' })
    expect(words).toContain('FIELDNOTES_API_KEYS is "required". It can be optional or demanded.')
  })

  it('refuses a name of the challenge that no gateway gives it', async () => {
    const words = await refused(['--data', temporaryFolder()], { FIELDNOTES_CHALLENGE_HEADER: 'Set-Cookie' })
    expect(words).toContain('FIELDNOTES_CHALLENGE_HEADER is "Set-Cookie". It can be www-authenticate or x-amzn-')
  })

  it('refuses a taken port, and says how to choose another', async () => {
    const { url, stop } = await listen(0)
    onTestFinished(stop)
    const PORT = new URL(url).port
    expect(await refused(['--ephemeral', '--data', temporaryFolder()], { PORT })).toMatch(/is taken.*PORT=4001/)
  })

  it.each(['file', 'file/below'])('refuses a data folder that is a %s', async (path) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    expect(await refused(['--data', join(folder, path)])).toMatch(/The data folder .* can't be used/)
  })

  it('refuses notes that are no database, and leaves them as they are', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'notes.db'), 'not a database '.repeat(100))
    expect(await refused(['--data', folder])).toMatch(/did not start: .*not a valid SQLite database/)
    expect(existsSync(join(folder, 'lock'))).toBe(false)
  })

  const elsewhere: readonly [string, string][] = [
    ['http://127.0.0.1:1', 'DynamoDB at http://127.0.0.1:1 gives no table'],
    ['https://127.0.0.1:1', 'DynamoDB at https://127.0.0.1:1 gives no table'],
    ['nonsense', 'DYNAMODB_ENDPOINT is "nonsense", which is not a URL'],
    ['http://u:hunter2@127.0.0.1:1', 'DYNAMODB_ENDPOINT holds a name or password'],
    [':', 'DYNAMODB_ENDPOINT is ":", which is not a URL'],
    ['file:///etc', 'DYNAMODB_ENDPOINT is "file:///etc", which is not a URL'],
  ]

  it.each(elsewhere)('refuses a DynamoDB at %s', async (url, words) => {
    const environment = { DYNAMODB_ENDPOINT: url, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' }
    expect(await refused(['--data', temporaryFolder()], environment)).toContain(words)
  })

  it.each([
    ['that is spoilt', '{"cognito":{"d":"x"},"firebase":{"d":"y"},"cursorSecret":5}'],
    ['that is null', 'null'],
    ['that is no JSON', '{'],
  ])('refuses a file of keys %s', async (_how, text) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'keys.json'), text)
    expect(await refused(['--data', folder], {})).toContain('Delete it to get new keys.')
  })

  it('refuses a folder below one that is not there, and leaves no drafts where a file can not be written', async () => {
    const folder = temporaryFolder()
    expect(await refused(['--data', join(folder, 'a', 'b')], {})).toContain("can't be used")
    mkdirSync(join(folder, 'lock'))
    expect(await refused(['--data', folder], {})).toContain("can't be written")
    expect(readdirSync(folder)).toEqual(['lock'])
  })

  it('refuses a DynamoDB of others without credentials', async () => {
    const environment = {
      DYNAMODB_ENDPOINT: 'https://127.0.0.1:1',
      AWS_EC2_METADATA_DISABLED: 'true',
      HOME: temporaryFolder(),
    }
    expect(await refused(['--data', temporaryFolder()], environment)).toMatch(
      /gives no table fieldnotes: .*credentials/i,
    )
  })

  it('ends when the npm that started it is killed', async () => {
    const start = new URL('../src/start.ts', import.meta.url).pathname
    const command = `"${process.execPath}" "${start}" --ephemeral --data "${temporaryFolder()}"; true`
    const env = { ...process.env, PORT: '0', npm_lifecycle_event: 'start' }
    const npm = spawn('sh', ['-c', command], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const [first] = await once(npm.stdout, 'data')
    expect(String(first)).toContain('Fieldnotes runs')
    npm.kill('SIGKILL')
    await text(npm.stdout)
  })
})
