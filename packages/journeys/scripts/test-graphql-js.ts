/**
 * `npm run test:graphql-js`: runs the journeys on graphql-js's own executor, the hostile harness included. Journeys
 * that execute no operation are left out. Takes some three minutes.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { withoutOperations } from './without-operations.ts'

const root = join(import.meta.dirname, '../../..')
const excluded = Object.keys(withoutOperations).flatMap((test) => ['--exclude', `packages/journeys/test/${test}`])
const { status } = spawnSync(
  join(root, 'node_modules/.bin/vitest'),
  ['run', '--project', 'journeys', ...excluded, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, FIELDNOTES_EXECUTOR: 'graphql-js' } },
)
process.exit(status ?? 1)
