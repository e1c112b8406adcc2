import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { generate } from '../../scripts/generate.ts'

describe('src/generated', () => {
  it('is what the schema makes of it today (else: npm run generate)', async () => {
    for (const [name, text] of Object.entries(await generate())) {
      expect(readFileSync(new URL(`../../src/generated/${name}`, import.meta.url), 'utf8'), name).toBe(text)
    }
  })
})
