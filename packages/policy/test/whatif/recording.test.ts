/** Decisions are recorded without ids and contents. */
import { anonymous } from '@fieldnotes/core/principal'
import { buildSchema, graphql } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/policy.ts'
import { and, object, signedIn } from '../../src/rules.ts'
import { recordedIn, recording, recordsMax } from '../../src/whatif/recording-schema.ts'
import { alice, type Book, reads, recordsOf, rootValue, table, types } from '../kit/recorded-books.ts'

describe('recorded decisions', () => {
  it('fold equal ones into one with a count', async () => {
    const { decisions, dropped } = await recordsOf(alice)
    expect(dropped).toBe(0)
    expect(decisions.map(({ field, object, outcome, count }) => [field, object, outcome, count])).toEqual([
      ['Query.books', { 'argument order given': false }, 'allowed', 1],
      ['Book.title', { mine: true }, 'allowed', 1],
      ['Book.draft', { mine: true }, 'allowed', 1],
      ['Book.note', { mine: true }, 'FORBIDDEN', 1],
      ['Book.title', { mine: false }, 'allowed', 2],
      ['Book.draft', { mine: false }, 'FORBIDDEN', 2],
      ['Book.note', { mine: false }, 'FORBIDDEN', 2],
    ])
    expect(decisions[0]?.caller).toEqual({
      kind: 'user',
      thirdParty: false,
      scopes: ['read'],
      groups: { 'g:staff': false },
      rules: { early: false },
    })
  })

  it('have no id, no content, and no group that no rule reads', async () => {
    const text = JSON.stringify(await recordsOf(alice, table, '{ books(order: "secret order") { title draft } }'))
    expect(text).toContain('FORBIDDEN')
    expect(text).not.toMatch(/secret|family|-id|title"?:/)
  })

  it('are none without a principal, and the anonymous caller has no facts', async () => {
    const { schema } = createPolicy(types, table)
    const contextValue = {}
    await graphql({ schema: recording(schema, table), source: '{ books { title } }', rootValue, contextValue })
    expect(recordedIn(contextValue).decisions).toEqual([])
    const { decisions } = await recordsOf(anonymous)
    expect(decisions).toMatchObject([{ field: 'Query.books', outcome: 'UNAUTHENTICATED', caller: { scopes: [] } }])
  })

  it('are bounded: further different ones are counted', async () => {
    const names = Array.from({ length: recordsMax + 50 }, (_, index) => `f${index}`)
    const wide = buildSchema(`type Query { ${names.map((name) => `${name}: Int`).join(' ')} }`)
    const rules = { Query: Object.fromEntries(names.map((name) => [name, signedIn])) }
    const contextValue = { principal: alice }
    const schema = recording(createPolicy(wide, rules).schema, rules)
    await graphql({ schema, source: `{ ${names.join(' ')} }`, contextValue })
    expect(recordedIn(contextValue)).toMatchObject({ dropped: 50 })
    expect(recordedIn(contextValue).decisions).toHaveLength(recordsMax)
  })

  it('leave out a rule that throws, and open nothing', async () => {
    const broken = object<Book>('broken', () => {
      throw new Error('no')
    })
    const { decisions } = await recordsOf(alice, { ...table, Book: { ...table.Book, note: and(reads, broken) } })
    const [note] = decisions.filter(({ field }) => field === 'Book.note')
    expect(note).toMatchObject({ outcome: 'UNAVAILABLE', object: { mine: true } })
    expect(note?.object).not.toHaveProperty('broken')
  })
})
