import { describe, expect, it } from 'vitest'
import { argument } from '../src/argument.ts'
import type { Matrix } from '../src/matrix.ts'
import { matrixCommand } from '../src/matrix-command.ts'
import { changesBetween } from '../src/matrix-diff.ts'
import { formatMatrix, isMatrixFormat } from '../src/matrix-text.ts'
import { createPolicy } from '../src/policy.ts'
import { allow, and, caller, deny, not, notFound, or, type Rule, signedIn } from '../src/rules.ts'
import { alice, callers, createShop, mine, orders, shopRules } from './shop.ts'

const policy = createPolicy(createShop(), shopRules)
const matrix = policy.matrix(callers)

const statsBy = (stats: Rule) =>
  createPolicy(createShop(), { ...shopRules, Query: { ...shopRules.Query, stats } }).matrix(callers)

const cells = (of: Matrix, type: string, field: string) =>
  of.rows.find((row) => row.type === type && row.field === field)?.cells

describe('the matrix', () => {
  it('has a row for each field and a cell for each kind of caller', () => {
    expect(matrix.rows).toHaveLength(15)
    for (const row of matrix.rows) expect(Object.keys(row.cells)).toEqual(Object.keys(callers))
  })

  it('says what a field depends on for whom', () => {
    expect(cells(matrix, 'Order', 'total')).toEqual({
      anonymous: { verdict: 'deny', codes: ['UNAUTHENTICATED'] },
      alice: { verdict: 'depends', on: 'mine' },
      bob: { verdict: 'depends', on: 'mine' },
      boss: { verdict: 'allow' },
      powerless: { verdict: 'depends', on: 'mine' },
      machine: { verdict: 'depends', on: 'mine' },
    })
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
    ['a rule that throws, never asked', or(allow, broken), { verdict: 'allow' }],
    ['a rule that throws after one that refuses', and(deny, broken), { verdict: 'deny', codes: ['FORBIDDEN'] }],
    ['a rule that throws beside the object', or(mine, broken), { verdict: 'depends', on: 'mine or broken' }],
    ['what contradicts itself', and(mine, not(mine)), { verdict: 'deny', codes: ['FORBIDDEN'] }],
    ['not mine', not(mine), { verdict: 'depends', on: 'not mine' }],
    ['nested rules', and(or(mine, not(mine)), mine), { verdict: 'depends', on: '(mine or not mine) and mine' }],
  ]
  it.each(rules)('tells %s', (_name, rule, expected) => {
    expect(cells(statsBy(rule), 'Query', 'stats')?.alice).toEqual(expected)
  })

  it('tells a guard on an argument', () => {
    const guarded = { ...shopRules.Query, things: argument('orderBy.field', deny, ['MARGIN']) }
    const rows = createPolicy(createShop(), { ...shopRules, Query: guarded }).matrix({ alice })
    expect(cells(rows, 'Query', 'things')?.alice).toEqual({
      verdict: 'depends',
      on: 'not argument orderBy.field is MARGIN',
    })
  })

  it('never promises what the schema then refuses, nor the other way round', () => {
    for (const { type, field, cells: row } of matrix.rows)
      for (const [name, cell] of Object.entries(row)) {
        const principal = callers[name as keyof typeof callers]
        const decisions = orders.map((order) => policy.decide(principal, `${type}.${field}`, order).allowed)
        if (cell.verdict !== 'depends') expect(new Set(decisions)).toEqual(new Set([cell.verdict === 'allow']))
      }
  })
})

describe('what changed', () => {
  it('is nothing between equals', () => {
    expect(changesBetween(matrix, policy.matrix(callers))).toEqual([])
  })

  it('names each cell that differs', () => {
    const { anonymous, alice } = callers
    const before = policy.matrix({ anonymous, alice })
    const after = createPolicy(createShop(), { ...shopRules, Query: { ...shopRules.Query, stats: signedIn } }).matrix({
      anonymous,
      alice,
    })
    expect(changesBetween(before, after)).toEqual([
      { type: 'Query', field: 'stats', caller: 'alice', before: 'no', after: 'yes' },
    ])
  })

  it('names fields and callers that came or went', () => {
    const { alice, bob } = callers
    const one = policy.matrix({ alice })
    const two = { callers: ['bob'], rows: policy.matrix({ bob }).rows.slice(1) }
    const changes = changesBetween(one, two)
    expect(changes).toContainEqual({ type: 'Query', field: 'me', caller: 'alice', before: 'yes', after: 'absent' })
    expect(changes).toContainEqual({ type: 'Page', field: 'count', caller: 'bob', before: 'absent', after: 'yes' })
  })
})

describe('the matrix as text', () => {
  const before = statsBy(allow)

  it('is Markdown with one table for each type', () => {
    const text = formatMatrix(matrix, 'md')
    expect(text).toContain('## Order\n\n| field | rule | anonymous | alice | bob | boss | powerless | machine |')
    expect(text).toContain('| total | signed in and (mine or group shop:staff) | sign in | if mine | if mine |')
    expect(text).not.toContain('## Changed')
  })

  it('puts rules into words, with brackets only where they are needed', () => {
    const text = formatMatrix(matrix, 'md')
    expect(text).toContain('| margin | signed in and (mine or group shop:staff) and group shop:staff |')
    expect(text).toContain('| parcel | mine, else not found |')
  })

  it('says of a cell with several codes each of them', () => {
    expect(formatMatrix(statsBy(and(notFound(mine), deny)), 'md')).toContain('| no or not found |')
  })

  it('escapes what would break a table', () => {
    for (const [name, cell] of [
      ['a|b', 'a\\|b'],
      ['a\\|b', 'a\\\\\\|b'],
      ['a\n| b |\r\nc\u2028d', 'a \\| b \\| c d'],
    ] as const)
      expect(formatMatrix(statsBy(caller(name, () => true)), 'md')).toContain(`| ${cell} |`)
  })

  it('is JSON that gives the same matrix back', () => {
    expect(JSON.parse(formatMatrix(matrix, 'json'))).toEqual(matrix)
  })

  it('lists what changed against another matrix', () => {
    expect(formatMatrix(matrix, 'md', before)).toContain('| Query.stats | alice | yes | no |')
    expect(formatMatrix(matrix, 'md', matrix)).toContain('## Changed\n\nNothing.')
  })

  it('is a page that marks what changed and loads nothing', () => {
    const page = formatMatrix(matrix, 'html', before)
    expect(page).toContain('<td class="deny changed" data-caller="alice"><span>no</span><del>yes</del></td>')
    expect(page).toContain('only what changed (5)')
    expect(page).not.toMatch(/(src|href)=/)
    expect(formatMatrix(matrix, 'html')).not.toContain('only what changed')
  })

  it('shows fields that are gone', () => {
    const rows = [...matrix.rows, { type: 'Order', field: 'old', rule: 'allow', cells: {} }]
    expect(formatMatrix(matrix, 'html', { ...matrix, rows })).toContain('<del>Order.old</del>')
  })

  it('escapes names and rules', () => {
    const page = formatMatrix(statsBy(caller('<script>"&\'', () => true)), 'html')
    expect(page).toContain('&lt;script&gt;&quot;&amp;&#39;')
    expect(page).not.toContain('<script>"')
  })

  it('knows its formats', () => {
    expect(['md', 'json', 'html', 'pdf', 'constructor'].map(isMatrixFormat)).toEqual([true, true, true, false, false])
  })
})

describe('the command', () => {
  const before = JSON.stringify(statsBy(allow))
  const run = (...args: string[]) => matrixCommand(args, matrix, (file) => (file === 'before.json' ? before : ''))

  it('prints Markdown unless told otherwise', () => {
    expect(run()).toBe(formatMatrix(matrix, 'md'))
    expect(run('--format', 'json')).toBe(formatMatrix(matrix, 'json'))
  })

  it('shows what changed against an earlier matrix', () => {
    expect(run('--against', 'before.json')).toContain('| Query.stats | alice | yes | no |')
    expect(run('--format=html', '--against=before.json')).toContain('only what changed (5)')
  })

  it.each([['--format', 'pdf'], ['--format', 'constructor'], ['--fromat', 'md'], ['md']])(
    'refuses %s %s',
    (...args) => {
      expect(() => run(...args.filter(Boolean))).toThrow()
    },
  )
})
