import { describe } from 'vitest'

/** Imports of test files by a name. */
export type Tests = Readonly<Record<string, () => Promise<unknown>>>

/**
 * Loads test files into one, because loading many for each changed line takes longer than running them. Each is a suite
 * of its own, so that its hooks run only before its own tests.
 */
export function loadTests(tests: Tests): void {
  for (const [name, load] of Object.entries(tests))
    describe(name, async () => {
      await load()
    })
}
