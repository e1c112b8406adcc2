import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'

const graphql = createRequire(import.meta.url).resolve('graphql')

/** Without the generated worlds: they take long, and whatever only they would notice should have a test of its own. */
export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: { include: ['test/mutation.ts'], testNamePattern: /^(?!.*generated)/ },
})
