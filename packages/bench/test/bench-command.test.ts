import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { benchCommand, secondsOf } from '../src/bench-command.ts'
import { peerNames } from '../src/peers/peer-list.ts'

const wrong: readonly [string, readonly string[], RegExp][] = [
  ['an unknown flag', ['--quik'], /--quik/],
  ['a word that belongs to no flag', ['list'], /list/],
  ['a flag without its value', ['--only'], /--only/],
  ['a value for a flag that has none', ['--quick=yes'], /--quick/],
  ['a quick smoke run', ['--quick', '--smoke'], /quick or smoke, not both/],
  [
    'a misspelt row, naming it and all that there are',
    ['--only', 'floor,our'],
    /'our'.* floor, .*shield-tuned, .* ours, /,
  ],
  ['a seed that is no number', ['--seed', 'x'], /--seed takes .*'x'/],
  ['a seed of 0, for which every number is 0', ['--seed', '0'], /--seed/],
  ['an empty list', ['--only', ''], /''.* floor, /],
  ['a name that objects have anyway', ['--only', 'toString'], /'toString'/],
]

describe('npm run bench', () => {
  it.each(wrong)('refuses %s', (_name, words, message) => {
    expect(() => benchCommand(words)).toThrow(message)
  })

  it('measures every row in full, and writes it where it is quoted from', () => {
    const { plan, folder, how } = benchCommand([])
    expect({ only: plan.only, how }).toEqual({ only: peerNames, how: 'npm run bench' })
    expect(folder && readdirSync(folder)).toContain('RESULTS.md')
  })

  it.each([
    ['--quick'],
    ['--smoke'],
    ['--only', 'ours'],
    ['--only', peerNames.join(',')],
    ['--quick', '--only', 'ours'],
    ['--smoke', '--only', 'ours'],
    ['--seed', '2'],
  ])('is written nowhere with %s %s', (...words) => {
    expect(benchCommand(words).folder).toBeUndefined()
  })

  it.each([['--quick'], ['--smoke'], []])('is written into the folder that follows --to, after %s', (...words) => {
    expect(benchCommand([...words, '--to', 'somewhere']).folder).toBe('somewhere')
  })

  it('measures the floor first in every selection of rows, because its answers are the reference', () => {
    expect(benchCommand(['--only', 'ours, shield-tuned']).plan.only).toEqual(['floor', 'shield-tuned', 'ours'])
    expect(benchCommand(['--only', 'floor']).plan.only).toEqual(['floor'])
    expect(benchCommand(['--smoke']).plan.only).toEqual(['floor', 'ours'])
  })

  it('takes some rows quickly', () => {
    const { plan } = benchCommand(['--quick', '--only', 'ours,ours'])
    expect(plan).toEqual({ ...benchCommand(['--quick']).plan, only: ['floor', 'ours'] })
    expect(plan.rounds).toBeLessThan(benchCommand([]).plan.rounds)
  })

  it('knows how it was called', () => {
    expect(benchCommand(['--quick', '--only', 'ours']).how).toBe('npm run bench -- --quick --only ours')
  })
})

describe('the duration', () => {
  it('is under two minutes for a quick run, and longer for a full one', () => {
    const [quick, full, smoke] = [['--quick'], [], ['--smoke']].map((words) => secondsOf(benchCommand(words).plan))
    expect(quick).toBeLessThan(120)
    expect(full).toBe((quick ?? 0) * 6)
    expect(smoke).toBeLessThan(10)
  })
})
