import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'

const graphql = createRequire(import.meta.url).resolve('graphql')

/**
 * Tests of generated rules and worlds take long, and what only they notice should have a smaller test. The last two
 * measure.
 */
const exclude = [
  'shield/shield',
  'execute/engine-worlds',
  'matrix/matrix-worlds',
  'limits/validation-work',
  'execute/ratios',
].map((name) => `test/${name}.test.ts`)

/** All files in one thread, one after another, with one copy of what they test: loading takes longer than testing. */
export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: { include: ['test/**/*.test.ts'], exclude, isolate: false, fileParallelism: false, testTimeout: 60_000 },
})
