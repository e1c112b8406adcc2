/**
 * `npm run break:bounds [-- pattern]`: removes each limit on the work and memory of a request, one at a time, in a copy
 * of the sources. Each time its test must fail. Takes some five minutes.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { startProgress } from '@fieldnotes/local/progress'
import { type Bound, bounds, type DetectingTest, type SourceChange } from './all-bounds.ts'

const root = join(import.meta.dirname, '../../..')
/** Milliseconds until a test counts as not ended: a request without its limit may run very long. */
const patienceMs = 180_000

/** Copies the packages with their links to each other; libraries are shared with the original. */
function copySources(): string {
  mkdirSync(join(root, '.local'), { recursive: true })
  const folder = mkdtempSync(join(root, '.local/bounds-'))
  cpSync(join(root, 'packages'), join(folder, 'packages'), { recursive: true, verbatimSymlinks: true })
  for (const file of ['package.json', 'tsconfig.json', 'vitest.config.ts']) cpSync(join(root, file), join(folder, file))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

function replace(path: string, { file, from, to }: SourceChange): void {
  const right = readFileSync(path, 'utf8')
  if (right.split(from).length !== 2) throw new Error(`${file} does not hold exactly once: ${from}`)
  writeFileSync(
    path,
    right.replace(from, () => to),
  )
}

/** Runs `act` with one limit removed. */
async function without<T>(folder: string, { changes }: Bound, act: () => Promise<T>): Promise<T> {
  const right = new Map(changes.map(({ file }) => [join(folder, file), readFileSync(join(folder, file), 'utf8')]))
  try {
    for (const change of changes) replace(join(folder, change.file), change)
    return await act()
  } finally {
    for (const [path, source] of right) writeFileSync(path, source)
  }
}

/** Ends the tests that are running, with their workers. */
let stop = (): void => {}

/** Runs vitest in a process group of its own: a worker in an endless loop outlives vitest. */
async function run(folder: string, words: readonly string[]) {
  const vitest = spawn(join(folder, 'node_modules/.bin/vitest'), words, {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  stop = () => void (vitest.pid && process.kill(-vitest.pid, 'SIGKILL'))
  const timer = setTimeout(stop, patienceMs)
  const [stdout, [status]] = await Promise.all([text(vitest.stdout), once(vitest, 'exit')])
  clearTimeout(timer)
  stop = () => {}
  return { stdout, status }
}

/** Result of the tests: `passed`, `failed`, or `did not end`. */
async function outcomeOf(folder: string, { project, test, only }: DetectingTest): Promise<string> {
  const { stdout, status } = await run(folder, ['run', '--project', project, test, '-t', only])
  if (status === null) return 'did not end'
  if (!/Tests .*(passed|failed)/.test(stdout)) throw new Error(`no test is called ${only}\n${stdout}`)
  return status === 0 ? 'passed' : 'failed'
}

/** Ratios are noisy while the machine is busy: a test may have the unexpected outcome twice before it counts. */
const triesMax = 3

function isPassed(outcome: string): boolean {
  return outcome === 'passed'
}

/** The outcome of the first run that is as expected, or of the last run. */
async function outcomeWithin(
  folder: string,
  bound: DetectingTest,
  isExpected: (outcome: string) => boolean,
): Promise<string> {
  let outcome = ''
  for (let tries = 0; tries < triesMax && !(outcome && isExpected(outcome)); tries += 1)
    outcome = await outcomeOf(folder, bound)
  return outcome
}

/** The tests with every limit in place, once for each file. */
function createRight(folder: string, all: readonly Bound[]): (bound: Bound) => Promise<string> {
  const outcomes = new Map<string, Promise<string>>()
  return ({ project, test }) => {
    const only = all.filter((row) => row.test === test).map((row) => `(${row.only})`)
    const outcome = outcomes.get(test) ?? outcomeWithin(folder, { project, test, only: only.join('|') }, isPassed)
    outcomes.set(test, outcome)
    return outcome
  }
}

const [word = ''] = process.argv.slice(2)
const folder = copySources()
let missed = 0
function report(outcome: string, name: string): void {
  progress.print(`${outcome.padEnd(12)} ${name}`)
}
const chosen = bounds.filter(({ name }) => new RegExp(word).test(name))
const steps = { steps: chosen.length, noun: 'bounds', secondsEach: 4 }
const progress = startProgress({ command: 'npm run break:bounds', ...steps })
const rightOf = createRight(folder, chosen)
process.once('SIGINT', () => {
  stop()
  rmSync(folder, { recursive: true, force: true })
  process.exit(130)
})
try {
  for (const bound of chosen) {
    progress.step(bound.name)
    const right = await rightOf(bound)
    const broken = await without(folder, bound, () => outcomeWithin(folder, bound, (outcome) => !isPassed(outcome)))
    const noticed = right === 'passed' && broken !== 'passed'
    missed += noticed ? 0 : 1
    report(noticed ? 'noticed' : 'MISSED', `${bound.name} (with it: ${right}; without: ${broken})`)
  }
} finally {
  progress.end()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(missed > 0 ? 1 : 0)
