/** Each check of the smoke check finds its fault, at an API whose answers are changed on the way. */
import { readFileSync } from 'node:fs'
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { runningIssuers } from '../../src/issuers/issuers-file.ts'
import { issuerNamed, mint } from '../../src/issuers/local-issuers.ts'
import { type Answer, createSend, type RequestOptions } from '../../src/smoke/requests.ts'
import { checks, type Finding, runCheck, runChecks } from '../../src/smoke/run-checks.ts'
import { CheckFailed, CheckSkipped, type SmokeWorld } from '../../src/smoke/smoke-world.ts'
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
  const findings = await runChecks(world, () => {})
  return Object.fromEntries(findings.map(({ name, outcome }) => [name, outcome]))
}

const allOk = Object.fromEntries(Object.keys(checks).map((name) => [name, 'ok']))

function without(headers: Headers, ...names: readonly string[]): Headers {
  return new Headers([...headers].filter(([name]) => !names.includes(name)))
}

/** Whether a response has the root field. */
function executes(request: Request, name: string, answer: Answer): boolean {
  return request.method === 'POST' && answer.body?.data?.[name] !== undefined
}

/** Changes one header of an answer; undefined removes it. */
function withHeader(answer: Answer, name: string, value?: string): Answer {
  const headers = without(answer.headers, name)
  if (value !== undefined) headers.set(name, value)
  return { ...answer, headers }
}

function inPreflight(name: string, value?: string): Change {
  return (answer, { method }) => (method === 'OPTIONS' ? withHeader(answer, name, value) : answer)
}

function in401(name: string, value?: string): Change {
  return (answer) => (answer.status === 401 ? withHeader(answer, name, value) : answer)
}

/** Whether a request has the token of the program. */
function isProgram({ token }: Request): boolean {
  return token !== undefined && decodeJwt(token).client_id === 'localmachine0001'
}

const faults: readonly [fault: string, check: keyof typeof checks, change: Change][] = [
  ['an unhealthy API', 'health', (answer, { path }) => (path === '/health' ? { ...answer, status: 503 } : answer)],
  [
    'a health page of another program',
    'health',
    (answer, { path }) => (path === '/health' ? { ...answer, body: {} } : answer),
  ],
  [
    'metadata that can not be read',
    'metadata',
    (answer) => (answer.body?.resource ? { ...answer, status: 403 } : answer),
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
    'a bad token that the gateway refuses at a stage whose API does',
    'challenge',
    (answer) => (answer.status === 401 ? { ...answer, status: 403 } : answer),
  ],
  ['a challenge that points elsewhere', 'challenge', in401('www-authenticate', 'Bearer error="invalid_token"')],
  ['a 401 that no page may read', 'challenge', in401('access-control-allow-origin')],
  ['a challenge that no page may read', 'challenge', in401('access-control-expose-headers', 'x-other')],
  [
    'a preflight that is refused',
    'preflight',
    (answer) => (answer.status === 204 ? { ...answer, status: 403 } : answer),
  ],
  ['a preflight that is not granted', 'preflight', inPreflight('access-control-allow-origin')],
  ['a preflight that grants no header', 'preflight', inPreflight('access-control-allow-headers')],
  ['a preflight for requests without JSON', 'preflight', inPreflight('access-control-allow-headers', 'Authorization')],
  [
    'a preflight for requests without token',
    'preflight',
    inPreflight('access-control-allow-headers', '*,content-type'),
  ],
  ['a preflight that grants no method', 'preflight', inPreflight('access-control-allow-methods')],
  ['a preflight for reading alone', 'preflight', inPreflight('access-control-allow-methods', 'GET, OPTIONS')],
  [
    'a preflight that is granted to every origin',
    'preflight',
    (answer, { method, headers = {} }) =>
      method === 'OPTIONS' ? withHeader(answer, 'access-control-allow-origin', headers.origin) : answer,
  ],
  [
    'a mutation by GET that is executed',
    'refusals',
    (answer, { path }) => (path.includes('mutation') ? { ...answer, status: 200 } : answer),
  ],
  [
    'a method that is executed',
    'refusals',
    (answer, { method }) => (method === 'DELETE' ? { ...answer, status: 200 } : answer),
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
    'an anonymous caller who gets data beside the refusal',
    'refusals',
    (answer, request) =>
      executes(request, 'me', answer) ? { ...answer, body: { ...answer.body, data: { me: {} } } } : answer,
  ],
  [
    'a program that may not read',
    'machine',
    (answer, request) =>
      executes(request, 'notes', answer)
        ? {
            ...answer,
            body: { data: { notes: null }, errors: [{ path: ['notes'], extensions: { code: 'FORBIDDEN' } }] },
          }
        : answer,
  ],
  [
    'a program that reads with errors',
    'machine',
    (answer, request) =>
      executes(request, 'notes', answer)
        ? { ...answer, body: { ...answer.body, errors: [{ path: ['notes', 'edges'] }] } }
        : answer,
  ],
  [
    'a program whose token is refused',
    'machine',
    (answer, request) => (isProgram(request) ? { ...answer, status: 401, body: { errors: [{}] } } : answer),
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
    'a note that a program may read',
    'note',
    (answer, request) =>
      isProgram(request) && executes(request, 'note', answer) ? { ...answer, body: { data: { note: {} } } } : answer,
  ],
  [
    'a note for a changed token',
    'note',
    (answer, request) =>
      answer.status === 401 && request.token?.includes('.ey') ? { ...answer, status: 200 } : answer,
  ],
  [
    'a note that is not deleted',
    'note',
    (answer) => (answer.body?.data?.deleteNote ? { ...answer, body: { data: { deleteNote: null } } } : answer),
  ],
]

/** The assertions that a fault has turned red, by their line in the sources. */
const found = new Set<string>()

/** The call in a file of checks that led to the error. */
function callOf({ stack = '' }: CheckFailed): string {
  const [, call = 'none'] = /((?:public|token)-checks\.ts.*:\d+:\d+)/.exec(stack) ?? []
  return call
}

function assertionsIn(file: string): number {
  const source = readFileSync(new URL(`../../src/smoke/${file}`, import.meta.url), 'utf8')
  return [...source.matchAll(/\bassert(?:That|Refused)\(/g)].length
}

describe('the smoke check', () => {
  it('finds nothing wrong with the local cloud, and leaves no note', async () => {
    const world = await worldOf()
    expect(await outcomes(world)).toEqual(allOk)
    const query = '{ notes { nodes { id } } trash: notes(filter: { trashed: true }) { nodes { id } } }'
    const left = await world.send('/graphql', { method: 'POST', token: await world.person(), body: { query } })
    expect(left.body.errors ?? left.body.data).toEqual({ notes: { nodes: [] }, trash: { nodes: [] } })
  })

  it.each(faults)('finds %s', async (_fault, check, change) => {
    const thrown: unknown = await checks[check](await worldOf(change)).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(CheckFailed)
    found.add(callOf(thrown as CheckFailed))
  })

  it('has a fault for each of its assertions', () => {
    expect(found.size).toBe(assertionsIn('public-checks.ts') + assertionsIn('token-checks.ts'))
  })

  it('lets the other checks go on after a fault', async () => {
    const unhealthy = await worldOf((answer, { path }) => (path === '/health' ? { ...answer, status: 503 } : answer))
    expect(await outcomes(unhealthy)).toEqual({ ...allOk, health: 'FAILED' })
  })

  it('expects the bare 403 of a gateway that refuses a bad token itself, and no other answer', async () => {
    const denied: Change = (answer, { token }) =>
      token !== undefined && answer.status === 401
        ? { status: 403, headers: new Headers(), body: { message: 'Forbidden' } }
        : answer
    const denying = ({ target, ...world }: SmokeWorld) => ({ ...world, target: { ...target, gateDenies: true } })
    expect(await outcomes(denying(await worldOf(denied)))).toEqual(allOk)
    expect(await checks.challenge(denying(await worldOf(denied)))).toContain('FIELDNOTES_GATE_DENIES')
    const undenied = await outcomes(denying(await worldOf()))
    expect(undenied).toEqual({ ...allOk, challenge: 'FAILED', note: 'FAILED' })
  })

  it('prints of an error that is not its own the kind alone', async () => {
    const secret = `eyJ${'x'.repeat(40)}`
    const cause = Object.assign(new Error(secret), { code: 'ECONNRESET' })
    for (const [error, words] of [
      [new TypeError(`Headers.append: "${secret}"`, { cause }), 'TypeError, ECONNRESET'],
      [secret, 'string'],
      [new CheckFailed(`saw ${secret}`), 'saw [cut]'],
    ])
      expect(await runCheck('note', () => Promise.reject(error))).toMatchObject({ outcome: 'FAILED', words })
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
    const other = await worldOf((answer) => {
      const value = answer.headers.get('www-authenticate')
      if (value === null) return answer
      const renamed = withHeader(answer, 'x-amzn-remapped-www-authenticate', value)
      return withHeader(renamed, 'www-authenticate')
    })
    expect(await checks.challenge(other)).toContain('as x-amzn-remapped-www-authenticate')
    expect(await checks.challenge(await worldOf())).toContain('as www-authenticate')
  })

  it('skips what a stage does not have', async () => {
    const world = await worldOf()
    const bare = { ...world, target: { ...world.target, origins: [] }, machine: async () => undefined }
    expect(await outcomes(bare)).toEqual({ ...allOk, preflight: 'skipped', machine: 'skipped' })
    await expect(checks.machine(bare)).rejects.toThrow(CheckSkipped)
  })
})
