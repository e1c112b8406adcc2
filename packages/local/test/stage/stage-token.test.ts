/** A stage's tokens as the command prints them. The links are those of a stage; the addresses are a local cloud's. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { createVisitor } from '../pool/kit/visitor.ts'
import { type Ended, runCommand } from '../run-command.ts'
import { type RunningCloud, shellOf, useCloud } from './running-cloud.ts'

const running = useCloud()
const program = fileURLToPath(new URL('../../src/token.ts', import.meta.url))

/** Runs the command until it has printed the address to open. */
async function begin(words: readonly string[], environment: object) {
  const env = { ...process.env, ...environment }
  const child = spawn(process.execPath, [program, '--stage', 'alice', ...words], { env, stdio: 'pipe' })
  const out = text(child.stdout)
  const ended = once(child, 'exit')
  let err = ''
  child.stderr.on('data', (chunk) => (err += chunk))
  while (!/http\S+\n\n/.test(err) && child.exitCode === null) await Promise.race([once(child.stderr, 'data'), ended])
  const [url = ''] = /http\S+/.exec(err) ?? []
  const end = async (): Promise<Ended> => {
    const [status] = await ended
    return { status, out: await out, err }
  }
  return { url, end, kill: () => child.kill() }
}

/** Signs in as a person of the pool, and returns the address to which the browser is sent. */
async function signInAt({ url }: RunningCloud, address: string): Promise<string> {
  const visitor = createVisitor(url)
  const page = await visitor.open(address)
  return (await visitor.submit(page, { username: 'bob', password: 'fieldnotes-bob' }, 'Sign in')).url
}

async function queryOf({ target }: RunningCloud, query: string, token: string) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const response = await fetch(target.endpoint, { method: 'POST', headers, body: JSON.stringify({ query }) })
  return (await response.json()) as { readonly data: unknown; readonly errors?: unknown }
}

describe('token --stage', () => {
  it('prints the address of a sign-in, and then the token of the person who signed in', async () => {
    const cloud = running()
    const { url, end } = await begin([], shellOf(cloud.target))
    const { searchParams } = new URL(url)
    expect(Object.fromEntries(searchParams)).toMatchObject({
      client_id: 'localclient0001',
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'openid notes/read notes/write notes/share notes/trash',
      redirect_uri: expect.stringMatching(/^http:\/\/localhost:\d+\/callback$/),
    })
    const arrived = await signInAt(cloud, url)
    const page = await fetch(arrived)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Go back to the terminal')])
    const { status, out, err } = await end()
    expect([status, out]).toEqual([0, expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)])
    expect(err).not.toContain(out.trim())
    const token = out.trim()
    expect(decodeJwt(token)).toMatchObject({ username: 'bob', client_id: 'localclient0001' })
    expect((await queryOf(cloud, '{ me { name } }', token)).data).toEqual({ me: { name: 'Bob' } })
  })

  it('requests the scopes of --scope, in the spelling of the user pool', async () => {
    const { url, kill } = await begin(['--scope', 'notes:read profile'], shellOf(running().target))
    kill()
    expect(new URL(url).searchParams.get('scope')).toBe('openid notes/read profile')
  })

  it('goes on waiting after a request that is not of this sign-in', async () => {
    const cloud = running()
    const { url, end } = await begin([], shellOf(cloud.target))
    const redirect = new URL(url).searchParams.get('redirect_uri')
    const strays = [`${redirect}?code=stolen&state=other`, `${redirect}?code=stolen`, `${redirect}/../x`]
    for (const stray of strays) expect((await fetch(stray)).status).toBe(404)
    const arrived = await signInAt(cloud, url)
    expect((await fetch(arrived, { method: 'POST' })).status).toBe(404)
    expect((await fetch(arrived)).status).toBe(200)
    expect((await end()).status).toBe(0)
  })

  it('ends without a token when the issuer answers with an error, or does not know the code', async () => {
    for (const [answer, words, page] of [
      [
        'error=access_denied&error_description=<b>no</b>',
        'The sign-in failed: access_denied.',
        'You are not signed in: the terminal says why. You can close this page.\n',
      ],
      ['code=invented', 'The sign-in failed: invalid_grant.', 'Go back to the terminal. You can close this page.\n'],
    ]) {
      const { url, end } = await begin([], shellOf(running().target))
      const { searchParams } = new URL(url)
      const shown = await fetch(`${searchParams.get('redirect_uri')}?state=${searchParams.get('state')}&${answer}`)
      expect(await shown.text()).toBe(page)
      const { status, out, err } = await end()
      expect([status, out]).toEqual([1, ''])
      expect(err).toMatch(new RegExp(`\\nfieldnotes: ${words}\\n$`))
    }
  })

  it('prints a token of the stage’s own program with --machine, without a sign-in', async () => {
    const { status, out, err } = await runCommand(
      'token.ts',
      ['--stage', 'alice', '--machine'],
      shellOf(running().target),
    )
    expect([status, err]).toEqual([0, ''])
    expect(decodeJwt(out.trim())).toMatchObject({ client_id: 'localmachine0001', scope: 'notes/read' })
  })

  const refused: readonly [what: string, words: readonly string[], changes: object, why: RegExp][] = [
    ['a secret of another time', ['--machine'], { machineSecret: 'old' }, /The program gets no token: invalid_client/],
    ['a stage without a program', ['--machine'], { machineClient: '' }, /alice has no client for programs/],
    ['a scope that the program may not have', ['--machine', '--scope', 'notes:write'], {}, /invalid_scope/],
    ['a stage without a redirect to this machine', [], { redirects: [] }, /only personal stages have/],
    [
      'a pool that the endpoint does not trust',
      [],
      { userPool: 'eu-west-1_Other' },
      /do not list the pool eu-west-1_Other/,
    ],
    [
      'an endpoint that gives no answer',
      [],
      { endpoint: 'http://127.0.0.1:9/graphql' },
      /The metadata at .* can't be read/,
    ],
    ['an address that is no API', [], { endpoint: 'ORIGIN/health' }, /can't be read: status 404/],
    ['a stage that was deployed before', [], { endpoint: null }, /has no link Apps.*Deploy it again/],
  ]

  it.each(refused)('refuses %s in one line', async (_what, words, changes, why) => {
    const { target, url } = running()
    const given = JSON.parse(JSON.stringify(changes).replaceAll('ORIGIN', url))
    const { status, out, err } = await runCommand('token.ts', ['--stage', 'alice', ...words], shellOf(target, given))
    expect([status, out]).toEqual([1, ''])
    expect(err).toMatch(/^fieldnotes: [^\n]+\n$/)
    expect(err).toMatch(why)
  })

  it('refuses the shell of another stage', async () => {
    const environment = shellOf(running().target, {}, 'bob')
    const { status, err } = await runCommand('token.ts', ['--stage', 'alice'], environment)
    expect([status, err]).toEqual([1, expect.stringContaining('has the links of bob, not of alice')])
  })

  it.each([
    [['--stage', 'alice', '--as', 'alice'], /--as does not go with --stage/],
    [['--stage', 'alice', '--issuer', 'cognito'], /--issuer does not go with --stage/],
    [['--stage', 'alice', '--group', 'staff'], /--group does not go with --stage/],
    [['--stage', '--yes'], /--stage/],
    [['--stage', 'a b; rm'], /--stage takes the name of a stage/],
    [['--stage=--help'], /--stage takes the name of a stage/],
    [['--machine', '--issuer', 'cognito', '--as', 'alice'], /--machine goes with --stage/],
  ])('refuses %j', async (words, why) => {
    const { status, out, err } = await runCommand('token.ts', words)
    expect([status, out]).toEqual([1, ''])
    expect(err).toMatch(why)
  })
})
