/** The figures as Markdown: for the terminal and for RESULTS.md. */
import { cpus, loadavg } from 'node:os'
import type { ColdRow } from './cold/measure.ts'
import { type Figures, type Goal, goals } from './goals.ts'
import { type Timed, timed } from './operations.ts'
import { entryOf } from './peers.ts'
import { versions } from './versions.ts'
import type { WarmRow } from './warm.ts'

const operations = Object.keys(timed) as Timed[]

const headings: Readonly<Record<Timed, string>> = {
  single: 'one note',
  list: '100 notes × 8 fields',
  deniedField: 'two fields refused',
  deniedOwner: "another's note",
  deniedRoot: 'root refused',
}

type Cells = readonly (string | number)[]

const table = (head: Cells, rows: readonly Cells[]): string => {
  const line = (cells: Cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

/** Three figures that can be read at a glance. */
const round = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0))

const warmTable = (rows: readonly WarmRow[], base: string): string => {
  const unit = rows.find(({ name }) => name === base)?.cpu.list ?? Number.NaN
  const line = ({ name, cpu }: WarmRow): Cells => [
    entryOf(name).title,
    ...operations.map((operation) => (refuses(name, operation) ? '–' : round(cpu[operation]))),
    (cpu.list / unit).toFixed(2),
  ]
  return table(['CPU µs', ...operations.map((name) => headings[name]), 'list ratio'], rows.map(line))
}

/** What is not refused can't be compared with a refusal. */
const refuses = (name: WarmRow['name'], operation: Timed): boolean =>
  Boolean(entryOf(name).unguarded) && operation.startsWith('denied')

const coldTable = (rows: readonly ColdRow[]): string =>
  table(
    ['spawn → first answer, ms', 'bundle KiB', 'plain', 'CPU', 'with code cache', 'CPU'],
    rows.map(({ title, kilobytes, plain, cached }) => [
      title,
      kilobytes.toFixed(0),
      ...[plain.wall, plain.cpu, cached.wall, cached.cpu].map(round),
    ]),
  )

const goalLine =
  (figures: Figures) =>
  ({ title, atMost, ratio }: Goal): Cells => {
    const reached = ratio(figures)
    return [title, reached.toFixed(reached < 0.1 ? 3 : 2), `≤ ${atMost}`, reached <= atMost ? 'met' : '**not met**']
  }

const machine = (): string => `${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}, load ${loadavg()[0]?.toFixed(1)}`

/** The whole report. `when` is the day of the run, `how` the command. */
export const report = (figures: Figures, when: string, how: string): string => `# Results

Written by \`${how}\` on ${when}; ${machine()}; Node ${process.versions.node}. Medians of interleaved slices in one run, one
process per row and way of asking. Only ratios within one run mean anything. Before anything was timed, every answer was compared.

## Goals

${table(['our figure ÷ theirs', 'ratio', 'goal', ''], goals.map(goalLine(figures)))}

## Lambda: API Gateway event in, response out

${warmTable(figures.warm.lambda, 'apollo-default')}

List ratio: to Apollo as it comes, without any authorization.

## Engine: operation in, answer out

${warmTable(figures.warm.engine, 'graphql-js')}

List ratio: to graphql-js without any authorization. Yoga and Mercurius take text, the others documents parsed ahead.

## Cold start

${coldTable(figures.cold.peers)}

The whole deployed bundle is asked \`{ __typename }\` by nobody in particular, since its notes are in a database; the others answer one note.

With a database: the first request fetches a key set, verifies a token and reads a note from an embedded DynamoDB.

${coldTable(figures.cold.endpoint)}

## Versions

${versions().join(', ')}.
`
