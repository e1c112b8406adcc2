/**
 * `npm run break:rules [-- Type.field]`: deletes each row of the rule table, then changes each rule in every small way:
 * operands dropped, operands negated, leaves replaced by similar ones. Each change must be detected: by the type check
 * and the start, or by a generated test on the endpoint.
 */

import { rules } from '@fieldnotes/api/rules'
import { createSchema } from '@fieldnotes/api/schema'
import { startProgress } from '@fieldnotes/local/progress'
import { allow, type Rule } from '@fieldnotes/policy/rules'
import { callers } from '../test/decisions/kit/callers.ts'
import { creationCases } from '../test/decisions/kit/creation-cases.ts'
import { startEndpoint } from '../test/decisions/kit/endpoint.ts'
import { noteCases } from '../test/decisions/kit/note-cases.ts'
import { type Case, type ReadWorld, readCases } from '../test/decisions/kit/read-cases.ts'
import { startReadWorld } from '../test/decisions/kit/read-world.ts'
import { disagreements } from '../test/decisions/kit/rules-alone.ts'
import { createWorld } from '../test/decisions/kit/world.ts'
import { createWriteWorld, type WriteWorld } from '../test/decisions/kit/write-world.ts'
import { deletedRows } from './deleted-rows.ts'
import { type Mutant, mutantsOf } from './mutants.ts'

type Table = Record<string, Record<string, Rule>>

const table = rules as unknown as Table
const [only] = process.argv.slice(2)
const coordinates = Object.entries(table)
  .flatMap(([type, row]) => Object.keys(row).map((field) => `${type}.${field}`))
  .filter((coordinate) => !only || coordinate === only || coordinate.startsWith(`${only}.`))

function split(coordinate: string): readonly [string, string] {
  const [type = '', field = ''] = coordinate.split('.')
  return [type, field]
}

/** Runs `act` with one rule changed, and restores the rule afterwards. */
async function changed<T>({ coordinate, rule }: Mutant, act: () => Promise<T>): Promise<T> {
  const [type, field] = split(coordinate)
  const row = table[type] ?? {}
  const right = row[field] as Rule
  row[field] = rule
  try {
    return await act()
  } finally {
    row[field] = right
  }
}

/**
 * The case that detected the same change of another rule. It runs first, because it is the likeliest to detect this
 * one.
 */
const detectedBy = new Map<string, readonly [caller: string, name: string]>()

/** The first case whose response is wrong. */
async function caughtBy<On extends ReadWorld | WriteWorld>(
  on: On,
  cases: readonly Case<On>[],
  { coordinate, change }: Mutant,
) {
  const [likelyCaller, likelyCase] = detectedBy.get(change) ?? []
  const relevant = cases.filter((each) => each.coordinates.has(coordinate))
  const pairs = on.world.callers.flatMap((caller) => relevant.map((each) => [caller, each] as const))
  const isLikely = ([caller, each]: (typeof pairs)[number]) => caller.name === likelyCaller && each.name === likelyCase
  for (const [caller, each] of [...pairs.filter(isLikely), ...pairs]) {
    const [problem] = await each.problems(on, caller)
    if (!problem) continue
    detectedBy.set(change, [caller.name, each.name])
    return `${caller.name}, ${each.name}: ${problem}`
  }
  return undefined
}

function starts(): string | undefined {
  try {
    createSchema()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.split('\n').slice(1, 2).join('').trim() : String(error)
  }
}

/** Two worlds: writes in one do not affect reads in the other. */
const readWorld = await startReadWorld()
const writeWorld = createWriteWorld(await createWorld(await startEndpoint()))
const endpoints = [readWorld.world.endpoint, writeWorld.world.endpoint] as const
const writes = [...creationCases, ...noteCases]
const reads = readCases.filter(({ name }) => /directly$/.test(name))

/** Compares the rules with the oracle for objects that the store never returns. */
function caughtAlone(): string | undefined {
  const policy = createSchema()
  const [problem] = callers.flatMap((kind) => disagreements(policy, kind).map((each) => `${kind.name}, ${each}`))
  return problem
}

/** Changes that no response can show, because the store would have to make the same mistake. */
const unseen = new Set<string>()

/** The detector of a change: the start, a test on the endpoint, or else the rules alone. */
async function verdict(mutant: Mutant): Promise<readonly [string, string]> {
  const refusal = starts()
  if (refusal) return ['start', refusal]
  const alone = caughtAlone()
  if (alone && unseen.has(mutant.change)) return ['rules alone', alone]
  for (const endpoint of endpoints) endpoint.rebuild()
  const seen = (await caughtBy(readWorld, reads, mutant)) ?? (await caughtBy(writeWorld, writes, mutant))
  if (seen) return ['endpoint', seen]
  unseen.add(mutant.change)
  return alone ? ['rules alone', alone] : ['UNDETECTED', '']
}

const mutants = coordinates.flatMap((coordinate) => {
  const [type, field] = split(coordinate)
  return mutantsOf(coordinate, table[type]?.[field] as Rule)
})
const steps = mutants.length + 1
const progress = startProgress({ command: 'npm run break:rules', steps, noun: 'steps', secondsEach: 1 })
const tally = new Map<string, number>()
function report(coordinate: string, change: string, [by, why]: readonly [string, string]): void {
  tally.set(by, (tally.get(by) ?? 0) + 1)
  progress.print(`${by.padEnd(12)} ${coordinate} → ${change}${why ? `   (${why.slice(0, 160)})` : ''}`)
}

progress.step('each row deleted')
for (const { coordinate, caught } of await deletedRows(coordinates)) report(coordinate, 'deleted', caught)
for (const mutant of mutants) {
  progress.step(`${mutant.coordinate} → ${mutant.change}`)
  report(mutant.coordinate, mutant.change, await changed(mutant, () => verdict(mutant)))
}

// With the original rules no case may fail: otherwise a failure would prove nothing.
for (const endpoint of endpoints) endpoint.rebuild()
for (const type of new Set(coordinates.map((coordinate) => coordinate.split('.')[0]))) {
  const coordinate = coordinates.find((each) => each.startsWith(`${type}.`)) ?? ''
  const right = { coordinate, change: 'unchanged', rule: allow }
  const alarm = (await caughtBy(readWorld, reads, right)) ?? (await caughtBy(writeWorld, writes, right))
  if (alarm) report(coordinate, 'unchanged', ['UNDETECTED', alarm])
}
for (const endpoint of endpoints) await endpoint.stop()
progress.end()
const missed = tally.get('UNDETECTED') ?? 0
process.stdout.write(`${[...tally].map(([by, count]) => `${count} by ${by}`).join(', ')}\n`)
process.exit(missed > 0 ? 1 : 0)
