/**
 * A database that accepts requests and never answers: the endpoint answers UNAVAILABLE before the function's time is
 * over.
 */
import type { Principal } from '@fieldnotes/core/principal'
import type { Deadline } from '@fieldnotes/table/deadline'
import { createTable } from '@fieldnotes/table/table'
import { bePatient } from '@fieldnotes/table/test/patience'
import { useSilentDatabase } from '@fieldnotes/table/test/silent'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createContextFactory } from '../../src/graphql/create-context.ts'
import { testConfig } from '../support/config.ts'
import { createWorld } from '../support/world.ts'

bePatient()

const silent = useSilentDatabase()

function soon(): Deadline {
  return { at: Date.now() + 500, clock: Date.now }
}
const twice = `mutation {
    a: createNote(input: { title: "a" }) { note { id } }
    b: createNote(input: { title: "b" }) { note { id } }
  }`

describe('a database that never answers', () => {
  it.each([
    ['two mutations, one after the other', twice, 2],
    ['a mutation of several requests', 'mutation { updateProfile(input: { name: "x" }) { me { id } } }', 1],
    ['several queries', '{ me { handle } tags { tag } notes { nodes { id } } changes { cursor } }', 4],
  ])('makes each field of %s UNAVAILABLE within the time of one request', async (_, document, errors) => {
    const world = createWorld(silent.config(), () => createTable(silent.config()).until(soon()))
    const { codes } = await world.someone('alice').ask(document)
    expect(codes).toEqual(Array.from({ length: errors }, () => 'UNAVAILABLE'))
  })

  it('is not requests again behind the deadline', async () => {
    const world = createWorld(silent.config(), () => createTable(silent.config()).until(soon()))
    await world.someone('alice').ask(twice)
    expect(silent.requests()).toBeLessThanOrEqual(1)
  })
})

describe('the context of an operation', () => {
  const principal = { kind: 'service', id: 'worker', clientId: 'worker' } as Principal
  /** The code and reason with which the call failed; empty while it runs. */
  const fate = (call: Promise<unknown>): readonly unknown[] => {
    const fates: unknown[] = []
    call.catch(({ code, reason }) => fates.push([code, reason]))
    return fates
  }
  const over = ['UNAVAILABLE', 'no time is left for the database']

  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
  afterEach(() => void vi.useRealTimers())

  it('has 6 seconds for its database, counted from its own beginning', async () => {
    const contextOf = createContextFactory({ ...testConfig, table: silent.config() }, () => true, {
      log: () => {},
      issuerSignOuts: undefined,
    })
    const spend = async () => {}
    const first = contextOf(principal, { requestId: 'r1', spend })
    const fates = fate(first.notes.list({}))
    await vi.advanceTimersByTimeAsync(2000)
    const second = fate(contextOf(principal, { requestId: 'r2', spend }).notes.list({}))
    await vi.advanceTimersByTimeAsync(3999)
    expect(fates).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(fates).toEqual([over])
    await expect(first.notes.tags()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await vi.advanceTimersByTimeAsync(1999)
    expect(second).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(second).toEqual([over])
  })
})
