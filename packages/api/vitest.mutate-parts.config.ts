import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'
import { partNamed } from './test/mutation/parts.ts'

const { resolve } = createRequire(import.meta.url)

/** The tests of one part, which are loaded into one file. */
export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: resolve('graphql') }] },
  test: {
    include: [`test/mutation/${partNamed(process.env.MUTATED_PART)}.ts`],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
