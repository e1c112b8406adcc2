import { describe, expect, it } from 'vitest'
import { createLru } from '../../src/limits/lru.ts'

describe('a bounded cache', () => {
  it('forgets the least recently used value', () => {
    const made: string[] = []
    const cache = createLru<string, string>(2)
    const get = (key: string) =>
      cache.get(key, () => {
        made.push(key)
        return key
      })
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) expect(get(key)).toBe(key)
    expect(made).toEqual(['a', 'b', 'c', 'b'])
    expect(cache.size()).toBe(2)
    expect(cache.values()).toEqual(['a', 'b'])
  })

  it('counts a look as use, and makes nothing for it', () => {
    const cache = createLru<string, string>(2)
    for (const key of ['a', 'b']) cache.get(key, () => key)
    expect([cache.peek('a'), cache.peek('c')]).toEqual(['a', undefined])
    cache.get('c', () => 'c')
    expect(cache.values()).toEqual(['a', 'c'])
  })

  it('keeps a deleted value again, and a value whose creation stored another', () => {
    const cache = createLru<string, string>(2)
    cache.get('a', () => 'first')
    cache.delete('a')
    expect([cache.get('a', () => 'second'), cache.get('a', () => 'third')]).toEqual(['second', 'second'])
    cache.get('b', () => `outer, ${cache.get('b', () => 'inner')}`)
    expect(cache.peek('b')).toBe('outer, inner')
  })

  it('deletes a value', () => {
    const cache = createLru<string, string>(2)
    cache.get('a', () => 'a')
    expect([cache.delete('a'), cache.delete('a'), cache.size(), cache.peek('a')]).toEqual([true, false, 0, undefined])
  })

  it('forgets the oldest until the rest is light enough, and keeps nothing that is too heavy alone', () => {
    const cache = createLru<string, string>(10, { weightOf: ({ length }) => length, weightMax: 10 })
    for (const text of ['aaaa', 'bbb', 'ccc']) cache.get(text, () => text)
    cache.peek('aaaa')
    cache.get('dd', () => 'dd')
    expect(cache.values()).toEqual(['ccc', 'aaaa', 'dd'])
    expect(cache.get('heavy', () => 'x'.repeat(11))).toHaveLength(11)
    expect(cache.values()).toEqual(['ccc', 'aaaa', 'dd'])
    cache.delete('aaaa')
    cache.get('eeeee', () => 'eeeee')
    expect(cache.values()).toEqual(['ccc', 'dd', 'eeeee'])
  })
})
