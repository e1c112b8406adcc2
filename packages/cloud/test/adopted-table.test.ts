import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FoundTable } from '../../../infra/adopted-table.ts'
import { evaluate } from '../src/graph/evaluate.ts'
import { givenStatesVariable } from '../src/graph/given-state.ts'
import { resultOf } from '../src/graph/provider-calls.ts'
import { root } from '../src/paths.ts'

const { adoptable } = await import(join(root, 'infra/adopted-table.ts'))
const production = { stage: 'production', keep: true }
const alice = { stage: 'alice', keep: false }

/** A table that was restored, and completed as the page says. */
const complete = resultOf(
  'aws:dynamodb/getTable:getTable',
  { name: 'notes-restored' },
  'eu-west-1',
) as never as FoundTable
const [byChange, changePlaces] = complete.localSecondaryIndexes as [Index, Index]
type Index = FoundTable['localSecondaryIndexes'][number]

/** What AWS says of a restored table before it is completed. */
const bare = {
  ...complete,
  deletionProtectionEnabled: false,
  pointInTimeRecovery: { enabled: false },
  ttl: undefined,
  onDemandThroughputs: [],
}

describe('a table that takes the place of the stage’s own', () => {
  it.each([production, alice])('is accepted when it has what the code reads and what %o gives its own', (adopter) => {
    expect(adoptable(complete, adopter)).toBe(complete)
    expect(adoptable({ ...complete, tags: { stage: adopter.stage } }, adopter)).toBeDefined()
    const whole = { ...changePlaces, projectionType: 'ALL', nonKeyAttributes: [] }
    expect(adoptable({ ...complete, localSecondaryIndexes: [whole, byChange] }, adopter)).toBeDefined()
  })

  it.each([
    ['another key', { hashKey: 'id' }, /keys are not pk and sk/],
    ['no sort key', { rangeKey: '' }, /keys are not pk and sk/],
    ['one index', { localSecondaryIndexes: [byChange] }, /no index changePlaces/],
    ['no index', { localSecondaryIndexes: [] }, /no index byChange .*; it has no index changePlaces/],
    ['an index by another key', { localSecondaryIndexes: [{ ...byChange, rangeKey: 'x' }, changePlaces] }, /byChange/],
    [
      'an index without its attributes',
      { localSecondaryIndexes: [byChange, { ...changePlaces, nonKeyAttributes: ['reason'] }] },
      /no index changePlaces/,
    ],
    [
      'an index of keys alone',
      { localSecondaryIndexes: [{ ...byChange, projectionType: 'KEYS_ONLY' }, changePlaces] },
      /no index byChange/,
    ],
    ['the tag of another stage', { tags: { stage: 'bob' } }, /belongs to the stage bob/],
  ])('is refused in every stage with %s', (_, change, message) => {
    for (const adopter of [production, alice])
      expect(() => adoptable({ ...complete, ...change }, adopter)).toThrow(message)
  })

  it.each([
    ['protection against deletion', 'deletionProtectionEnabled', /no protection against deletion/],
    ['recovery', 'pointInTimeRecovery', /no point-in-time recovery/],
    ['expiry', 'ttl', /do not expire by expiresAt/],
    ['a ceiling', 'onDemandThroughputs', /no ceiling of capacity/],
  ] as const)('is refused without %s where data is kept, and nowhere else', (_, member, message) => {
    const table = { ...complete, [member]: bare[member] }
    expect(() => adoptable(table, production)).toThrow(message)
    expect(adoptable(table, alice)).toBe(table)
  })

  it('says everything at once, and where to read', () => {
    expect(() => adoptable(bare, production)).toThrow(
      /^FIELDNOTES_TABLE can't be notes-restored: .*deletion; .*recovery; .*expiresAt; .*capacity \(docs\/restore\.md\)$/,
    )
  })

  it('is checked by the deployment, before anything changes', async () => {
    const env = {
      FIELDNOTES_ORIGINS: 'https://notes.example.com',
      FIELDNOTES_TABLE: 'notes-restored',
      [givenStatesVariable]: JSON.stringify({ 'notes-restored': { state: { deletionProtectionEnabled: false } } }),
    }
    const secrets = { CursorSecrets: 'a-secret-of-at-least-thirty-two-bytes' }
    const message = /FIELDNOTES_TABLE can't be notes-restored: it has no protection against deletion/
    await expect(evaluate({ stage: 'production', secrets, env })).rejects.toThrow(message)
  })
})
