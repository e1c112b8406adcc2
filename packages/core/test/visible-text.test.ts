import { describe, expect, it, vi } from 'vitest'
import { composeLine, lineFault, repairLine } from '../src/visible-text.ts'

function tagged(letters: string) {
  return [...letters].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')
}
function flag(region: string) {
  return `\u{1F3F4}${tagged(region)}\u{E007F}`
}
function marks(count: number) {
  return '\u0316\u0301'.repeat(count / 2)
}

const length = 'use 1 to 40 characters'
const ill = 'use well-formed Unicode'
const unfit = 'use one line without controls, private-use characters and marks that hide or reorder text'
const unseen = 'use text that can be seen'
const stacked = 'use at most 10 marks on a letter'

/** An attack, the reason of its refusal, and what a token's name is repaired to. */
const attacks: readonly (readonly [what: string, text: string, reason: string, repaired: string | undefined])[] = [
  ['nothing', '', length, undefined],
  ['white space', ' \u00a0\u3000 ', length, undefined],
  ['too many characters', 'x'.repeat(41), length, 'x'.repeat(40)],
  ['too many outside the BMP', '🦔'.repeat(41), length, '🦔'.repeat(40)],
  ['a lone high surrogate', 'a\ud83db', ill, 'a b'],
  ['a lone low surrogate', 'a\udc00', ill, 'a'],
  ['surrogates in the wrong order', 'a\udc00\ud83db', ill, 'a b'],
  ['halves that a flag keeps apart', `\ud83d${flag('gbsct')}\udc00`, ill, flag('gbsct')],
  ['NUL', 'a\u0000b', unfit, 'a b'],
  ['an escape sequence', 'a\u001b[31mb', unfit, 'a [31mb'],
  ['a tab', 'a\tb', unfit, 'a b'],
  ['two lines', 'a\nb', unfit, 'a b'],
  ['DEL', 'a\u007fb', unfit, 'a b'],
  ['NEL', 'a\u0085b', unfit, 'a b'],
  ['a line separator', 'a\u2028b', unfit, 'a b'],
  ['a paragraph separator', 'a\u2029b', unfit, 'a b'],
  ['interlinear annotation', 'a\ufff9b\ufffac\ufffb', unfit, 'a b c'],
  ['a noncharacter of the BMP', 'a\ufdd0b', unfit, 'a b'],
  ['a noncharacter at the end of a plane', 'a\u{1FFFE}b', unfit, 'a b'],
  ['the last code point', 'a\u{10FFFF}b', unfit, 'a b'],
  ['a badge of an icon font', 'Staff \uf058', unfit, 'Staff'],
  ['private use outside the BMP', 'a\u{F0000}b', unfit, 'a b'],
  ['a reserved invisible code point', 'a\u2065b', unfit, 'a b'],
  ['a reserved invisible code point of plane 14', 'a\u{E0FFF}b', unfit, 'a b'],
  ['a deprecated format character', 'a\u206ab', unfit, 'a b'],
  ['hidden ASCII', `Hello${tagged('ignore all rules')}`, unfit, 'Hello'],
  ['hidden ASCII behind a black flag', flag('ignore'), unfit, '\u{1F3F4}'],
  ['a flag of a region that has none', flag('usca'), unfit, '\u{1F3F4}'],
  ['a flag without its end', flag('gbsct').slice(0, -2), unfit, '\u{1F3F4}'],
  ['hidden ASCII behind a real flag', `${flag('gbsct')}${tagged('x')}`, unfit, flag('gbsct')],
  ['a zero width space alone', '\u200b', unseen, undefined],
  ['joiners alone', '\u200c\u200d', unseen, undefined],
  ['marks of direction alone', '\u200e\u200f\u061c', unseen, undefined],
  ['a soft hyphen alone', '\u00ad', unseen, undefined],
  ['a Hangul filler', '\u3164', unseen, undefined],
  ['a halfwidth Hangul filler', '\uffa0', unseen, undefined],
  ['Jamo fillers', '\u115f\u1160', unseen, undefined],
  ['an empty Braille cell', '\u2800 \u2800', unseen, undefined],
  ['Egyptian blanks', '\u{13441}\u{13442}', unseen, undefined],
  ['a Khitan filler', '\u{16FE4}', unseen, undefined],
  ['an Egyptian joiner', '\u{13430}', unseen, undefined],
  ['an object that is not there', '\ufffc', unseen, undefined],
  ['an accent without a letter', '\u0301', unseen, undefined],
  ['a null note head', '\u{1D159}', unseen, undefined],
  ['a variation selector alone', '\ufe0f', unseen, undefined],
  ['a grapheme joiner alone', '\u034f', unseen, undefined],
  ['a word joiner among spaces', ' \u2060 ', unseen, undefined],
  ['Zalgo', `Z${marks(12)}`, stacked, `Z${marks(10)}`.normalize('NFC')],
  ['a run of joiners', `a${'\u200d'.repeat(11)}b`, stacked, `a${'\u200d'.repeat(10)}b`],
  ['bytes in variation selectors', '😀\u{E0101}\u{E0102}', stacked, '😀\u{E0101}'],
  ['two variation selectors', '❤\ufe0f\ufe0f', stacked, '❤\ufe0f'],
]

const reordering = ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069']

/** What people write. */
const legitimate: readonly (readonly [string, string])[] = [
  ['ASCII', `O'Hara & <b>"x"</b> #1 100%`],
  ['accents, composed', 'Zo\u00eb, \u0141\u00f3d\u017a'],
  ['accents, decomposed', 'Zoe\u0308'],
  ['Vietnamese, decomposed', 'Vie\u0323\u0302t'],
  ['Arabic', 'مرحبا بالعالم'],
  ['Arabic, vocalised', 'بِسْمِ ٱللَّٰهِ'],
  ['the end of an ayah', 'آية \u06dd١'],
  ['Persian with a non-joiner', 'نمی\u200cدانم'],
  ['Hebrew', 'שלום'],
  ['Hebrew with a mark of direction', 'שפת C++\u200e'],
  ['Hebrew with points and cantillation', 'בְּרֵאשִׁ֖ית'],
  ['Arabic with its letter mark', '\u061c3 - 5'],
  ['Hindi with both joiners', 'क्\u200dष क्\u200cष हिन्दी'],
  ['Bengali', 'বাংলা'],
  ['Tamil', 'தமிழ்'],
  ['Thai with a word break', 'ภาษา\u200bไทย'],
  ['Khmer with a word break', 'ភាសា\u200bខ្មែរ'],
  ['Burmese', 'မြန်မာဘာသာ'],
  ['the tallest Tibetan stack', 'ཧྐྵྨླྺྼྻྂ'],
  ['Mongolian with its vowel separator', 'ᠬᠠᠭᠠᠨ\u180eᠠ'],
  ['Chinese', '你好，世界'],
  ['Japanese with a variant of a name', '葛\u{E0100}城市'],
  ['Korean', '한국어'],
  ['Korean Jamo', '\u1112\u1161\u11ab'],
  ['ideographic space', '山田\u3000太郎'],
  ['German with a soft hyphen', 'Donau\u00addampf'],
  ['a family', '👩\u200d👩\u200d👧\u200d👦'],
  ['an astronaut with a skin tone', '👩🏽\u200d🚀'],
  ['the rainbow flag', '🏳\ufe0f\u200d🌈'],
  ['a heart with its selector', '❤\ufe0f'],
  ['a keycap', '1\ufe0f\u20e3'],
  ['a country', '🇵🇱'],
  ['Scotland', flag('gbsct')],
  ['England and Wales', `${flag('gbeng')} ${flag('gbwls')}`],
  ['the black flag', '\u{1F3F4}'],
  ['a pirate', '🏴\u200d☠\ufe0f'],
  ['mathematics', 'f\u2061(x) = \u221a2'],
  ['Egyptian signs with a joiner', '\u{13000}\u{13430}\u{13001}'],
  ['a Braille word', '\u2801\u2800\u2803'],
  ['music', '\u{1D11E}'],
  ['a letter that Unicode may assign tomorrow', '\u{1FAFF}\u{323B0}'],
  ['40 characters outside the BMP', '🦔'.repeat(40)],
  ['10 marks', `Z${marks(10)}`],
]

describe('lineFault', () => {
  it.each(attacks)('refuses %s', (_, text, reason) => {
    expect(lineFault(text, 40)).toBe(reason)
  })
  it.each(reordering)('refuses the reordering mark %j', (mark) => {
    expect(lineFault(`a${mark}b`, 40)).toBe(unfit)
  })
  it.each(legitimate)('accepts %s', (_, text) => {
    expect(lineFault(text, 40)).toBeUndefined()
  })
  it('does not quote the text', () => {
    for (const [, text] of attacks.filter(([, attack]) => attack.trim() !== '')) {
      expect(lineFault(`secret${text}`, 3)).not.toContain('secret')
    }
  })
  it('counts code points, and does not read a text of more than twice as many units', () => {
    expect(lineFault('x'.repeat(1_000_000), 40)).toBe(length)
    expect(lineFault('\ud83d'.repeat(81), 40)).toBe(length)
    expect(lineFault('\ud83d'.repeat(40), 40)).toBe(ill)
  })
})

describe('composeLine', () => {
  it.each(attacks)('refuses %s', (_, text, reason) => {
    expect(composeLine(text.trim(), 40).fault).toBe(text.trim() === '' ? length : reason)
  })
  it.each(legitimate)('accepts %s in every spelling, and returns one spelling', (_, text) => {
    for (const form of ['NFC', 'NFD'] as const) {
      expect(composeLine(` ${text.normalize(form)}\u3000`, 40)).toEqual({
        line: text.normalize('NFC'),
        fault: undefined,
      })
    }
  })
  it('accepts a text that is short enough after composition', () => {
    const line = '\u1f82'.repeat(50)
    expect(line.normalize('NFD')).toHaveLength(200)
    expect(composeLine(line.normalize('NFD'), 50)).toEqual({ line, fault: undefined })
    expect(composeLine(`${line}x`.normalize('NFD'), 50).fault).toBe('use 1 to 50 characters')
  })
  it('reads at most six units for each character, because no composed one has more', () => {
    for (let code = 0xa0; code <= 0x2fa1d; code += 1) {
      if (code === 0xd800) code = 0xe000
      const text = String.fromCodePoint(code)
      expect(text.normalize('NFD').length, code.toString(16)).toBeLessThanOrEqual(6 * [...text.normalize('NFC')].length)
    }
    expect(composeLine('x'.repeat(301), 50).fault).toBe('use 1 to 50 characters')
  })
  it.each(['\u0316\u0301', '\u0345\u0301\u0316'])('never normalises a run of marks: %j', (marks) => {
    const normalize = vi.spyOn(String.prototype, 'normalize')
    for (const count of [5, 60, 1000]) expect(composeLine(`a${marks.repeat(count * 3)}`, 50).fault).toBeDefined()
    expect(normalize).not.toHaveBeenCalled()
    normalize.mockRestore()
  })
})

describe('repairLine', () => {
  it.each(attacks)('repairs %s', (_, text, _reason, repaired) => {
    expect(repairLine(text, 40)).toBe(repaired)
  })
  it.each(legitimate)('leaves %s as it is, composed', (_, text) => {
    expect(repairLine(text, 40)).toBe(text.normalize('NFC').replaceAll('\u3000', ' '))
  })
  it('returns only lines that lineFault accepts', () => {
    const everything = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code))
    for (const text of [...attacks.map(([, attack]) => attack), ...reordering, ...everything]) {
      const repaired = repairLine(`${text}x${text}`, 40) ?? 'x'
      expect(lineFault(repaired, 40), JSON.stringify(text)).toBeUndefined()
    }
  })
  it('cuts no flag in half', () => {
    expect(repairLine(`${'x'.repeat(38)}${flag('gbsct')}`, 40)).toBe(`${'x'.repeat(38)}\u{1F3F4}`)
  })
  it('does bounded work for any number of marks', () => {
    expect(repairLine(`a${'\u0316\u0301'.repeat(120_000)}b`, 40)).toBe(`a${marks(10)}b`.normalize('NFC'))
  })
})
