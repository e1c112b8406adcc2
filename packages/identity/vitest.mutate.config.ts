import { defineConfig } from 'vitest/config'

/** `TESTS=test/keys/key.test.ts` narrows a run, when one file is worked on. */
export default defineConfig({
  test: { include: (process.env.TESTS ?? 'test/mutation-testing.ts').split(','), testTimeout: 60_000 },
})
