import { anonymous } from '@fieldnotes/core/principal'
import { describe, expect, it } from 'vitest'
import { type Kinds, type Matrix, matrixOf } from '../../src/matrix/matrix.ts'
import { changesBetween } from '../../src/matrix/matrix-diff.ts'
import { createPolicy } from '../../src/policy.ts'
import { argument } from '../../src/rule/argument.ts'
import { allow, and, caller, deny, not, notFound, or, type Rule, signedIn } from '../../src/rules.ts'
import { alice, callers, createShop, mine, orders, shopRules } from '../shop.ts'

function shop(kinds: Kinds = callers) {
  return matrixOf(createShop(), shopRules, kinds)
}

function statsBy(stats: Rule) {
  return matrixOf(createShop(), { ...shopRules, Query: { ...shopRules.Query, stats } }, callers)
}

function cells(of: Matrix, type: string, field: string) {
  return of.rows.find((row) => row.type === type && row.field === field)?.cells
}

describe('the matrix', () => {
  it('has a row for each field and a cell for each kind of caller', () => {
    const matrix = shop()
    expect(matrix.rows).toHaveLength(15)
    for (const row of matrix.rows) expect(Object.keys(row.cells)).toEqual(Object.keys(callers))
  })

  it('has for each kind of caller what a field depends on', () => {
    expect(cells(shop(), 'Order', 'total')).toEqual({
      anonymous: { verdict: 'deny', codes: ['UNAUTHENTICATED'] },
      alice: { verdict: 'depends', on: 'mine' },
      bob: { verdict: 'depends', on: 'mine' },
      boss: { verdict: 'allow' },
      powerless: { verdict: 'depends', on: 'mine' },
      machine: { verdict: 'depends', on: 'mine' },
    })
  })

  it('has a condition where the principals of one kind differ', () => {
    const boss = callers.boss
    const cell = (rule: Rule, kind: Kinds[string]) =>
      cells(
        matrixOf(createShop(), { ...shopRules, Query: { ...shopRules.Query, stats: rule } }, { kind }),
        'Query',
        'stats',
      )?.kind
    const isAlice = caller('alice', ({ kind, ...rest }) => kind === 'user' && 'id' in rest && rest.id === alice.id)
    expect(cell(isAlice, [alice, boss])).toEqual({ verdict: 'depends', on: 'alice' })
    expect(cell(isAlice, [boss, alice])).toEqual({ verdict: 'depends', on: 'alice' })
    expect(cell(isAlice, [alice])).toEqual({ verdict: 'allow' })
    expect(cell(isAlice, [boss])).toEqual({ verdict: 'deny', codes: ['FORBIDDEN'] })
    expect(cell(or(isAlice, signedIn), [alice, boss])).toEqual({ verdict: 'allow' })
    expect(cell(and(isAlice, not(isAlice)), [alice, boss])).toEqual({ verdict: 'deny', codes: ['FORBIDDEN'] })
    expect(cell(signedIn, [alice, anonymous])).toEqual({ verdict: 'depends', on: 'signed in' })
  })

  it('carries short words, if they are given', () => {
    expect(shop()).not.toHaveProperty('words')
    expect(matrixOf(createShop(), shopRules, callers, { mine: 'owner' }).words).toEqual({ mine: 'owner' })
  })

  const broken = caller('broken', () => {
    throw new Error('no')
  })
  const promising = caller('promising', () => Promise.resolve(true) as never)
  const undecidable = { verdict: 'deny', codes: ['UNAVAILABLE'] }
  const rules: readonly [string, Rule, object][] = [
    ['allow', allow, { verdict: 'allow' }],
    ['deny', deny, { verdict: 'deny', codes: ['FORBIDDEN'] }],
    ['a hidden refusal', notFound(deny), { verdict: 'deny', codes: ['NOT_FOUND'] }],
    ['what no object can change', and(mine, not(signedIn)), { verdict: 'deny', codes: ['FORBIDDEN'] }],
    [
      'what the object decides how to refuse',
      and(notFound(mine), deny),
      { verdict: 'deny', codes: ['FORBIDDEN', 'NOT_FOUND'] },
    ],
    ['a rule that throws', broken, undecidable],
    ['a rule that throws before one that refuses', and(broken, deny), undecidable],
    ['a rule that throws before one that allows', or(broken, allow), undecidable],
    ['a rule that throws and is turned round', not(broken), undecidable],
    ['a promise that is turned round', not(promising), undecidable],
    ['a rule that throws, never evaluated', or(allow, broken), { verdict: 'allow' }],
    ['a rule that throws after one that refuses', and(deny, broken), { verdict: 'deny', codes: ['FORBIDDEN'] }],
    ['a rule that throws beside the object', or(mine, broken), { verdict: 'depends', on: 'mine or broken' }],
    ['what contradicts itself', and(mine, not(mine)), { verdict: 'deny', codes: ['FORBIDDEN'] }],
    ['not mine', not(mine), { verdict: 'depends', on: 'not mine' }],
    ['nested rules', and(or(mine, not(mine)), mine), { verdict: 'depends', on: '(mine or not mine) and mine' }],
  ]
  it.each(rules)('tells %s', (_name, rule, expected) => {
    expect(cells(statsBy(rule), 'Query', 'stats')?.alice).toEqual(expected)
  })

  it('has a guard on an argument', () => {
    const guarded = { ...shopRules.Query, things: argument('orderBy.field', deny, ['MARGIN']) }
    const rows = matrixOf(createShop(), { ...shopRules, Query: guarded }, { alice })
    expect(cells(rows, 'Query', 'things')?.alice).toEqual({
      verdict: 'depends',
      on: 'not argument orderBy.field is MARGIN',
    })
  })

  it('never promises what the schema then refuses, nor the other way round', () => {
    const policy = createPolicy(createShop(), shopRules)
    for (const { type, field, cells: row } of shop().rows)
      for (const [name, cell] of Object.entries(row)) {
        const principal = callers[name as keyof typeof callers]
        const decisions = orders.map((order) => policy.decide(principal, `${type}.${field}`, order).allowed)
        if (cell.verdict !== 'depends') expect(new Set(decisions)).toEqual(new Set([cell.verdict === 'allow']))
      }
  })
})

describe('what changed', () => {
  it('is nothing between equals', () => {
    expect(changesBetween(shop(), shop())).toEqual([])
  })

  it('names each cell that differs', () => {
    const { anonymous, alice } = callers
    const before = shop({ anonymous, alice })
    const signed = { ...shopRules, Query: { ...shopRules.Query, stats: signedIn } }
    const after = matrixOf(createShop(), signed, { anonymous, alice })
    expect(changesBetween(before, after)).toEqual([
      { type: 'Query', field: 'stats', caller: 'alice', before: 'no', after: 'yes', direction: 'wider' },
    ])
  })

  it('names fields and callers that came or went', () => {
    const { alice, bob } = callers
    const one = shop({ alice })
    const two = { callers: ['bob'], rows: shop({ bob }).rows.slice(1) }
    const changes = changesBetween(one, two)
    const narrower = { before: 'yes', after: 'absent', direction: 'narrower' }
    const wider = { before: 'absent', after: 'yes', direction: 'wider' }
    expect(changes).toContainEqual({ type: 'Query', field: 'me', caller: 'alice', ...narrower })
    expect(changes).toContainEqual({ type: 'Page', field: 'count', caller: 'bob', ...wider })
    const back = changesBetween(two, one)
    expect(back).toContainEqual({ type: 'Query', field: 'me', caller: 'alice', ...wider })
    expect(back).toHaveLength(changes.length)
  })
})
