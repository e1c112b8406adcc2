/** Decisions of the endpoint, recorded in its log and judged again by other rules. */

import { recordsIn } from '@fieldnotes/api/recorded-lines'
import { rules } from '@fieldnotes/api/rules'
import { unguardedSchema } from '@fieldnotes/api/schema'
import { createModel } from '@fieldnotes/policy/prove'
import { and, or, type Rule } from '@fieldnotes/policy/rules'
import { whatIf } from '@fieldnotes/policy/what-if'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReadWorld } from '../decisions/kit/read-cases.ts'
import { startReadWorld } from '../decisions/kit/read-world.ts'

const query = `{ notes { nodes { id title content shares { person { id name } } sizeBytes owner { id email handle } } }
  sharedWithMe { nodes { id title shares { role } owner { email } } } me { id email handle } }`

let readWorld: ReadWorld
let lines: readonly string[]

/** The log of one request of every caller. */
async function logOf(): Promise<readonly string[]> {
  const { world } = readWorld
  const before = world.endpoint.log.length
  for (const { token } of world.callers) await world.endpoint.ask(token, query)
  return world.endpoint.log.slice(before)
}

beforeAll(async () => {
  readWorld = await startReadWorld()
  readWorld.world.endpoint.rebuild({ decisionSample: '1' })
  lines = await logOf()
})
afterAll(() => readWorld.world.endpoint.stop())

function isDecisions(line: string): boolean {
  return JSON.parse(line).event === 'decisions'
}

function judgedBy(table: object) {
  return whatIf(createModel(unguardedSchema(), table as never), lines.flatMap(recordsIn))
}

describe('a recorded endpoint', () => {
  it('logs one line per request, and returns what it returns without recording', async () => {
    const { endpoint, person } = readWorld.world
    expect(lines.filter(isDecisions)).toHaveLength(readWorld.world.callers.length)
    const recorded = await endpoint.ask(person('alice').token, query)
    endpoint.rebuild()
    expect((await endpoint.ask(person('alice').token, query)).body).toEqual(recorded.body)
    expect((await logOf()).filter(isDecisions)).toEqual([])
    endpoint.rebuild({ decisionSample: '1' })
  })

  it('logs no id, no name and no content', () => {
    const text = lines.filter(isDecisions).join('\n')
    const { notes, people } = readWorld.stored
    const secrets = [
      ...notes.flatMap(({ key, id, ownerId, title, content, tags }) => [key, id, ownerId, title, content, ...tags]),
      ...people.flatMap(({ key, id, name, email, handle }) => [key, id, name, email, handle]),
      ...readWorld.world.callers.flatMap(({ id, token }) => [id, token]),
    ].filter((secret) => typeof secret === 'string' && secret !== '')
    expect(secrets.length).toBeGreaterThan(50)
    expect(secrets.filter((secret) => secret && text.includes(secret))).toEqual([])
  })
})

describe('the recorded decisions', () => {
  it('would be the same by the same rules', () => {
    const result = judgedBy(rules)
    expect(result).toMatchObject({ changed: [], undetermined: [], unreadable: 0 })
    expect(result.decisions).toBeGreaterThan(300)
  })

  it('would be the same by rules that are only written otherwise', () => {
    const shares = (rules.Note.shares as Rule & { rules: readonly Rule[] }).rules.toReversed()
    expect(judgedBy({ ...rules, Note: { ...rules.Note, shares: and(...shares) } }).changed).toEqual([])
  })

  it('would differ by a wider rule, for the callers that it opens the field to', () => {
    const { changed } = judgedBy({ ...rules, Note: { ...rules.Note, shares: rules.Note.title } })
    expect(changed.length).toBeGreaterThan(0)
    expect(changed.filter(({ field, after }) => field !== 'Note.shares' || after !== 'allowed')).toEqual([])
    expect(changed.map(({ caller }) => caller)).toContain('person')
  })

  it('would differ by a narrower rule', () => {
    const { changed } = judgedBy({ ...rules, User: { ...rules.User, email: rules.User.handle } })
    expect([...new Set(changed.map(({ field, before, after }) => `${field} ${before} ${after}`))]).toEqual([
      'User.email allowed FORBIDDEN',
    ])
    const wide = judgedBy({ ...rules, User: { ...rules.User, handle: or(rules.User.handle, rules.User.email) } })
    expect(wide.changed.every(({ field }) => field === 'User.handle')).toBe(true)
  })
})
