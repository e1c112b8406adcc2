/**
 * Checks one line of text that other people see: a person's name, a note's title, a tag. The rules follow Unicode TR
 * #36 and #39: text must not be invisible, must not reorder the text around it, and must not cover it. `lineFault` and
 * `composeLine` refuse text by the same rules by which `repairLine` repairs it.
 */

/**
 * The flags of England, Scotland and Wales, which are written with tag characters. Elsewhere tag characters hide text.
 */
const tagFlag = /\p{RGI_Emoji_Tag_Sequence}/gv
const blackFlag = '\u{1F3F4}'

/**
 * Code points that are refused: controls, lone surrogates, line and paragraph separators, noncharacters, interlinear
 * annotation, private use (an icon font may draw a badge there), and invisible code points that reorder, annotate or
 * are reserved. Invisible code points of ordinary writing are accepted: soft hyphen, joiners, word breaks, the
 * Mongolian vowel separator, invisible operators, and the marks U+061C, U+200E and U+200F, which Arabic and Hebrew need
 * and which reorder no more than one of their letters does. Unassigned code points are accepted, because phones get new
 * emoji before this Unicode version does.
 */
const unfit =
  /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\ufff9-\ufffb[[[\p{Cf}\p{Cn}]&&\p{Default_Ignorable_Code_Point}]--[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff]]]/gv

/**
 * A visible code point: a base character with ink. Marks are not visible alone. These characters have no ink, although
 * Unicode calls them letters or symbols: the empty Braille cell, the Egyptian blanks, the Khitan filler, the null note
 * head, and U+FFFC, which replaces an embedded object.
 */
const visible =
  /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{M}\p{Cf}\u2800\ufffc\u{13441}\u{13442}\u{16FE4}\u{1D159}]/v

/**
 * More than 10 marks on one letter, which no script has: Tibetan stacks 8, UTS #39 §5.4 allows 4 in identifiers, and
 * UAX #15 §13 calls 30 the limit of sensible text. Invisible code points count too, so that a run of them can't hide a
 * message.
 */
const stacked = /([\p{M}\p{Default_Ignorable_Code_Point}]{10})[\p{M}\p{Default_Ignorable_Code_Point}]+/gv

/** Two variation selectors in a row. Ordinary text has none; runs of them can hide bytes. */
const selectors = /(\p{Variation_Selector})\p{Variation_Selector}+/gv

/** UTF-16 units of one code point, at most. Longer texts are refused without being read. */
const unitsPerCharacter = 2

/**
 * UTF-16 units of one composed character when it is decomposed, at most (U+16126 is three code points outside the BMP).
 * A longer text can't become short enough by composition. `normalize` takes quadratic time on runs of combining marks,
 * so this is checked first.
 */
const unitsPerDecomposed = 6

/** A line in its stored form, and the reason of a refusal; `fault` is undefined when the line is accepted. */
export interface ComposedLine {
  readonly line: string
  readonly fault: string | undefined
}

type LineRule = readonly [reason: string, has: (text: string) => boolean]

/** The checks in their order. Each takes linear time. */
const faults: readonly LineRule[] = [
  ['use well-formed Unicode', (text) => !text.isWellFormed()],
  [
    'use one line without controls, private-use characters and marks that hide or reorder text',
    (text) => has(unfit, withoutFlags(text)),
  ],
  ['use text that can be seen', (text) => !visible.test(text)],
  ['use at most 10 marks on a letter', (text) => has(stacked, withoutFlags(text)) || has(selectors, text)],
]

/**
 * Returns why a text can't be shown to other people as one line of 1 to `charactersMax` characters (code points);
 * undefined when it can. The reason never quotes the text. A text of more than twice as many UTF-16 units is refused
 * without being read.
 * @example
 * ```ts
 * import { lineFault } from '@fieldnotes/core/visible-text'
 *
 * lineFault('Minutes', 200) // undefined
 * lineFault('', 200) // 'use 1 to 200 characters'
 * ```
 */
export function lineFault(text: string, charactersMax: number): string | undefined {
  if (text.length > charactersMax * unitsPerCharacter || text.trim() === '') return lengthFault(charactersMax)
  if ([...text].length > charactersMax) return lengthFault(charactersMax)
  return faultOf(text)
}

/**
 * Returns a line as it is stored and compared: composed (NFC), without white space around it. The rules of `lineFault`
 * apply before composition and after it, so text with runs of marks is never normalised.
 * @example
 * ```ts
 * import { composeLine } from '@fieldnotes/core/visible-text'
 *
 * const { line, fault } = composeLine(' Zoe\u0308 ', 80) // 'Zoë', undefined
 * ```
 */
export function composeLine(text: string, charactersMax: number): ComposedLine {
  if (text.length > charactersMax * unitsPerDecomposed) return { line: '', fault: lengthFault(charactersMax) }
  const bare = text.trim()
  const fault = bare === '' ? lengthFault(charactersMax) : faultOf(bare)
  if (fault) return { line: '', fault }
  const line = bare.normalize('NFC')
  return { line, fault: lineFault(line, charactersMax) }
}

function lengthFault(charactersMax: number): string {
  return `use 1 to ${charactersMax} characters`
}

function faultOf(text: string): string | undefined {
  return faults.find(([, isFaulty]) => isFaulty(text))?.[0]
}

/**
 * Repairs text whose author can't correct it, such as a name in a token: each refused character becomes a space, each
 * run of white space becomes one space, and the result is composed (NFC) and cut to `charactersMax` code points.
 * Returns undefined when nothing visible is left.
 * @example
 * ```ts
 * import { repairLine } from '@fieldnotes/core/visible-text'
 *
 * repairLine('Zoë \u202e', 80) // 'Zoë'
 * repairLine('\u202e', 80) // undefined
 * ```
 */
export function repairLine(text: string, charactersMax: number): string | undefined {
  const line = tidy(text)
    .slice(0, charactersMax * unitsPerDecomposed)
    .normalize('NFC')
  // A cut may split a surrogate pair, or a flag from its tag characters.
  const cut = tidy([...line].slice(0, charactersMax).join('')).trim()
  return visible.test(cut) ? cut : undefined
}

function tidy(text: string): string {
  const flags = [...text.matchAll(tagFlag)].map(([flag]) => flag)
  const fit = text
    .split(tagFlag)
    .map((part) => part.replace(unfit, ' ').replace(stacked, '$1').replace(selectors, '$1'))
  return fit
    .map((part, index) => part + (flags[index] ?? ''))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Replaces each flag by the black flag that it starts with, so that its tag characters are not refused. */
function withoutFlags(text: string): string {
  return text.replace(tagFlag, blackFlag)
}

function has(pattern: RegExp, text: string): boolean {
  return text.search(pattern) >= 0
}
