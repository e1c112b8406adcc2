/** Figures and queries of `docs/operate.md`, against what is deployed; and the steps of `docs/maintain.md`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { all } from './find-resources.ts'

function textOf(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../../docs', name), 'utf8')
}

const page = textOf('operate.md')
const alarms = all(inject('production'), 'aws:cloudwatch/metricAlarm:MetricAlarm')

/** Cells of the row of an alarm. */
function rowOf(name: string): readonly string[] {
  const row = page.split('\n').find((line) => new RegExp(`^\\| (\\w+, )*${name}(, \\w+)* +\\|`).test(line)) ?? ''
  return row.split('|').map((cell) => cell.trim())
}

/** Numbers as the page writes them. */
const written: Readonly<Record<number, RegExp>> = {
  1: /^one /,
  3: /^three /,
  5: /^five /,
  90: /^90 .*30 more for each issuer/,
  100: /^100 /,
  1000: /^1,000 /,
  2000: /^p99 ≥ 2 s, three periods in a row of at least 1,000 requests$/,
}

describe('docs/operate.md', () => {
  it.each(alarms.map(({ name, inputs }) => [name.replace(/Alarm$/, ''), Number(inputs.threshold), inputs] as const))(
    'says at what %s fires: %s',
    (name, threshold, { evaluationPeriods }) => {
      expect(rowOf(name)[2]).toMatch(written[threshold] ?? 'no figure')
      expect(evaluationPeriods).toBe(threshold === 2000 ? 3 : 1)
    },
  )

  it('has queries that sort by a name which they give, as the syntax of Logs Insights has no other', () => {
    const queries = page.split('\n').filter((line) => / \| stats /.test(line))
    expect(queries.length).toBeGreaterThanOrEqual(4)
    for (const query of queries) {
      const [, sorted = ''] = / \| sort (\w+) desc$/.exec(query) ?? []
      expect(query).toContain(` as ${sorted}`)
      expect(query).not.toMatch(/ as (fields|filter|stats|sort|limit|count)\b/)
    }
  })

  it('names each group of logs', () => {
    for (const { name, inputs } of all(inject('production'), 'aws:cloudwatch/logGroup:LogGroup')) {
      const ending = String(inputs.name)
        .replace('/fieldnotes/production/', '')
        .replace(/(?<=\/apis\/).*/, '…')
      expect([name, page]).toEqual([name, expect.stringContaining(`/${ending.replace(/^\//, '')}`)])
    }
  })

  it('rolls back with the settings of today, and reads the difference first', () => {
    const [, steps = ''] = /## Roll back\n[\s\S]*?```\n([\s\S]*?)```/.exec(textOf('maintain.md')) ?? []
    expect(steps.split('\n').map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'git switch --detach',
      'npx sst diff',
      'npx sst deploy',
      '',
    ])
    expect(steps).toContain('git restore --source main -- .env.production')
  })
})
