/**
 * One line of text that other people see: a person's name, a note's title, a tag. The rules follow Unicode TR #36 and #39 as
 * far as they keep text from hiding, from reordering what a client shows around it, and from covering it. They are one table
 * for text that is refused (`lineFault`) and for text that is repaired (`repairLine`).
 */

/** The three flags that are spelled with tag characters: England, Scotland, Wales. Elsewhere tag characters hide text. */
const tagFlag = /\p{RGI_Emoji_Tag_Sequence}/gv
const blackFlag = '\u{1F3F4}'

/**
 * Code points that no line holds: controls, lone surrogates, line and paragraph separators, noncharacters, interlinear
 * annotation, private use (an icon font may draw a badge there), and the invisible ones that reorder, annotate or are reserved.
 * The invisible ones of ordinary writing stay: soft hyphen, joiners, word breaks, the Mongolian vowel separator, invisible
 * operators, and the marks U+061C, U+200E and U+200F, which Arabic and Hebrew need and which reorder no more than one of their
 * letters would. Unassigned code points stay too: a phone has the emoji of this year before the server knows them.
 */
const unfit =
  /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\ufff9-\ufffb[[[\p{Cf}\p{Cn}]&&\p{Default_Ignorable_Code_Point}]--[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff]]]/gv

/**
 * What a reader can see: at least one base character with ink. Not marks alone, and not the characters without ink that Unicode
 * calls letters or symbols: the empty Braille cell, the Egyptian blanks, the Khitan filler, the null note head, and U+FFFC, the
 * place of an object that is not there.
 */
const visible =
  /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{M}\p{Cf}\u2800\ufffc\u{13441}\u{13442}\u{16FE4}\u{1D159}]/v

/**
 * More marks on one letter than any script has. Tibetan stacks 8; UTS #39 §5.4 allows identifiers 4, and UAX #15 §13 calls 30
 * the end of all sensible text. Invisible code points count, so that a run of them carries no message.
 */
const stacked = /([\p{M}\p{Default_Ignorable_Code_Point}]{10})[\p{M}\p{Default_Ignorable_Code_Point}]+/gv

/** No text has two variation selectors in a row; runs of them carry hidden bytes. */
const selectors = /(\p{Variation_Selector})\p{Variation_Selector}+/gv

/** A code point has at most two UTF-16 units: longer texts are not looked at. */
const unitsPerCharacter = 2

/**
 * A composed character has at most six UTF-16 units when it is decomposed (U+16126 is three code points outside the BMP). Text
 * beyond so many units for each character can't be short enough once composed. Normalisation of runs of combining marks takes
 * quadratic time, so that this is checked before `normalize`.
 */
const unitsPerDecomposed = 6

/** A line as it is to be stored and compared, and why it is not fit; undefined when it is. */
export interface ComposedLine {
  readonly line: string
  readonly fault: string | undefined
}

type Fault = readonly [reason: string, has: (text: string) => boolean]

/** In the order in which they are looked for. Each takes linear time. */
const faults: readonly Fault[] = [
  ['use well-formed Unicode', (text) => !text.isWellFormed()],
  [
    'use one line without controls, private-use characters and marks that hide or reorder text',
    (text) => has(unfit, withoutFlags(text)),
  ],
  ['use text that can be seen', (text) => !visible.test(text)],
  ['use at most 10 marks on a letter', (text) => has(stacked, withoutFlags(text)) || has(selectors, text)],
]

/**
 * Why a text is not fit to be shown to other people as one line of 1 to `charactersMax` characters (code points); undefined
 * when it is. The reason never quotes the text. A text of more than twice as many UTF-16 units is refused unread.
 */
export function lineFault(text: string, charactersMax: number): string | undefined {
  if (text.length > charactersMax * unitsPerCharacter || text.trim() === '') return lengthFault(charactersMax)
  if ([...text].length > charactersMax) return lengthFault(charactersMax)
  return faultOf(text)
}

/**
 * A line in the one spelling in which lines are compared: composed (NFC), without white space around it. Judged as by
 * `lineFault`, before it is composed and after: what has runs of marks is never normalised.
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
 * The same rules for text that nobody can be asked to correct, such as a name in a token: each unfit character becomes a space,
 * white space becomes one space, the rest is composed (NFC) and cut at `charactersMax`. Undefined when nothing visible is left.
 */
export function repairLine(text: string, charactersMax: number): string | undefined {
  const line = tidy(text)
    .slice(0, charactersMax * unitsPerDecomposed)
    .normalize('NFC')
  // Cutting may halve a surrogate pair, or a flag and leave its tag characters behind.
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

/** A flag counts as the one black flag that a reader sees. */
function withoutFlags(text: string): string {
  return text.replace(tagFlag, blackFlag)
}

function has(pattern: RegExp, text: string): boolean {
  return text.search(pattern) >= 0
}
