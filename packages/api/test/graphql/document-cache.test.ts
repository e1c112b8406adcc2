import { describe, expect, it } from 'vitest'
import { createDocumentCache } from '../../src/graphql/document-cache.ts'

function texts(max: number) {
  return createDocumentCache((text: string) => text.length, max)
}

describe('createDocumentCache', () => {
  it('returns a stored value until it is deleted', async () => {
    const cache = texts(2)
    await cache.set('a', 'one')
    expect(await cache.get('a')).toBe('one')
    expect(await cache.delete('a')).toBe(true)
    expect([await cache.get('a'), await cache.delete('a')]).toEqual([undefined, false])
  })

  it('forgets what was used longest ago', async () => {
    const cache = texts(2)
    await cache.set('a', 'one')
    await cache.set('b', 'two')
    await cache.get('a')
    await cache.set('c', 'three')
    expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual(['one', undefined, 'three'])
  })

  it('does not remember what is long', async () => {
    const cache = texts(2)
    await cache.set('fits', 'x'.repeat(10_000))
    await cache.set('long', 'x'.repeat(10_001))
    expect([(await cache.get('fits'))?.length, await cache.get('long')]).toEqual([10_000, undefined])
  })
})
