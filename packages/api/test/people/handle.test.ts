import { describe, expect, it } from 'vitest'
import { handleFault, newHandle } from '../../src/people/handle.ts'

const every = Uint8Array.from({ length: 256 }, (_, byte) => byte)

describe('newHandle', () => {
  it('has 20 characters, each of Crockford’s base 32 equally often', () => {
    expect(newHandle((bytes) => every.subarray(0, bytes))).toBe('0123456789ABCDEFGHJK')
    const characters = newHandle(() => every)
    expect(characters).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.repeat(8))
  })

  it('is a handle', () => {
    expect(handleFault(newHandle((bytes) => every.subarray(0, bytes)))).toBeUndefined()
  })
})

describe('handleFault', () => {
  it.each([
    ['one character too few', '0123456789ABCDEFGHJ'],
    ['one character too many', '0123456789ABCDEFGHJKM'],
    ['a line more', '0123456789ABCDEFGHJK\n'],
    ['a space before', ' 0123456789ABCDEFGHJK'],
    ['small letters', '0123456789abcdefghjk'],
    ['a letter that looks like a digit', '0123456789ABCDEFGHJO'],
    ['nothing', ''],
  ])('refuses %s, and does not quote it', (_, text) => {
    expect(handleFault(text)).toBe('not a handle')
  })
})
