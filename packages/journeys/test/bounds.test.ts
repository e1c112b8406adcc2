/** `npm run break:bounds` takes minutes; this shows in `npm test` that each of its changes still finds its place. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bounds } from '../scripts/bounds.ts'

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8')
}

describe.each(bounds)('the limit $name', ({ file, from, to, test, only }) => {
  it('is exactly once in its file, and is changed by its removal', () => {
    expect(read(`../../../${file}`).split(from)).toHaveLength(2)
    expect(to).not.toBe(from)
  })

  it('has a test', () => {
    expect(existsSync(new URL(`hostile/${test}`, import.meta.url))).toBe(true)
    expect(only).not.toBe('')
  })
})
