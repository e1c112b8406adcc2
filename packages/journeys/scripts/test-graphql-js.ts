/**
 * `npm run test:graphql-js`: runs the journeys on graphql-js's own executor, the hostile harness included. Journeys
 * that execute no operation are left out. Takes some three minutes.
 */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { withoutOperations } from './without-operations.ts'

const root = join(import.meta.dirname, '../../..')
const folder = 'packages/journeys/test'
const left = new Set(Object.keys(withoutOperations).map((test) => join(folder, test)))
const tests = globSync(`${folder}/**/*.test.ts`, { cwd: root }).filter((test) => !left.has(test))
// The project has no tests of Chromium, client libraries and foreign projects: vitest ignores those paths.
const { status } = spawnSync(join(root, 'node_modules/.bin/vitest'), ['run', '--project', 'journeys', ...tests], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, FIELDNOTES_EXECUTOR: 'graphql-js' },
})
process.exit(status ?? 1)
