import { beforeEach } from 'vitest'

/**
 * Runs `prepare` once, as a part of the first test that runs. In mutation runs a failure then fails that test, and what
 * `prepare` executes counts as executed by it; Stryker counts neither for `beforeAll`.
 */
export function beforeFirst(prepare: () => Promise<void>): void {
  let prepared: Promise<void> | undefined
  beforeEach(async () => {
    prepared ??= prepare()
    await prepared
  })
}
