import { describe, expect, it } from 'vitest'
import { changed } from '../src/copy.ts'
import { dangers } from '../src/danger/dangers.ts'
import { root } from '../src/paths.ts'

describe('the list of dangerous changes', () => {
  it.each(dangers)('finds in $file what it changes: $what', (danger) => {
    expect(() => changed(root, danger)).not.toThrow()
  })

  it('names each change once', () => {
    const names = dangers.map(({ what }) => what)
    expect(new Set(names).size).toBe(names.length)
  })

  it('refuses a change that finds nothing', () => {
    expect(() => changed(root, { file: 'infra/table.ts', from: 'no such text', to: '' })).toThrow('holds no')
  })
})
