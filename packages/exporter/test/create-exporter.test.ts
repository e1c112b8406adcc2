/** The exporter's answers: who may export, what a location answers, and what is refused. */
import type { Revocation } from '@fieldnotes/core/revocation'
import { accessTable } from '@fieldnotes/issuer/test/access-table'
import { writeRevocation } from '@fieldnotes/table/revocations'
import { createTable } from '@fieldnotes/table/table'
import { describe, expect, it } from 'vitest'
import { createExporter } from '../src/create-exporter.ts'
import type { ExporterConfig } from '../src/exporter-config.ts'
import { createJobStore, exportsOfDayMax } from '../src/jobs/job-store.ts'
import { issuer, note, origin, personOf, tokenFor } from './kit/far-side.ts'
import { filesOf, manifestOf } from './kit/read-archive.ts'
import { configWith, createWorld, memoryStore } from './kit/world.ts'

const { config } = accessTable()
const exports = '/exporter/exports'

async function exported(person: string, work?: 'inside' | 'after') {
  const world = createWorld(config(), work)
  world.far.notes = [note('a')]
  const { call } = world.start()
  const token = await tokenFor(personOf(person))
  const answer = await call('POST', exports, token)
  return { world, call, token, answer, location: String(answer.headers.location) }
}

describe('a caller', () => {
  const now = Math.floor(Date.now() / 1000)

  it.each([
    ['no token', async () => undefined, 401],
    ['a token for the endpoint', () => tokenFor(personOf('x'), { aud: `${origin}/graphql` }), 401],
    ['a token for both', () => tokenFor(personOf('x'), { aud: [`${origin}/exporter`, `${origin}/graphql`] }), 401],
    ['a token of another issuer', () => tokenFor(personOf('x'), { iss: 'https://other.example.com' }), 401],
    ['an expired token', () => tokenFor(personOf('x'), { iat: now - 400, exp: now - 1 }), 401],
    ['an ID token', () => tokenFor(personOf('x'), {}, 'JWT'), 401],
    ['a token that is bound to a key', () => tokenFor(personOf('x'), { cnf: { jkt: 'k' } }), 401],
    ['a changed token', async () => `${await tokenFor(personOf('x'))}x`, 401],
    ['a token of four actors', () => tokenFor(personOf('x'), { act: chain(4) }), 401],
    ['a token without the scope', () => tokenFor(personOf('x'), { scope: 'notes:write' }), 403],
    [
      'a token of a machine',
      () =>
        tokenFor('robot', {
          sub: 'robot',
          client_id: 'robot',
          act: undefined,
          auth_time: undefined,
          login_id: undefined,
        }),
      403,
    ],
  ])('with %s is refused, and nothing is exchanged', async (_name, token, status) => {
    const world = createWorld(config())
    const answer = await world.start().call('POST', exports, await token())
    expect([answer.status, world.far.exchanges.length, world.store.objects.size]).toEqual([status, 0, 0])
    expect(String(answer.headers['www-authenticate'])).toContain(
      `${origin}/.well-known/oauth-protected-resource/exporter`,
    )
  })

  it.each<[string, (person: string) => Revocation]>([
    ['whose sign-in', (person) => ({ kind: 'login', loginId: person })],
    ['who', (personId) => ({ kind: 'person', personId, at: now })],
  ])('%s is revoked is refused, and another person is accepted', async (name, revocationOf) => {
    const [hers, his] = ['revoked', 'unrevoked'].map((each) => personOf(`${each}${name.length}`)) as [string, string]
    await writeRevocation(createTable(config()), revocationOf(hers), Date.now())
    const { call } = createWorld(config()).start()
    const post = async (person: string) => {
      const times = { iat: now - 10, auth_time: now - 10, login_id: person }
      return (await call('POST', exports, await tokenFor(person, times))).status
    }
    expect([await post(hers), await post(his)]).toEqual([401, 202])
  })

  it('with a token for the exporter is accepted: it is exchanged for one that reads, and both are nowhere', async () => {
    const { world, token, answer, location } = await exported('accepted')
    expect([answer.status, location.startsWith(`${origin}${exports}/`)]).toEqual([202, true])
    const [parameters] = world.far.exchanges
    expect([parameters?.get('resource'), parameters?.get('scope')]).toEqual([`${origin}/graphql`, 'notes:read'])
    const stored = [...world.store.objects.values()].map((each) => Buffer.from(each).toString()).join('')
    for (const secret of [token, 'smaller', 's'.repeat(32)])
      expect([world.lines.join('').includes(secret), stored.includes(secret)]).toEqual([false, false])
    expect(world.lines.join('')).toContain('"act":"fieldnotes-api","scope":"notes:read"')
  })
})

function chain(length: number): object {
  return { sub: 'service', ...(length > 1 && { act: chain(length - 1) }) }
}

describe('a location', () => {
  it('answers its person alone: another person and any other id get the same 404', async () => {
    const { call, token, location } = await exported('owner')
    const other = await tokenFor(personOf('other'))
    const own = await call('GET', location, token)
    expect([own.status, own.body.status]).toEqual([200, 'done'])
    const archive = String(own.body.archive)
    const refusals = await Promise.all([
      call('GET', location, other),
      call('GET', archive, other),
      call('GET', `${origin}${exports}/${'a'.repeat(22)}`, token),
      call('GET', `${origin}${exports}/..%2F..`, token),
      call('GET', `${origin}/exporter/archives/${'a'.repeat(22)}`, token),
    ])
    const [first] = refusals
    expect(first?.status).toBe(404)
    for (const each of refusals) expect(each).toEqual(first)
    const link = await call('GET', archive, token)
    expect([link.status, String(link.headers.location).startsWith('https://bucket.example.com/')]).toEqual([303, true])
    expect((await call('GET', archive)).status).toBe(401)
  })

  it('has no archive while the export is pending', async () => {
    const world = createWorld(config())
    world.far.requestsOfToken = 0
    const { call } = world.start()
    const token = await tokenFor(personOf('pending'))
    const { body, headers } = await call('POST', exports, token)
    expect([body.status, body.archive]).toEqual(['pending', undefined])
    const archive = String(headers.location).replace('/exports/', '/archives/')
    expect((await call('GET', archive, token)).status).toBe(404)
  })

  it('of work after the answer is pending first', async () => {
    const { call, token, answer, location } = await exported('after', 'after')
    expect(answer.body.status).toBe('pending')
    await expect.poll(async () => (await call('GET', location, token)).body.status).toBe('done')
  })
})

describe('an export', () => {
  it('has a person’s own notes: what is refused is absent and named, what is of others is not there', async () => {
    const world = createWorld(config())
    world.far.notes = [note('a', { content: null }), note('b', { viewerRole: 'VIEWER', shares: null })]
    const path = ['changes', 'changes', 0, 'note', 'content']
    const ofOthers = ['changes', 'changes', 1, 'note', 'shares']
    world.far.errors = [[path, ofOthers].map((each) => ({ path: each, extensions: { code: 'FORBIDDEN' } }))]
    await world.start().call('POST', exports, await tokenFor(personOf('absent')))
    const files = await filesOf([...world.store.objects.values()][0] ?? new Uint8Array())
    const { absent, files: listed } = manifestOf(files)
    expect(absent.map((each) => each.path)).toEqual(['me.sessions', 'changes.changes.note.content'])
    expect(listed.length).toBe(2)
  })

  it.each([
    ['UNAVAILABLE', 'pending'],
    ['NEWER_CODE', 'pending'],
    ['BAD_USER_INPUT', 'failed'],
  ])('is %s in a field: %s, and never without the value', async (code, status) => {
    const world = createWorld(config())
    world.far.notes = [note('a')]
    world.far.errors = [[{ path: ['changes', 'changes', 0, 'note', 'content'], extensions: { code } }]]
    const { call } = world.start()
    const token = await tokenFor(personOf(code))
    expect((await call('POST', exports, token)).body.status).toBe(status)
    expect((await call('POST', exports, token)).body.status).toBe('done')
  })

  it.each([
    ['issuer', 503, { error: 'temporarily_unavailable' }, 503],
    ['issuer', 400, { error: 'invalid_request' }, 401],
    ['issuer', 401, { error: 'invalid_client' }, 503],
    ['issuer', 200, { access_token: 'x', token_type: 'Bearer', expires_in: 300, scope: 'notes:read notes:write' }, 503],
    ['endpoint', 503, { errors: [{ extensions: { code: 'UNAVAILABLE' } }] }, 202],
    ['endpoint', 200, { data: 'text' }, 202],
  ] as const)('where the %s answers %i %j answers %i', async (at, status, body, expected) => {
    const world = createWorld(config())
    world.far.instead = { at, status, body }
    const { call } = world.start()
    const token = await tokenFor(personOf(`${at}${status}${expected}`))
    expect((await call('POST', exports, token)).status).toBe(expected)
    expect((await call('POST', exports, token)).body.status).toBe('done')
  })

  it('is refused with a body', async () => {
    const { call, token } = await exported('body')
    const { status, body } = await call('POST', exports, token, { body: '{}' })
    expect([status, body.code]).toEqual([400, 'BAD_USER_INPUT'])
  })

  it('is refused after many of one person within a day, and not of another one', async () => {
    const { call, token } = await exported('many')
    const table = createTable(config())
    const jobs = createJobStore(() => table, Date.now)
    const start = async (name: string) => jobs.end(await jobs.start(personOf(name)), { status: 'failed' })
    for (let count = 1; count < exportsOfDayMax; count += 1) await start('many')
    const { status, headers, body } = await call('POST', exports, token)
    expect([status, body.code, Number(headers['retry-after']) > 0]).toEqual([429, 'LIMIT_EXCEEDED', true])
    expect(await start('few')).toBe(true)
  })

  it('is not stored where the table is out of reach', async () => {
    const world = createWorld({ name: 'access', region: 'eu-west-1', endpoint: 'http://127.0.0.1:9' })
    const { status, body } = await world.start().call('POST', exports, await tokenFor(personOf('outage')))
    expect([status, body.code, world.far.exchanges.length]).toEqual([503, 'UNAVAILABLE', 0])
  })
})

describe('another request', () => {
  it.each([
    ['GET', exports, 405, 'POST'],
    ['DELETE', `${exports}/${'a'.repeat(22)}`, 405, 'GET'],
    ['POST', `/exporter/archives/${'a'.repeat(22)}`, 405, 'GET'],
    ['POST', '/exporter', 404, undefined],
    ['GET', '/exporter/exports/', 404, undefined],
    ['GET', '/exporter/exports/a/b', 404, undefined],
    ['OPTIONS', exports, 204, undefined],
  ])('%s %s is %i', async (method, path, status, allow) => {
    const answer = await createWorld(config()).start().call(method, path)
    expect([answer.status, answer.headers.allow]).toEqual([status, allow])
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-request-id': 'r-1' })
  })

  it('reads the metadata: one issuer, one scope', async () => {
    const { body } = await createWorld(config()).start().call('GET', '/.well-known/oauth-protected-resource/exporter')
    expect(body).toMatchObject({
      resource: `${origin}/exporter`,
      authorization_servers: [issuer],
      scopes_supported: ['notes:read'],
    })
  })
})

describe('the exporter does not start', () => {
  const options = { store: memoryStore(), work: 'inside', log: () => {}, environment: {} } as const

  it.each<[string, Partial<ExporterConfig>, RegExp]>([
    ['an origin with a path', { origin: `${origin}/v1` }, /origin: not an origin/],
    ['a loopback origin', { origin: 'http://127.0.0.1:4000' }, /origin is not https/],
    ['a short secret', { clientSecret: 'short' }, /clientSecret/],
  ])('with %s', (_name, change, fault) => {
    const good = configWith({ name: 'access', region: 'eu-west-1' })
    expect(() => createExporter(good, options)).not.toThrow()
    expect(() => createExporter({ ...good, ...change }, options)).toThrow(fault)
  })
})
