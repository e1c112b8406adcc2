import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseName } from '../../src/principal/name-and-email.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 200 })
const part = fc.string({ unit: fc.constantFrom(...'abcxyz019-_'), minLength: 1, maxLength: 64 })
const spaced = fc.constantFrom('@', '＠', '﹫', ' @', '@\t', ' ＠ ', '\u202e@', '@\u200b')

describe('parseName', () => {
  it('returns no part of a text with an address, wherever the address is', () => {
    const texts = fc.tuple(text, part, spaced, part, text).map(([before, local, sign, domain, after]) => {
      return `${before}${local}${sign}${domain}.example${after}`
    })
    fc.assert(fc.property(texts, (name) => parseName(name) === undefined))
  })

  it('finds each sign that becomes "@" by compatibility', () => {
    const signs = Array.from({ length: 0x2_0000 }, (_, code) => String.fromCodePoint(code)).filter(
      (sign) => sign.isWellFormed() && sign.normalize('NFKC') === '@',
    )
    expect(signs).toEqual(['@', '﹫', '＠'])
    for (const sign of signs) expect(parseName(`carol${sign}corp`)).toBeUndefined()
  })

  it('returns every other line as it is, if it fits', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom(..."abcXYZ019-.'’"), minLength: 1, maxLength: 9 }), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(fc.property(words, (some) => parseName(some.join(' ')) === some.join(' ')))
  })
})
