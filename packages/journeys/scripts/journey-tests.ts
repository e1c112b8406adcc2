/** The journeys that the commands of the repository run, and which of them each command leaves out. */
import { globSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')
const folder = 'packages/journeys/test'

/** Test file, relative to `test/` → why a command does not run it. */
export type LeftOut = Readonly<Record<string, string>>

/**
 * Left out by `npm run test:graphql-js`: what executes no operation. All others run: graphql-js's executor is within
 * every limit too.
 */
export const withoutOperations: LeftOut = {
  'bounds.test.ts': 'compares the sources with `scripts/all-bounds.ts`',
  'decisions/oracle.test.ts': 'compares the rules with the oracle, without any executor',
  'graphql-js.test.ts': 'reads the sources of the other tests',
  'patches.test.ts': 'reads pnpm-workspace.yaml',
  'second-engine.test.ts': 'reads the lists of this file',
  'without-patches.test.ts': 'reads the lists of this file',
}

/** Left out by `npm run without:patches`. The hostile harness runs: no limit may depend on a patch. */
export const aboutPatches: LeftOut = {
  'patches.test.ts': 'needs the patches in pnpm-workspace.yaml, which the copy does not have',
}

/** Left out by `npm run test:second-engine`: what depends on no engine, and what stops the embedded one. */
export const onEmbeddedEngine: LeftOut = {
  ...withoutOperations,
  'restart.test.ts': 'stops the process of the embedded engine',
  'proofs/mutants.test.ts': 'evaluates the rules without a store',
  'hostile/boundaries.test.ts': 'measures the endpoint before its store',
  'hostile/held-memory.test.ts': 'measures the endpoint before its store',
  'hostile/hostile.test.ts': 'measures the endpoint before its store',
  'hostile/large-answers.test.ts': 'measures the endpoint after its store',
  'hostile/never-internal.test.ts': 'measures the endpoint before its store',
}

/** Tests of the store that `npm run test:second-engine` leaves out, relative to the repository. */
export const countedCosts: LeftOut = {
  'packages/table/test/access-patterns.test.ts': 'states capacity units as the embedded engine counts them',
  'packages/api/test/notes/sync/changes-long.test.ts':
    'counts pages of an index, which DynamoDB Local sizes by whole items',
}

/** Paths of the tests of the store, without those that are left out. */
export function storeTests(): readonly string[] {
  const folders = ['packages/table/test/*', 'packages/api/test/{store,notes,people}/**/*']
  const tests = folders.flatMap((name) => globSync(`${name}.test.ts`, { cwd: root }))
  return tests.filter((test) => !Object.hasOwn(countedCosts, test))
}

/**
 * Paths of the tests of the projects `journeys` and `hostile`, relative to the repository, without those that are left
 * out. Paths of tests with Chromium, client libraries and foreign projects are among them: the projects ignore those.
 */
export function journeyTests(leftOut: LeftOut): readonly string[] {
  const left = new Set(Object.keys(leftOut).map((test) => join(folder, test)))
  return globSync(`${folder}/**/*.test.ts`, { cwd: root }).filter((test) => !left.has(test))
}
