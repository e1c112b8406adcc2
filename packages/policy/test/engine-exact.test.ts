import { buildSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { expectSame } from './engine-kit.ts'

describe('what graphql-js does and few would look for', () => {
  const schema = buildSchema('type Query { a: Int strict: Strict b: Int } type Strict { late: Int must: Int! }')
  const later = async (ticks: number): Promise<void> => {
    for (const _ of Array(ticks)) await null
  }

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
    'tells of a late error among others in its order, %i ticks later',
    async (ticks) => {
      const strict = { must: null, late: () => later(2) }
      const b = () => later(ticks).then(() => Promise.reject(new Error('b')))
      const args = { schema, document: parse('{ strict { late must } b }'), rootValue: { strict, b } }
      expect((await expectSame(args)).errors).toHaveLength(2)
    },
  )

  it('asks a condition that is null only where graphql-js does', async () => {
    const document = parse(`
      query A($on: Boolean = true) { ...F ...F @include(if: $on) }
      query B($on: Boolean = true) { a @include(if: $on) }
      fragment F on Query { a }`)
    const ask = (operationName: string) =>
      expectSame({ schema, document, operationName, rootValue: { a: 1 }, variableValues: { on: null } })
    expect(await ask('A')).toEqual({ data: { a: 1 }, errors: [] })
    expect((await ask('B')).errors).toHaveLength(1)
  })

  it('waits for a function that is a promise too', async () => {
    const a = () => Object.assign(() => 7, Object.fromEntries([['then', (done: (value: number) => void) => done(8)]]))
    expect((await expectSame({ schema, document: parse('{ a }'), rootValue: { a } })).data).toEqual({ a: 8 })
  })
})
