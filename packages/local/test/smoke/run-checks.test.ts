/** Each check of the smoke check finds its fault, at an API whose answers are changed on the way. */
import { describe, expect, it } from 'vitest'
import { runningIssuers } from '../../src/issuers/issuers-file.ts'
import { issuerNamed, mint } from '../../src/issuers/local-issuers.ts'
import { type Answer, createSend, type RequestOptions } from '../../src/smoke/requests.ts'
import { checks, type Finding, runChecks } from '../../src/smoke/run-checks.ts'
import { CheckSkipped, type SmokeWorld } from '../../src/smoke/smoke-world.ts'
import { machineToken } from '../../src/stage/token-requests.ts'
import { useCloud } from '../stage/running-cloud.ts'

const running = useCloud()

interface Request extends RequestOptions {
  readonly path: string
}

/** Changes an answer. */
type Change = (answer: Answer, request: Request) => Answer

async function worldOf(change: Change = (answer) => answer, person = 'alice'): Promise<SmokeWorld> {
  const { target, folder } = running()
  const send = createSend(target.endpoint)
  const now = Math.floor(Date.now() / 1000)
  const issuer = issuerNamed(runningIssuers(folder) ?? [], 'cognito')
  const token = await mint(issuer, { person, issuedAt: now, expiresAt: now + 300, groups: [] })
  return {
    target,
    send: async (path, options = {}) => change(await send(path, options), { path, ...options }),
    person: async () => token,
    machine: async () => target.machine && machineToken(target, target.machine, 'notes/read'),
  }
}

async function outcomes(world: SmokeWorld): Promise<Readonly<Record<string, Finding['outcome']>>> {
  const found = await runChecks(world, () => {})
  return Object.fromEntries(found.map(({ name, outcome }) => [name, outcome]))
}

const allOk = Object.fromEntries(Object.keys(checks).map((name) => [name, 'ok']))

function without(headers: Headers, ...names: readonly string[]): Headers {
  return new Headers([...headers].filter(([name]) => !names.includes(name)))
}

/** The id of the listed operation that a request executes. */
function executes(request: Request, name: string, answer: Answer): boolean {
  return request.method === 'POST' && answer.body?.data?.[name] !== undefined
}

const faults: readonly [fault: string, check: keyof typeof checks, change: Change][] = [
  ['an unhealthy API', 'health', (answer, { path }) => (path === '/health' ? { ...answer, status: 503 } : answer)],
  [
    'a health page of another program',
    'health',
    (answer, { path }) => (path === '/health' ? { ...answer, body: {} } : answer),
  ],
  [
    'metadata of another resource',
    'metadata',
    (answer) =>
      answer.body?.resource ? { ...answer, body: { ...answer.body, resource: 'https://other.example' } } : answer,
  ],
  [
    'metadata without an issuer',
    'metadata',
    (answer) => (answer.body?.resource ? { ...answer, body: { ...answer.body, authorization_servers: [] } } : answer),
  ],
  [
    'a 401 without a challenge',
    'challenge',
    (answer) => ({ ...answer, headers: without(answer.headers, 'www-authenticate') }),
  ],
  [
    'a 401 without a pointer',
    'challenge',
    (answer) => (answer.status === 401 ? { ...answer, body: { errors: [{}] } } : answer),
  ],
  [
    'a bad token that is accepted',
    'challenge',
    (answer) => (answer.status === 401 ? { ...answer, status: 200 } : answer),
  ],
  [
    'a preflight that is not granted',
    'preflight',
    (answer) => ({ ...answer, headers: without(answer.headers, 'access-control-allow-origin') }),
  ],
  [
    'a preflight that is granted to every origin',
    'preflight',
    (answer, { headers = {} }) =>
      headers.origin ? { ...answer, headers: new Headers({ 'access-control-allow-origin': headers.origin }) } : answer,
  ],
  [
    'a mutation by GET that is executed',
    'refusals',
    (answer, { path }) => (path.includes('mutation') ? { ...answer, status: 200 } : answer),
  ],
  [
    'a path that exists for no reason',
    'refusals',
    (answer) => (answer.status === 404 ? { ...answer, status: 200 } : answer),
  ],
  [
    'an anonymous caller who is a person',
    'refusals',
    (answer, request) => (executes(request, 'me', answer) ? { ...answer, body: { data: { me: {} } } } : answer),
  ],
  [
    'a program that may write',
    'machine',
    (answer) =>
      answer.body?.data?.createNote === null ? { ...answer, body: { data: { createNote: { note: {} } } } } : answer,
  ],
  [
    'a note that is not written',
    'note',
    (answer) => (answer.body?.data?.createNote ? { ...answer, body: { data: { createNote: null } } } : answer),
  ],
  [
    'a note that reads as another one',
    'note',
    (answer) => (answer.body?.data?.note ? { ...answer, body: { data: { note: { title: 'x' } } } } : answer),
  ],
  [
    'a note that everyone may read',
    'note',
    (answer, request) =>
      request.token === undefined && executes(request, 'note', answer)
        ? { ...answer, body: { data: { note: {} } } }
        : answer,
  ],
  [
    'a note that is not deleted',
    'note',
    (answer) => (answer.body?.data?.deleteNote ? { ...answer, body: { data: { deleteNote: null } } } : answer),
  ],
]

describe('the smoke check', () => {
  it('finds nothing wrong with the local cloud, and leaves no note', async () => {
    const world = await worldOf()
    expect(await outcomes(world)).toEqual(allOk)
    const query = '{ notes { nodes { id } } trash: notes(filter: { trashed: true }) { nodes { id } } }'
    const left = await world.send('/graphql', { method: 'POST', token: await world.person(), body: { query } })
    expect(left.body.errors ?? left.body.data).toEqual({ notes: { nodes: [] }, trash: { nodes: [] } })
  })

  it.each(faults)('finds %s, and lets the other checks go on', async (_fault, check, change) => {
    const found = await outcomes(await worldOf(change))
    expect(found[check]).toBe('FAILED')
    expect(Object.keys(found)).toEqual(Object.keys(checks))
  })

  it('deletes its note also when reading it failed', async () => {
    const spoilt = await worldOf(
      (answer) => (answer.body?.data?.note ? { ...answer, body: { data: { note: { title: 'x' } } } } : answer),
      'carol',
    )
    expect((await outcomes(spoilt)).note).toBe('FAILED')
    const body = { query: '{ notes { nodes { id } } }' }
    const left = await spoilt.send('/graphql', { method: 'POST', token: await spoilt.person(), body })
    expect(left.body.data).toEqual({ notes: { nodes: [] } })
  })

  it('names the header under which the challenge arrives', async () => {
    const renamed = await worldOf((answer) => {
      const value = answer.headers.get('www-authenticate')
      if (value === null) return answer
      return { ...answer, headers: new Headers({ 'x-amzn-remapped-www-authenticate': value }) }
    })
    expect(await checks.challenge(renamed)).toContain('as x-amzn-remapped-www-authenticate')
    expect(await checks.challenge(await worldOf())).toContain('as www-authenticate')
  })

  it('skips what a stage does not have', async () => {
    const world = await worldOf()
    const bare = { ...world, target: { ...world.target, origins: [] }, machine: async () => undefined }
    expect(await outcomes(bare)).toEqual({ ...allOk, preflight: 'skipped', machine: 'skipped' })
    await expect(checks.machine(bare)).rejects.toThrow(CheckSkipped)
  })
})
