/**
 * `npm run test:graphql-js`: runs the journeys on graphql-js's own executor, the hostile harness included. Journeys
 * that execute no operation are left out.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { journeyTests, withoutOperations } from './journey-tests.ts'

const root = join(import.meta.dirname, '../../..')
const tests = journeyTests(withoutOperations)
const projects = ['--project', 'journeys', '--project', 'hostile']
const { status } = spawnSync(join(root, 'node_modules/.bin/vitest'), ['run', ...projects, ...tests], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, FIELDNOTES_EXECUTOR: 'graphql-js' },
})
process.exit(status ?? 1)
