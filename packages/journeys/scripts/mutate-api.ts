/**
 * `npm run mutate:api [-- part]`: runs Stryker on each part of the endpoint, or on one: a folder of `packages/api/src`.
 * A part fails when its tests notice less than 90 % of its changed lines.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { startProgress } from '@fieldnotes/local/progress'
import { startEngine } from '@fieldnotes/table/test/engine'
import { type Part, partNamed, parts, runOf } from '../../api/test/mutation/parts.ts'

const api = join(import.meta.dirname, '../../api')
const stryker = join(api, 'node_modules/@stryker-mutator/core/bin/stryker.js')

async function run(part: Part, endpoint: string): Promise<boolean> {
  const child = spawn(process.execPath, [stryker, 'run', 'stryker.parts.config.ts'], {
    cwd: api,
    stdio: 'inherit',
    env: { ...process.env, MUTATED_PART: part, DYNAMODB_ENDPOINT: endpoint },
  })
  const [status] = await once(child, 'exit')
  return status === 0
}

const [only] = process.argv.slice(2)
const chosen = only === undefined ? parts : [partNamed(only)]
const seconds = chosen.reduce((sum, part) => sum + runOf(part).seconds, 0)
startProgress({
  command: 'npm run mutate:api',
  steps: chosen.length,
  noun: chosen.length === 1 ? 'part' : 'parts',
  secondsEach: seconds / chosen.length,
})

/** One engine for all runs: starting one for each changed line would take longer than the tests. */
const { endpoint, stop } = await startEngine()
try {
  const passed: boolean[] = []
  for (const part of chosen) passed.push(await run(part, endpoint))
  process.exitCode = passed.every(Boolean) ? 0 : 1
} finally {
  await stop()
}
