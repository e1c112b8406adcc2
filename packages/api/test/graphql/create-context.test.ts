/** The second lock: an operation without a caller can't reach the table, whatever the rules say. */
import { anonymous } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import type { Table } from '@fieldnotes/table/table'
import { describe, expect, it } from 'vitest'
import { callerDataOf, createContextFactory } from '../../src/graphql/create-context.ts'
import { testConfig } from '../support/config.ts'

/** A table that counts what reaches it. */
function countedTable() {
  const calls: string[] = []
  const table = new Proxy({} as Table, {
    get: (_, name) => async () => {
      calls.push(String(name))
      return { items: [], last: undefined }
    },
  })
  return { calls, deps: { table, clock: () => 0, random: () => new Uint8Array(20), cursorSecrets: ['secret'] } }
}

const caller = {
  id: 'alice',
  name: 'Alice',
  email: undefined,
  clientId: 'app',
  thirdParty: false,
  readsNotes: () => true,
}
const refusal = expect.objectContaining({ code: 'UNAUTHENTICATED' })

describe('the operations of no caller', () => {
  const { calls, deps } = countedTable()
  const known = callerDataOf(deps, caller)

  it.each(Object.keys(known.notes) as (keyof typeof known.notes)[])('refuse notes.%s', (operation) => {
    expect(() => callerDataOf(deps, undefined).notes[operation]).toThrow(refusal)
  })

  it.each(Object.keys(known.people) as (keyof typeof known.people)[])('refuse people.%s', (operation) => {
    expect(() => callerDataOf(deps, undefined).people[operation]).toThrow(refusal)
  })

  it('reach no table, where those of a caller do', async () => {
    expect(calls).toEqual([])
    await known.notes.tags()
    expect(calls).toEqual(['query'])
  })
})

describe('the context of a request', () => {
  const spend = async () => {}
  const contextOf = createContextFactory(testConfig, () => true, { log: () => {}, issuerSignOuts: undefined })

  it('of an anonymous caller has no operations', () => {
    expect(() => contextOf(anonymous, { requestId: 'r1', spend }).notes.list).toThrow(refusal)
  })

  it.each([
    ['a user', sampleUser({ id: 'alice' })],
    ['a service', sampleService({ id: 'robot' })],
  ])('of %s has the principal, the id of the request, and operations', (_, principal) => {
    const context = contextOf(principal, { requestId: 'r2', spend })
    expect(context).toMatchObject({ principal, requestId: 'r2' })
    expect([typeof context.notes.list, typeof context.people.me]).toEqual(['function', 'function'])
  })
})
