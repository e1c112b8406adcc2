import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FoundTable } from '../../../infra/adopted-table.ts'
import { evaluate } from '../src/graph/evaluate.ts'
import { givenStatesVariable } from '../src/graph/given-state.ts'
import { resultOf } from '../src/graph/provider-calls.ts'
import { root } from '../src/paths.ts'
import { requiredSecrets } from '../src/required-secrets.ts'

const { adoptable } = await import(join(root, 'infra/adopted-table.ts'))
const project = 'fieldnotes'
const ceiling = { maxReadRequestUnits: 20_000, maxWriteRequestUnits: 10_000 }
const production = { project, stage: 'production', keep: true, ceiling }
const alice = { project, stage: 'alice', keep: false, ceiling: { maxReadRequestUnits: 800, maxWriteRequestUnits: 400 } }

/** A table that was restored, and completed as the page says. */
const complete = resultOf(
  'aws:dynamodb/getTable:getTable',
  { name: 'notes-restored' },
  { region: 'eu-west-1', app: { name: project, stage: 'production' } },
) as never as FoundTable
const [byChange, changePlaces] = complete.localSecondaryIndexes as [Index, Index]
type Index = FoundTable['localSecondaryIndexes'][number]

/** The same as a table of this stage, with a change. */
function completeFor(stage: string, change: object = {}) {
  return { ...complete, tags: { project, stage }, ...change }
}

/** What AWS says of a restored table before it is completed. */
const bare = {
  ...complete,
  tags: {},
  deletionProtectionEnabled: false,
  pointInTimeRecovery: { enabled: false, recoveryPeriodInDays: 0 },
  ttl: undefined,
  onDemandThroughputs: [],
}

describe('a table that takes the place of the stage’s own', () => {
  it.each([production, alice])('is accepted when it has what the code reads and what %o gives its own', (adopter) => {
    const table = completeFor(adopter.stage)
    expect(adoptable(table, adopter)).toBe(table)
    const tags = { ...table.tags, 'aws:backup': 'x' }
    expect(adoptable({ ...table, tags }, adopter)).toBeDefined()
    const whole = { ...changePlaces, projectionType: 'ALL', nonKeyAttributes: [] }
    expect(adoptable({ ...table, localSecondaryIndexes: [whole, byChange] }, adopter)).toBeDefined()
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
    ['keys that are numbers', { attributes: [{ name: 'pk', type: 'N' }] }, /keys are not texts/],
    ['the tag of another stage', { tags: { project, stage: 'bob' } }, /tag stage is bob, not (production|alice)/],
    ['a capital in the tag', { tags: { project, stage: 'Alice' } }, /tag stage is Alice/],
    ['no tag, as after a restore', { tags: {} }, /tag project is missing.*; its tag stage is missing/],
    ['tags that are not read', { tags: undefined }, /tag stage is missing/],
    ['another product’s tag', { tags: { project: 'other', stage: 'alice' } }, /tag project is other, not fieldnotes/],
  ])('is refused in every stage with %s', (_, change, message) => {
    for (const adopter of [production, alice])
      expect(() => adoptable(completeFor(adopter.stage, change), adopter)).toThrow(message)
  })

  it.each([
    ['no protection against deletion', { deletionProtectionEnabled: false }, /no protection against deletion/],
    ['a key that AWS owns', { serverSideEncryption: { enabled: false } }, /not encrypted with a key of KMS/],
    ['no answer on its key', { serverSideEncryption: undefined }, /not encrypted with a key of KMS/],
    ['no recovery', { pointInTimeRecovery: { enabled: false, recoveryPeriodInDays: 35 } }, /no point-in-time recovery/],
    ['a day of recovery', { pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 1 } }, /recovery of 35 days/],
    ['no expiry', { ttl: undefined }, /do not expire by expiresAt/],
    ['no ceiling', { onDemandThroughputs: [] }, /no ceiling of capacity of 20000 reads and 10000 writes/],
    ['no ceiling of writes', { onDemandThroughputs: [{ ...ceiling, maxWriteRequestUnits: -1 }] }, /no ceiling/],
    ['no ceiling of reads', { onDemandThroughputs: [{ ...ceiling, maxReadRequestUnits: -1 }] }, /no ceiling/],
    ['too low a ceiling', { onDemandThroughputs: [{ maxReadRequestUnits: 1, maxWriteRequestUnits: 1 }] }, /no ceiling/],
  ])('is refused with %s where data is kept, and nowhere else', (_, change, message) => {
    expect(() => adoptable(completeFor('production', change), production)).toThrow(message)
    const table = completeFor('alice', change)
    expect(adoptable(table, alice)).toBe(table)
  })

  it('says everything at once, and where to read', () => {
    expect(() => adoptable(bare, production)).toThrow(
      /^FIELDNOTES_TABLE can't be notes-restored: .*project .*stage .*deletion; .*recovery .*expiresAt; .*capacity .*\(docs\/restore\.md\)$/,
    )
  })

  it.each([
    [{ state: { deletionProtectionEnabled: false } }, /can't be notes-restored: it has no protection against deletion/],
    [{ state: { tags: {} } }, /can't be notes-restored: its tag project is missing/],
    [{ state: { onDemandThroughputs: [] } }, /can't be notes-restored: it has no ceiling of capacity of 20000 reads/],
    [{ absent: true, state: {} }, /reading DynamoDB Table \(notes-restored\): couldn't find resource/],
  ])('is read by the deployment, which fails with %j', async (given, message) => {
    const env = {
      FIELDNOTES_ORIGINS: 'https://notes.example.com',
      FIELDNOTES_TABLE: 'notes-restored',
      [givenStatesVariable]: JSON.stringify({ 'notes-restored': given }),
    }
    await expect(evaluate({ stage: 'production', secrets: requiredSecrets, env })).rejects.toThrow(message)
  })
})
