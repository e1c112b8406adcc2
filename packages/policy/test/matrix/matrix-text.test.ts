import { describe, expect, it } from 'vitest'
import { matrixOf } from '../../src/matrix/matrix.ts'
import { matrixCommand } from '../../src/matrix/matrix-command.ts'
import { formatMatrix, isMatrixFormat } from '../../src/matrix/matrix-text.ts'
import { allow, and, caller, deny, notFound, type Rule } from '../../src/rules.ts'
import { callers, createShop, mine, shopRules } from '../shop.ts'

function matrix() {
  return matrixOf(createShop(), shopRules, callers)
}

function statsBy(stats: Rule) {
  return matrixOf(createShop(), { ...shopRules, Query: { ...shopRules.Query, stats } }, callers)
}

function before() {
  return statsBy(allow)
}

describe('the matrix as text', () => {
  it('is Markdown with one table for each type', () => {
    const text = formatMatrix(matrix(), 'md')
    expect(text).toContain('## Order\n\n| field | rule | anonymous | alice | bob | boss | powerless | machine |')
    expect(text).toContain('| total | signed in and (mine or group shop:staff) | sign in | if mine | if mine |')
    expect(text).not.toContain('## Changed')
  })

  it('puts rules into words, with brackets only where they are needed', () => {
    const text = formatMatrix(matrix(), 'md')
    expect(text).toContain('| margin | signed in and (mine or group shop:staff) and group shop:staff |')
    expect(text).toContain('| parcel | mine, else not found |')
  })

  it('prints every code of a cell', () => {
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
    expect(JSON.parse(formatMatrix(matrix(), 'json'))).toEqual(matrix())
  })

  it('lists what changed against another matrix', () => {
    expect(formatMatrix(matrix(), 'md', before())).toContain('| Query.stats | alice | yes | no |')
    expect(formatMatrix(matrix(), 'md', matrix())).toContain('## Changed\n\nNothing.')
  })

  it('is a page that marks what changed and loads nothing', () => {
    const page = formatMatrix(matrix(), 'html', before())
    expect(page).toMatch(/<td class="no changed narrower" data-caller="alice" [^>]*>.*<del>yes<\/del> no<\/td>/)
    expect(page).toContain('only what changed (5)')
    expect(page).not.toMatch(/(src|href)=/)
    expect(formatMatrix(matrix(), 'html')).not.toContain('only what changed')
  })

  it('shows fields that are gone', () => {
    const rows = [...matrix().rows, { type: 'Order', field: 'old', rule: 'allow', cells: {} }]
    expect(formatMatrix(matrix(), 'html', { ...matrix(), rows })).toContain('<del>Order.old</del>')
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
  const run = (...args: string[]) =>
    matrixCommand(args, matrix(), (file) => (file === 'before.json' ? JSON.stringify(before()) : ''))

  it('prints Markdown by default', () => {
    expect(run()).toBe(formatMatrix(matrix(), 'md'))
    expect(run('--format', 'json')).toBe(formatMatrix(matrix(), 'json'))
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

  it('lists the formats', () => {
    expect(() => run('--format', 'pdf')).toThrow('There is no format pdf: say md, json or html.')
  })
})
