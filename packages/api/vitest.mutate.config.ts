import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const { resolve } = createRequire(import.meta.url)

/** A mutated copy of this package lies elsewhere: what it needs of `journeys` is found from where it really is. */
const journeys = fileURLToPath(new URL('../../journeys/', `file://${resolve('@fieldnotes/policy/rules')}`))

/**
 * Tests that need no database. The rule table is built when it is loaded, so that each of its mutants runs every test.
 */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^graphql$/, replacement: resolve('graphql') },
      { find: /^(\.\.\/)+journeys\//, replacement: journeys },
    ],
  },
  test: { include: ['test/mutation-testing.ts'] },
})
