/** `npm run test:second-engine`: what it leaves out. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { countedCosts, journeyTests, onEmbeddedEngine, storeTests } from '../scripts/journey-tests.ts'

const root = join(import.meta.dirname, '../../..')

describe('tests on a second engine', () => {
  it('leave out only tests that exist, each with a reason', () => {
    for (const [file, reason] of Object.entries(onEmbeddedEngine)) {
      expect(existsSync(join(import.meta.dirname, file)), file).toBe(true)
      expect(reason).not.toBe('')
    }
    for (const [file, reason] of Object.entries(countedCosts)) {
      expect(existsSync(join(root, file)), file).toBe(true)
      expect(reason).not.toBe('')
    }
    const run = journeyTests(onEmbeddedEngine)
    for (const file of ['first-notes', 'shared-life', 'attacks/races', 'decisions/writes', 'revocation/revocation'])
      expect(run).toContain(`packages/journeys/test/${file}.test.ts`)
    for (const file of ['table/test/real-engine', 'api/test/store/held-repetitions', 'api/test/people/people'])
      expect(storeTests()).toContain(`packages/${file}.test.ts`)
  })
})
