/**
 * `npm run mutate:api [-- part]`: runs Stryker on each part of the endpoint, or on one: a folder of `packages/api/src`.
 * A part fails when its tests notice less than 90 % of its changed lines.
 */
import { join } from 'node:path'
import { startProgress } from '@fieldnotes/local/progress'
import { runChild } from '@fieldnotes/local/run-child'
import { startEngine } from '@fieldnotes/table/test/engine'
import { isPart, type Part, parts, runOf } from '../../api/test/mutation/parts.ts'

const api = join(import.meta.dirname, '../../api')
const stryker = join(api, 'node_modules/@stryker-mutator/core/bin/stryker.js')

function run(part: Part, endpoint: string): Promise<boolean> {
  const environment = { MUTATED_PART: part, DYNAMODB_ENDPOINT: endpoint }
  return runChild([process.execPath, stryker, 'run', 'stryker.parts.config.ts'], { cwd: api, environment })
}

/** All parts, or the one that the command names. */
function chosenParts(name: string | undefined): readonly Part[] {
  if (name === undefined) return parts
  if (isPart(name)) return [name]
  console.error(`There is no part ${name}. The parts are ${parts.join(', ')}.`)
  process.exit(1)
}

const [only] = process.argv.slice(2)
const chosen = chosenParts(only)
const seconds = chosen.reduce((sum, part) => sum + runOf(part).seconds, 0)
const progress = startProgress({
  command: 'npm run mutate:api',
  steps: chosen.length,
  noun: chosen.length === 1 ? 'part' : 'parts',
  secondsEach: seconds / chosen.length,
})

/** One engine for all runs: starting one for each changed line would take longer than the tests. */
const { endpoint, stop } = await startEngine()
try {
  const passed: boolean[] = []
  for (const part of chosen) {
    progress.step(part)
    passed.push(await run(part, endpoint))
  }
  process.exitCode = passed.every(Boolean) ? 0 : 1
} finally {
  progress.end()
  await stop()
}
