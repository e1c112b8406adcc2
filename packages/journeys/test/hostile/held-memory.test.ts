/**
 * The memory that callers can make the endpoint retain is limited in bytes: once the caches are full, further requests
 * retain no more.
 */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ordinary } from './kit/documents.ts'
import { heldAfter } from './kit/measure.ts'
import { type HostileRequest, type MeasuredEndpoint, startMeasuredEndpoint } from './kit/measured-endpoint.ts'

let endpoint: MeasuredEndpoint

beforeAll(async () => {
  endpoint = await startMeasuredEndpoint()
})
afterAll(() => endpoint.stop())

function anonymous(body: object, headers = {}): HostileRequest {
  return { caller: 'anonymous', body: JSON.stringify(body), headers }
}

const others =
  'query A($f: Boolean!) { me { id @skip(if: $f) } } query B($f: String) { x: notes(after: $f) { __typename } }'

function conditions(round: number) {
  const names = Array.from({ length: 12 }, (_, at) => `f${at}`)
  const declared = names.map((name) => `$${name}: Boolean!`).join(' ')
  const query = `query (${declared}) { me { ${names.map((name) => `${name}: id @skip(if: $${name})`).join(' ')} } }`
  return { query, variables: Object.fromEntries(names.map((name, at) => [name, Boolean((round >> at) & 1)])) }
}

function fresh(bytes: number): string {
  return randomBytes(bytes / 2).toString('hex')
}

/** Each request differs from all earlier ones. */
const attacks: Readonly<Record<string, (round: number) => HostileRequest>> = {
  'values of variables that are conditions of another operation': () =>
    anonymous({ query: others, operationName: 'B', variables: { f: fresh(50_000) } }),
  'conditions that differ': (round) => anonymous(conditions(round)),
  'values of ordinary variables': () =>
    anonymous({ query: 'query ($id: ID!) { note(id: $id) { id } }', variables: { id: fresh(50_000) } }),
  'documents that differ': (round) => anonymous({ query: ordinary(9990, `Q${round}_${fresh(20)}`) }),
  'documents too long to be remembered': (round) => anonymous({ query: ordinary(49_990, `Q${round}_${fresh(20)}`) }),
  'documents that are not valid': () => anonymous({ query: `{ f${fresh(9000)} }` }),
  'hashes that nothing is known of': () =>
    anonymous({ extensions: { persistedQuery: { version: 1, sha256Hash: fresh(50_000) } } }),
  'short documents that differ': (round) => anonymous({ query: `query Q${round} { me { id } }` }),
  'media types': () => anonymous({ query: '{ me { id } }' }, { accept: `application/json;a=${fresh(960)}` }),
  'bearer tokens': () => anonymous({ query: '{ me { id } }' }, { authorization: `Bearer ${fresh(6000)}` }),
  'operation names': () => anonymous({ query: '{ me { id } }', operationName: fresh(50_000) }),
  'tags, as alice': () => ({
    caller: 'alice',
    body: JSON.stringify({
      query: '{ notes(filter: { tag: "x" }) { nodes { id } } }',
      extensions: { x: fresh(50_000) },
    }),
  }),
}

/** What is small needs more requests to be seen. */
const roundsOf: Readonly<Record<string, number>> = { 'short documents that differ': 3000, 'media types': 4000 }
/** Bytes: much less than each attack sends in its rounds. */
const noise = 1_500_000

describe('what is held of hostile requests', () => {
  it.each(Object.keys(attacks))(
    'is bounded: %s',
    async (name) => {
      const next = attacks[name]
      if (!next) throw new Error(`no attack ${name}`)
      const rounds = roundsOf[name] ?? 150
      // Fills every cache, and warms up the code.
      await heldAfter(endpoint, rounds, next)
      const held = [
        await heldAfter(endpoint, rounds, (round) => next(rounds + round)),
        await heldAfter(endpoint, rounds, (round) => next(2 * rounds + round)),
      ]
      expect(Math.min(...held)).toBeLessThan(noise)
    },
    120_000,
  )
})
