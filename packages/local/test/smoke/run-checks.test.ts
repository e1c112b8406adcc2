/** Each check of the smoke check finds its fault, at an API whose answers are changed on the way. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runningIssuers } from '../../src/issuers/issuers-file.ts'
import { issuerNamed, mint } from '../../src/issuers/local-issuers.ts'
import { createSend } from '../../src/smoke/requests.ts'
import { checks, type Finding, runCheck, runChecks } from '../../src/smoke/run-checks.ts'
import { CheckFailed, CheckSkipped, type SmokeWorld } from '../../src/smoke/smoke-world.ts'
import { machineToken } from '../../src/stage/token-requests.ts'
import { useCloud } from '../stage/running-cloud.ts'
import { type Change, withHeader } from './changes.ts'
import { publicFaults } from './public-faults.ts'
import { tokenFaults } from './token-faults.ts'

const running = useCloud()

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

  it.each([...publicFaults, ...tokenFaults])('finds %s', async (_fault, check, change) => {
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

  it('has one name for one fault: a program that gets no token leaves the note as it is', async () => {
    const world = await worldOf()
    const machine = async () => {
      throw new CheckFailed('The program gets no token')
    }
    expect(await outcomes({ ...world, machine })).toEqual({ ...allOk, machine: 'FAILED' })
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
