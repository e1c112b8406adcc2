/**
 * The commands of `docs/deploy.md`, typed as they are printed: SST's own command line deploys with an engine that
 * creates nothing, and a cloud on this machine answers at the addresses of the stage.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type LocalCloud, startLocalCloud } from '@fieldnotes/journeys/local-cloud'
import { createVisitor } from '@fieldnotes/local/test/visitor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Copy, changedCopy } from '../src/copy.ts'
import { givenStatesVariable } from '../src/graph/given-state.ts'
import { root } from '../src/paths.ts'
import { type Ended, offlineSst, type Sst } from '../src/sst.ts'

const page = readFileSync(join(root, 'docs/deploy.md'), 'utf8')
const [, walk = ''] = /\n## First deployment\n(.*?)\n## /s.exec(page) ?? []

/** The blocks of commands of the walk, in their order. */
const blocks = [...walk.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block)

function blockWith(text: string): string {
  const found = blocks.filter((block) => block.includes(text))
  if (found.length !== 1) throw new Error(`${found.length} blocks have ${text}`)
  return found[0] ?? ''
}

const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
const typed: string[] = []
let copy: Copy
let cloud: LocalCloud
let sst: Sst

/** States of the stage's resources, such that the local cloud is what was deployed. */
function statesOf({ url }: LocalCloud): object {
  const { clients } = JSON.parse(readFileSync(join(cloud.folder, 'clients.json'), 'utf8'))
  const idOf = (name: string) => clients.find((client: { name: string }) => client.name === name)
  const { client_id: machine, client_secret: clientSecret } = idOf('machine')
  return {
    IssuerApiApi: { state: { apiEndpoint: url, executionArn: 'arn:aws:execute-api:eu-west-1:123456789012:issuer' } },
    ApiApi: { state: { apiEndpoint: url, executionArn: 'arn:aws:execute-api:eu-west-1:123456789012:local' } },
    UsersUserPool: {
      id: 'eu-west-1_Local0001',
      state: { arn: 'arn:aws:cognito-idp:eu-west-1:1:userpool/local', endpoint: url },
    },
    WebClient: { id: idOf('web').client_id, state: { clientSecret: '' } },
    MachineClient: { id: machine, state: { clientSecret } },
  }
}

/** Runs commands in the folder of the repository. Exported variables last until the last block, as in a terminal. */
function run(block: string): Promise<Ended> {
  const variables = join(folder, 'variables.sh')
  const before = existsSync(variables) ? `. ${variables}\n` : ''
  const errors = join(folder, 'errors.txt')
  writeFileSync(errors, '')
  return sst.exec('sh', '-ec', `exec 2> ${errors}\n${before}${block}\nexport -p > ${variables}`)
}

/** Types a block of the page. */
function type(block: string): Promise<Ended> {
  typed.push(block)
  return run(block)
}

function errors(): string {
  return readFileSync(join(folder, 'errors.txt'), 'utf8')
}

/** Opens the address that the command prints, signs up as a new person, and goes where the browser is sent. */
async function signUpAsDora(command: Promise<Ended>): Promise<void> {
  let ended = false
  void command.then(() => {
    ended = true
  })
  while (!/http\S+\n\n/.test(errors()) && !ended) await wait(100)
  const [address = ''] = /http\S+/.exec(errors()) ?? []
  const visitor = createVisitor(cloud.url)
  const form = await visitor.follow(await visitor.open(address), 'Make an account')
  const person = { name: 'Dora', email: 'dora@example.org', password: 'Correct-horse-9' }
  const confirm = await visitor.submit(form, person, 'Make an account')
  const [, code = ''] = />(\d{6})</.exec((await visitor.open(`${cloud.url}/mailbox`)).html) ?? []
  const { url } = await visitor.submit(confirm, { code }, 'Confirm')
  await fetch(url)
}

beforeAll(async () => {
  copy = changedCopy([])
  cloud = await startLocalCloud(folder, ['--ephemeral'])
  const profile = join(folder, 'aws-config')
  writeFileSync(
    profile,
    '[profile fieldnotes]\nregion = eu-west-1\naws_access_key_id = none\naws_secret_access_key = none\n',
  )
  const env = { AWS_CONFIG_FILE: profile, [givenStatesVariable]: JSON.stringify(statesOf(cloud)) }
  sst = await offlineSst({ root: copy.root, env })
})

afterAll(async () => {
  sst?.close()
  copy?.remove()
  await cloud?.end()
  rmSync(folder, { recursive: true, force: true })
})

describe('docs/deploy.md, typed word by word,', () => {
  it('prepares the terminal and sets the secrets', async () => {
    expect(await type(blockWith('AWS_PROFILE'))).toMatchObject({
      status: 0,
      output: expect.stringMatching(/^sst 4\.17/),
    })
    expect(await type(blockWith('secret set'))).toMatchObject({ status: 0 })
  })

  it('deploys the stage, and prints where it is', async () => {
    const { status, output } = await type(blockWith('sst deploy'))
    expect([status, output]).toEqual([0, expect.stringContaining(`Api: ${cloud.url}`)])
    expect(output).toMatch(/Created +Table sst:aws:Dynamo/)
  })

  it('ends at a first token of the person who signs up', async () => {
    const command = type(blockWith('npm run -s token'))
    await signUpAsDora(command)
    const { status, output } = await command
    expect([status, output, errors()]).toEqual([0, '', expect.stringContaining('sign in to alice')])
    expect(readFileSync(join(folder, 'variables.sh'), 'utf8')).toMatch(/FIELDNOTES_TOKEN=.[\w-]+\.[\w-]+\.[\w-]+/)
  })

  it('ends at the smoke check, which finds nothing, also no change by a second deployment', async () => {
    const { status, output } = await type(blockWith('npm run -s smoke'))
    expect([status, errors()]).toEqual([0, ''])
    const names = ['deployment', 'health', 'metadata', 'challenge', 'preflight', 'refusals', 'note']
    const lines = output.split('\n').filter((line) => line.startsWith('ok'))
    expect(lines.map((line) => line.split(/ +/)[1])).toEqual(names)
    expect(output).toMatch(/^skipped +machine +the stage has no client for programs: .* FIELDNOTES_MACHINE=on$/m)
  })

  it('would end with status 1 if a second deployment changed something', async () => {
    const { status, output } = await run(`(export FIELDNOTES_OPERATIONS=listed\n${blockWith('npm run -s smoke')})`)
    expect([status, output]).toEqual([
      1,
      expect.stringMatching(/^FAILED +deployment +sst diff --stage alice lists changes/),
    ])
    expect(errors()).toMatch(/fieldnotes: failed: deployment\.\n$/)
  })

  it('checks the program too, where a deployment requests its client', async () => {
    const { status, output } = await run(
      `(export FIELDNOTES_MACHINE=on\nnpx sst deploy --stage alice\n${blockWith('npm run -s smoke')})`,
    )
    expect([status, errors()]).toEqual([0, ''])
    expect(output).toMatch(/Created +Machine sst:aws:CognitoUserPoolClient/)
    expect(output).toMatch(/^ok +deployment [\s\S]*^ok +machine /m)
    expect(output).not.toContain('skipped')
  })

  it('sends a request with the token', async () => {
    const { status, output } = await type(blockWith('curl'))
    expect([status, JSON.parse(output).data]).toEqual([0, { me: { id: expect.stringMatching(/^\S{16,}$/) } }])
  })

  it('has no other command on the way', () => {
    expect(typed).toEqual(blocks)
  })
})
