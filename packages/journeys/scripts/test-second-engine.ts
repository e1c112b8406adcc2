/**
 * `npm run test:second-engine`: runs the tests of the store, and every journey that stores something, on DynamoDB Local
 * 1.25 in the place of the embedded engine.
 */
import { join } from 'node:path'
import { startProgress } from '@fieldnotes/local/progress'
import { runChild } from '@fieldnotes/local/run-child'
import { javaPath, startDynamodbLocal } from './dynamodb-local.ts'
import { journeyTests, onEmbeddedEngine, storeTests } from './journey-tests.ts'

const root = join(import.meta.dirname, '../../..')

/** Project → its tests. */
const runs = {
  unit: storeTests(),
  journeys: journeyTests(onEmbeddedEngine),
} as const

const vitest = join(root, 'node_modules/.bin/vitest')

function run(project: string, tests: readonly string[], endpoint: string): Promise<boolean> {
  const environment = { DYNAMODB_ENDPOINT: endpoint }
  return runChild([vitest, 'run', '--project', project, ...tests], { cwd: root, environment })
}

const java = javaPath()
if (java === undefined) {
  console.error('test:second-engine needs Java: apt-get install default-jre-headless, or set JAVA_HOME.')
  process.exit(1)
}
const progress = startProgress({
  command: 'npm run test:second-engine',
  steps: Object.keys(runs).length,
  noun: 'runs of tests on DynamoDB Local 1.25',
  secondsEach: 215,
})
const { endpoint, stop } = await startDynamodbLocal(java)
try {
  const passed: boolean[] = []
  for (const [project, tests] of Object.entries(runs)) {
    progress.step(project)
    passed.push(await run(project, tests, endpoint))
  }
  process.exitCode = passed.every(Boolean) ? 0 : 1
} finally {
  progress.end()
  await stop()
}
