/**
 * The answer to a write gets lost, another device writes, and only then the write is repeated. No repetition changes
 * what was written meanwhile, and no caller gets a CONFLICT for their own change.
 */
import { AppError } from '@fieldnotes/core/error'
import type { Table } from '@fieldnotes/table/table'
import { type Engine, startEngine } from '@fieldnotes/table/test/engine'
import { type LossyLine, openLossyLine } from '@fieldnotes/table/test/lossy'
import { bePatient } from '@fieldnotes/table/test/patience'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appErrorOf } from '../../src/errors/map-error.ts'
import { createSchema } from '../../src/graphql/schema.ts'
import { act, done, seen, written } from '../support/acts.ts'
import { type Meanwhile, meanwhiles, prepare, type Row, rows, type State, stateOf } from '../support/lost-writes.ts'
import { downstreamMutations, signInMutations } from '../support/sign-in-mutations.ts'
import { createWorld, type World } from '../support/world.ts'

bePatient()
let engine: Engine
let line: LossyLine
/** Devices behind the proxy. Their clock is ahead, so that they write a note of the other devices directly. */
let slow: World
/** Devices that reach the database without the proxy. */
let fast: World
beforeAll(async () => {
  engine = await startEngine()
  const config = await engine.newTable()
  line = await openLossyLine(config)
  fast = createWorld(config)
})
beforeEach(() => {
  // A new client for each test: the SDK repeats less and less often after many lost answers.
  slow = createWorld(line.config)
  slow.clock.now = fast.clock.now + 60_000
})
afterAll(async () => {
  await line.close()
  await engine.stop()
})

const cases = rows.flatMap((row) => meanwhiles.map((meanwhile) => ({ ...row, ...meanwhile })))

/** Calls a mutation, drops the answer to its write, and lets another device write before the repetition. */
async function callWithHeldRepetition(row: Row & Meanwhile, key: object, status?: number) {
  const people = await prepare(row, slow, fast)
  const input = { ...(await row.input(people)), ...key }
  const held = line.loseAndHold(status)
  const calling = act(people.caller, row.mutation, input)
  await held.dropped
  const applied = await stateOf(people)
  await row.meanwhile(people)
  const after = await stateOf(people)
  held.release()
  const { codes, errors } = await calling
  expect(await stateOf(people)).toEqual(after)
  return { people, input, codes, errors, applied, after }
}

function isUnknown({ mutation, kind, name }: Row & Meanwhile, applied: State, after: State): boolean {
  const part = mutation === 'updateProfile' ? 'profiles' : 'notes'
  const isTouched = JSON.stringify(applied[part]) !== JSON.stringify(after[part])
  if (kind === 'new') return name === 'it is deleted'
  return kind === 'alone' && isTouched
}

describe('the mutations whose answers get lost here', () => {
  it('are all of the schema that write a note or a profile', () => {
    const fields = createSchema().schema.getMutationType()?.getFields() ?? {}
    const found = [...rows.map(({ mutation }) => mutation), ...signInMutations, ...downstreamMutations]
    expect(new Set<string>(found)).toEqual(new Set(Object.keys(fields)))
  })
})

describe('a repetition after another write', () => {
  it.each(cases)('changes nothing: $mutation, $kind, while $name (%#)', async (row) => {
    const { codes, errors, applied, after } = await callWithHeldRepetition(row, {})
    const expected = isUnknown(row, applied, after) ? ['UNAVAILABLE'] : []
    expect(codes).toEqual(expected)
    for (const error of errors.map(appErrorOf)) {
      expect(error).toMatchObject({ message: expect.stringContaining('may or may not'), remedy: undefined })
    }
  })

  it.each(cases)('changes nothing with a key, and succeeds: $mutation while $name (%#)', async (row) => {
    const { people, input, codes, after } = await callWithHeldRepetition(row, { idempotencyKey: 'key' })
    expect(codes).toEqual([])
    await act(people.caller, row.mutation, input)
    expect(await stateOf(people)).toEqual(after)
  })
})

const bodiless = cases.filter(({ kind, name }) => kind !== 'transaction' && name !== 'it is restored')

describe.each([200, 408])('a repetition after an answer of %i without a body, and another write', (status) => {
  it.each(bodiless)('changes nothing: $mutation, $kind, while $name (%#)', async (row) => {
    const { codes, applied, after } = await callWithHeldRepetition(row, {}, status)
    expect(codes).toEqual(isUnknown(row, applied, after) ? ['UNAVAILABLE'] : [])
  })
})

describe('a lost update of a note that is deleted before the repetition', () => {
  it.each([
    ['can be read', false],
    ['can not be read', true],
  ])('may have been made, also when what is there since %s', async (_, isDown) => {
    const cutReads = (table: Table): Table => ({
      ...table,
      batchGet: (keys) => (isDown ? Promise.reject(new AppError('UNAVAILABLE', 'down')) : table.batchGet(keys)),
    })
    const zoe = fast.someone('zoe')
    const { id } = await written(zoe)
    const cut = createWorld(line.config, cutReads)
    cut.clock.now = slow.clock.now
    const held = line.loseAndHold()
    const calling = act(cut.someone('zoe'), 'updateNote', { id, title: 'mine' })
    await held.dropped
    await done(zoe, 'deleteNote', { id })
    held.release()
    const { codes, errors } = await calling
    expect(codes).toEqual(['UNAVAILABLE'])
    expect(errors[0]?.message).toContain('may or may not')
  })
})

describe('a write that arrives after its repetition', () => {
  it.each(cases)('changes nothing: $mutation, $kind, while $name (%#)', async (row) => {
    const people = await prepare(row, slow, fast)
    const delayed = line.delayNext()
    const { codes } = await act(people.caller, row.mutation, await row.input(people))
    // A new item is not created again: it might have been deleted meanwhile.
    expect(codes).toEqual(row.kind === 'new' ? ['UNAVAILABLE'] : [])
    await row.meanwhile(people)
    const after = await stateOf(people)
    await delayed.deliver()
    const late = await stateOf(people)
    if (row.kind === 'new') expect(late.notes[0].notes.nodes).toHaveLength(after.notes[0].notes.nodes.length + 1)
    else expect(late).toEqual(after)
  })
})

const refused: readonly (Pick<Row, 'isTrashed' | 'isShared' | 'isBobs'> & { of: string; version: number })[] = [
  { of: 'a note in the trash', isTrashed: true, version: 3 },
  { of: 'a shared note', isShared: true, version: 3 },
  { of: 'an editor, who has no such note', isShared: true, isBobs: true, version: 3 },
]

describe('the lost refusal of a direct update', () => {
  it.each(refused)('does not hinder the change, which happens once: $of', async ({ version, ...row }) => {
    const people = await prepare({ mutation: 'updateNote', kind: 'alone', input: () => ({}), ...row }, slow, fast)
    const before = line.lost()
    line.loseNext()
    const { note } = await done(people.caller, 'updateNote', { id: people.id, title: 'mine' })
    expect(line.lost()).toBe(before + 1)
    expect(note).toMatchObject({ title: 'mine', version })
  })
})

describe('a lost answer of a clock that is behind', () => {
  it.each([
    ['is UNAVAILABLE where no version is given', undefined, ['UNAVAILABLE'], 'old'],
    ['is a change where the version shows that it was refused', 1, [], 'mine'],
    ['is a CONFLICT where another write took the version', 0, ['CONFLICT'], 'old'],
  ])('%s', async (_, version, codes, title) => {
    const row: Row = { mutation: 'updateNote', kind: 'alone', input: () => ({}) }
    const people = await prepare(row, slow, { ...fast, someone: slow.someone })
    slow.clock.now -= 3_600_000
    line.loseNext()
    const answer = await act(people.caller, 'updateNote', { id: people.id, title: 'mine', version })
    slow.clock.now += 3_600_000
    expect(answer.codes).toEqual(codes)
    expect(await seen(people.alice, people.id)).toMatchObject({ title })
  })
})
