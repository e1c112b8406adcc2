/**
 * `npm run test:second-engine`: runs the tests of the store, and every journey that stores something, on DynamoDB Local
 * 1.25 in the place of the embedded engine.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { startProgress } from '@fieldnotes/local/progress'
import { javaPath, startDynamodbLocal } from './dynamodb-local.ts'
import { journeyTests, onEmbeddedEngine, storeTests } from './journey-tests.ts'

const root = join(import.meta.dirname, '../../..')

/** Project → its tests. */
const runs = {
  unit: storeTests(),
  journeys: journeyTests(onEmbeddedEngine),
} as const

async function run(project: string, tests: readonly string[], endpoint: string): Promise<boolean> {
  const child = spawn(join(root, 'node_modules/.bin/vitest'), ['run', '--project', project, ...tests], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, DYNAMODB_ENDPOINT: endpoint },
  })
  const [status] = await once(child, 'exit')
  return status === 0
}

const java = javaPath()
if (java === undefined) {
  console.error('test:second-engine needs Java 17 or newer: apt-get install default-jre-headless, or set JAVA_HOME.')
  process.exit(1)
}
startProgress({
  command: 'npm run test:second-engine',
  steps: Object.keys(runs).length,
  noun: 'runs of tests on DynamoDB Local 1.25',
  secondsEach: 215,
})
const { endpoint, stop } = await startDynamodbLocal(java)
try {
  const passed: boolean[] = []
  for (const [project, tests] of Object.entries(runs)) passed.push(await run(project, tests, endpoint))
  process.exitCode = passed.every(Boolean) ? 0 : 1
} finally {
  await stop()
}
