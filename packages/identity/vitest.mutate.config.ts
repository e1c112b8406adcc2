import { defineConfig } from 'vitest/config'

/** For mutation runs: without the tests that say little about one line and take long (properties, child processes). */
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], exclude: ['test/{differential,lazy,firebase-admin}.test.ts'] },
})
