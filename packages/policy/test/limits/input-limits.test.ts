import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { assertInputs, inputLimitsDefault } from '../../src/limits/input-limits.ts'
import { createShop } from '../shop.ts'
import { thrownBy } from '../thrown.ts'

const schema = createShop()

function refusalOf(query: string, variables: Record<string, unknown> = {}, limits = inputLimitsDefault) {
  const thrown = thrownBy(() => assertInputs({ schema, document: parse(query), variables }, limits))
  return thrown === 'nothing' ? 'taken' : (thrown as { reason: string }).reason
}

function fields(count: number, one: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => one(at)).join(' ')
}

describe('what the arguments of an operation bring', () => {
  it('counts a variable as often as it is used, also within literals', () => {
    const query = `mutation($n: I!) { ${fields(10, (at) => `a${at}: f(of: [${fields(25, () => '$n')}])`)} }`
    expect(refusalOf(query, { n: { tags: ['a', 'b', 'c'] } })).toBe('taken')
    expect(refusalOf(query, { n: { tags: Array(8).fill('a') } })).toBe('values of arguments: 2510 > 2000')
    expect(refusalOf(query, { n: 'x'.repeat(4000) })).toBe('taken')
    expect(refusalOf(query, { n: 'x'.repeat(4001) })).toBe('characters of arguments: 1000250 > 1000000')
  })

  it('counts the default of a variable that is not given as often as the variable is used', () => {
    const query = (uses: number) =>
      `mutation($c: String = "${'x'.repeat(40_000)}") { ${fields(uses, (at) => `a${at}: f(of: $c)`)} }`
    expect([refusalOf(query(25)), refusalOf(query(26))]).toEqual([
      'taken',
      'characters of arguments: 1040000 > 1000000',
    ])
    expect(refusalOf(query(26), { c: 'short' })).toBe('taken')
    expect(refusalOf('mutation($c: [Int] = [1, 2, 3]) { a(of: $c) }', {}, { values: 3, characters: 9 })).toMatch(
      /^values/,
    )
  })

  it('counts literals as often as their fragment is spread', () => {
    const query = (spreads: number) =>
      `{ ${fields(spreads, (at) => `a${at}: b { ...F }`)} } fragment F on B { c(of: "${'x'.repeat(40_000)}") }`
    expect([refusalOf(query(25)), refusalOf(query(26))]).toEqual([
      'taken',
      'characters of arguments: 1040000 > 1000000',
    ])
  })

  it('reads no more of a variable than is too much', () => {
    const limits = { values: 3, characters: 10 }
    const looked = { at: 0 }
    const list = Array.from({ length: 100 }, () => ({
      get x() {
        looked.at += 1
        return 1
      },
    }))
    expect(refusalOf('query($v: I) { a(of: $v) }', { v: list }, limits)).toMatch(/^values of arguments/)
    expect(looked.at).toBeLessThan(5)
  })

  it('counts nothing of variables that no argument uses, of other operations, or without an operation', () => {
    const long = 'x'.repeat(1_000_001)
    expect(refusalOf('query($v: Boolean!) { a @skip(if: $v) }', { v: true, w: long })).toBe('taken')
    expect(refusalOf('{ a } fragment F on Query { a }', { v: long })).toBe('taken')
    expect(refusalOf('fragment F on Query { a(of: $v) }', { v: long })).toBe('taken')
  })
})
