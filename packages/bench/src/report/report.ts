/** Formats the figures as Markdown, for the terminal and for RESULTS.md. */
import { cpus } from 'node:os'
import { type ColdRow, middle } from '../cold/measure-cold.ts'
import { isBusy } from '../measure/machine.ts'
import type { Ratio } from '../measure/statistics.ts'
import { entryOf } from '../peers/peer-list.ts'
import { cpuOf, type WarmRow } from '../warm/measure-warm.ts'
import { type Timed, timedNames } from '../world/operations.ts'
import { type Figures, type Goal, goals, verdictOf } from './goals.ts'
import { versions } from './versions.ts'

/** Circumstances of a run. */
export interface Run {
  /** Date of the run. */
  readonly when: string
  /** Command of the run. */
  readonly how: string
  /** Highest number of cores used by others; NaN when it could not be measured. */
  readonly others: number
}

const headings: Readonly<Record<Timed, string>> = {
  single: 'one note',
  list: '100 notes × 8 fields',
  deniedField: 'two fields refused',
  deniedOwner: "another's note",
  deniedRoot: 'root refused',
}

type Cells = readonly (string | number)[]

/** A Markdown table with right-aligned figures. */
export function table(head: Cells, rows: readonly Cells[]): string {
  const line = (cells: Cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

/** Three significant digits, or a dash for a missing figure. */
function round(value: number): string {
  return fixed(value, value < 10 ? 1 : 0)
}

function fixed(value: number, digits: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits)
}

function warmTable(rows: readonly WarmRow[], base: WarmRow['name']): string {
  const row = rows.find(({ name }) => name === base)
  const unit = row ? cpuOf(row, 'list') : Number.NaN
  const line = (row: WarmRow): Cells => [
    entryOf(row.name).title,
    ...timedNames.map((operation) => round(cpuOf(row, operation))),
    fixed(cpuOf(row, 'list') / unit, 2),
  ]
  return table(['CPU µs', ...timedNames.map((name) => headings[name]), 'list ratio'], rows.map(line))
}

/** The table of cold starts. */
export function coldTable(rows: readonly ColdRow[]): string {
  return table(
    ['spawn → first answer, ms', 'bundle KiB', 'plain', 'CPU', 'with code cache', 'CPU'],
    rows.map(({ title, kilobytes, plain, cached }) => [
      title,
      kilobytes.toFixed(0),
      ...[middle(plain), middle(cached)].flatMap(({ wall, cpu }) => [round(wall), round(cpu)]),
    ]),
  )
}

function spread({ value, middleHalf }: Ratio): string {
  if (Number.isNaN(value)) return '–'
  const digits = value < 1 ? 3 : 2
  return `${value.toFixed(digits)} (${middleHalf.map((end) => end.toFixed(digits)).join('–')})`
}

/** The ratio of the medians, which decides, and the range of the middle half of the rounds. */
function goalLine(figures: Figures) {
  return ({ title, atMost, ratio }: Goal): Cells => {
    const measured = ratio(figures)
    return [title, spread(measured), `≤ ${atMost}`, verdictOf(measured, atMost)]
  }
}

function machine(): string {
  return `${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}`
}

/** One sentence on the load of other programs. */
function company(others: number): string {
  if (Number.isNaN(others)) return 'What else the machine did is not known.'
  const looks = 'before and after the run, in each warm round, before each table of cold starts'
  const most = `other programs had up to ${others.toFixed(1)} of its cores whenever it was looked at (${looks})`
  return isBusy(others)
    ? `**The machine was busy: ${most}. Not to be quoted.**`
    : `The machine was idle besides: ${most}.`
}

/** The whole report. */
export function report(figures: Figures, { when, how, others }: Run): string {
  return `# Results

Written by \`${how}\` on ${when}; ${machine()}; Node ${process.versions.node}. ${company(others)}
Medians of interleaved slices in one run, one process per row and layer. Only ratios within one run mean anything.
Every answer was compared, before anything was timed and again after it.

## Goals

${table(['our figure ÷ theirs', 'ratio (middle half of the rounds)', 'goal', ''], goals.map(goalLine(figures)))}

## Lambda: API Gateway event in, response out

${warmTable(figures.warm.lambda, 'apollo-default')}

List ratio: to Apollo as it comes, without any authorization.

## Engine: operation in, answer out

${warmTable(figures.warm.engine, 'graphql-js')}

List ratio: to graphql-js without any authorization. Yoga and Mercurius take text, the others documents parsed ahead.

## Cold start

${coldTable(figures.cold.peers)}

The whole deployed bundle executes \`{ __typename }\` anonymously, since its notes are in a database; the others answer one note.

With a database: the first request fetches a key set, verifies a token and reads a note from an embedded DynamoDB.

${coldTable(figures.cold.endpoint)}

## Versions

${versions().join(', ')}.
`
}
