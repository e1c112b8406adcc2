import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bundle } from '../src/bundle.ts'
import { type Change, changed, changedCopy } from '../src/copy.ts'
import { deployed as graphql, preToken } from '../src/deployed.ts'
import { root } from '../src/paths.ts'
import { setSecrets } from '../src/required-secrets.ts'
import { type Ended, offlineSst, type Sst } from '../src/sst.ts'

const env = { FIELDNOTES_ORIGINS: 'https://notes.example.com' }
const committed = readFileSync(join(root, 'sst-env.d.ts'), 'utf8')
const stage = ['--stage', 'production']

/** The command line writes types, artifacts and logs into its working folder, which therefore is a copy. */
const copy = changedCopy([])
let sst: Sst
let before: Ended
let deployed: Ended

/** Contents of every module. Hashes in file names depend on the folder of the build. */
function modulesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => `${file}\n${readFileSync(join(folder, file), 'utf8')}`.replaceAll(/-[0-9A-Z]{8}\.mjs/g, '.mjs'))
    .sort()
}

/** Text of the bundle that the command line built, by the function's name in SST. */
function artifact(name: string): string {
  return join(copy.root, '.sst/artifacts', name)
}

beforeAll(async () => {
  // A variable that an operator's shell may have exported. If SST read it, the deployments below would fail.
  vi.stubEnv('FIELDNOTES_DOMAIN', 'no domain')
  sst = await offlineSst({ root: copy.root, env })
  before = await sst.run('diff', ...stage)
  await setSecrets(sst, ...stage)
  deployed = await sst.run('deploy', ...stage)
})

afterAll(() => {
  vi.unstubAllEnvs()
  sst.close()
  copy.remove()
})

describe('sst', () => {
  it('refuses to go on without a secret that has no default', () => {
    expect(before.status).not.toBe(0)
    expect(before.output).toMatch(/Set a value for (C\w+Secrets) with `sst secret set \1 <value>`/)
  })

  it('says why it refuses a setting', async () => {
    const elsewhere = await offlineSst({ root: copy.root, env: { FIELDNOTES_ORIGINS: '*' } })
    const { status, output } = await elsewhere.run('diff', ...stage)
    elsewhere.close()
    expect(output).toContain('FIELDNOTES_ORIGINS: * is not an https origin')
    expect(status).not.toBe(0)
  })

  it('creates the stage, then sees nothing left to change', async () => {
    expect(deployed).toMatchObject({ status: 0, output: expect.stringMatching(/Created +Table sst:aws:Dynamo/) })
    const again = await sst.run('diff', ...stage)
    expect(again).toMatchObject({ status: 0, output: expect.stringContaining('No changes') })
  })

  it.each([
    { file: 'infra/user-pool.ts', from: "usernames: ['email']", to: "usernames: ['email', 'phone']" },
    { file: 'infra/table.ts', from: 'projection: byChange', to: "projection: 'keys-only'" },
    { file: 'infra/lambda-role.ts', from: '$app.stage}/$', to: '$app.stage}/of/$' },
  ])('refuses to replace what production keeps: $to', async (change) => {
    const file = join(copy.root, change.file)
    const original = readFileSync(file, 'utf8')
    writeFileSync(file, changed(copy.root, change))
    const { status, output } = await sst.run('diff', ...stage)
    writeFileSync(file, original)
    expect(output).toContain('as it is currently marked for protection')
    expect(status).not.toBe(0)
  })

  it('reports a replacement where nothing is protected, and what depends on it, and then no change', async () => {
    const preview = ['--stage', 'pr-8']
    const change = { file: 'infra/user-pool.ts', from: "usernames: ['email']", to: "usernames: ['email', 'phone']" }
    const elsewhere = changedCopy([])
    const line = await offlineSst({ root: elsewhere.root, env })
    await setSecrets(line, ...preview)
    await line.run('deploy', ...preview)
    writeFileSync(join(elsewhere.root, change.file), changed(elsewhere.root, change))
    const { output } = await line.run('deploy', ...preview)
    const again = await line.run('diff', ...preview)
    line.close()
    elsewhere.remove()
    for (const replaced of ['UsersUserPool', 'UsersDomain', 'WebClient', 'ConsoleClient', 'Scopes', 'Staff'])
      for (const step of ['Created', 'Deleted']) expect(output).toMatch(new RegExp(`${step} .*\\b${replaced} aws`))
    expect(output).toMatch(/Updated +Graphql sst:aws:Function/)
    expect(output).not.toMatch(/(Created|Deleted) .*(Table|IdentityPool) aws/)
    expect(again.output).toContain('No changes')
  })

  it('writes the types of links as they are committed', () => {
    expect(readFileSync(join(copy.root, 'sst-env.d.ts'), 'utf8')).toBe(committed)
  })

  it.each([graphql, preToken])(
    'builds the very bytes of $functionID that the bundle’s tests look at',
    async (request) => {
      const ours = await bundle(root, join(root, `.local/compared-${request.functionID}`), request)
      const modules = modulesIn(artifact(`${request.functionID}-src`))
      expect(modulesIn(ours.folder)).toEqual(modules)
      expect(modules.length).toBeGreaterThan(0)
    },
  )

  it.each([graphql, preToken])(
    'sends the modules of $functionID and its sealed links, and no other file',
    ({ functionID }) => {
      const archive = readFileSync(join(artifact(functionID), 'code.zip'))
      const modules = readdirSync(artifact(`${functionID}-src`)).filter((file) => file.endsWith('.mjs'))
      expect([...namesIn(archive)].sort()).toEqual(['./', ...modules, 'resource.enc'].sort())
    },
  )

  it('does not remove what production protects', async () => {
    const removed = await sst.run('remove', ...stage)
    expect(removed.status).not.toBe(0)
    expect(removed.output).toMatch(/protect/i)
  })
})

/** File names in the central directory of an archive (APPNOTE.TXT §4.3.12). */
function namesIn(archive: Buffer): readonly string[] {
  const names: string[] = []
  const mark = 'PK\u0001\u0002'
  for (let at = archive.indexOf(mark); at >= 0; at = archive.indexOf(mark, at + 46)) {
    names.push(archive.toString('utf8', at + 46, at + 46 + archive.readUInt16LE(at + 28)))
  }
  return names
}

describe('sst, in its own words,', () => {
  const mistakes: readonly [what: string, change: Change, words: RegExp][] = [
    ['a handler that is not there', { file: 'infra/graphql.ts', from: 'src/handler.', to: 'src/hadnler.' }, /hadnler/],
    [
      'a route without a method',
      { file: 'infra/routes.ts', from: 'gateway.route(routeKey,', to: 'gateway.route(path,' },
      /Invalid route/,
    ],
    [
      'a method that HTTP has not',
      {
        file: 'infra/routes.ts',
        from: 'gateway.route(routeKey,',
        to: "gateway.route(routeKey.replace('ANY', 'QUERY'),",
      },
      /Invalid method QUERY/,
    ],
  ]

  it.each(mistakes)('refuses %s', async (_, change, words) => {
    const changed = changedCopy([change])
    const elsewhere = await offlineSst({ root: changed.root, env: { ...env, SST_SECRET_CursorSecrets: 'x' } })
    await setSecrets(elsewhere, ...stage)
    const { status, output } = await elsewhere.run('diff', ...stage)
    elsewhere.close()
    changed.remove()
    expect(output).toMatch(words)
    expect(status).not.toBe(0)
  })
})
