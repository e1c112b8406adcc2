/** Stryker on one part of the endpoint, which `MUTATED_PART` names. `npm run mutate:api` sets it. */
import type { PartialStrykerOptions } from '@stryker-mutator/core'
import { partNamed, runOf } from './test/mutation/parts.ts'

const part = partNamed(process.env.MUTATED_PART)

const options: PartialStrykerOptions = {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutate-parts.config.ts', related: false },
  mutate: [runOf(part).sources],
  coverageAnalysis: 'perTest',
  disableTypeChecks: false,
  concurrency: 1,
  timeoutMS: 20_000,
  tempDirName: '.stryker-tmp',
  cleanTempDir: 'always',
  reporters: ['clear-text', process.stdout.isTTY ? 'progress' : 'progress-append-only', 'json'],
  jsonReporter: { fileName: `reports/${part}-mutation.json` },
  clearTextReporter: { logTests: false, allowColor: false },
  thresholds: { high: 95, low: 90, break: 90 },
}

export default options
