import { describe, expect, it } from 'vitest'
import { createMemory } from '../../src/graphql/document-cache.ts'

function texts(max: number) {
  return createMemory((text: string) => text.length, max)
}

describe('createMemory', () => {
  it('gives back what it was given, until told to forget', async () => {
    const memory = texts(2)
    await memory.set('a', 'one')
    expect(await memory.get('a')).toBe('one')
    expect(await memory.delete('a')).toBe(true)
    expect([await memory.get('a'), await memory.delete('a')]).toEqual([undefined, false])
  })

  it('forgets what was used longest ago', async () => {
    const memory = texts(2)
    await memory.set('a', 'one')
    await memory.set('b', 'two')
    await memory.get('a')
    await memory.set('c', 'three')
    expect([await memory.get('a'), await memory.get('b'), await memory.get('c')]).toEqual(['one', undefined, 'three'])
  })

  it('does not remember what is long', async () => {
    const memory = texts(2)
    await memory.set('fits', 'x'.repeat(10_000))
    await memory.set('long', 'x'.repeat(10_001))
    expect([(await memory.get('fits'))?.length, await memory.get('long')]).toEqual([10_000, undefined])
  })
})
