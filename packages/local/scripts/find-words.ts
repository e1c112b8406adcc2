/** Finds house words in the text of one file: in prose, in names, and in the file's own path. */
import { fieldCompounds, type HouseWord, housePhrases, houseWords } from './house-words.ts'
import type { Piece } from './pieces.ts'
import { piecesOf } from './prose-and-names.ts'

/** A house word in a file. */
export interface Finding {
  readonly file: string
  readonly line: number
  readonly word: string
  readonly say: string
}

/** A name that the glossary allows, in files whose path matches. */
export interface Allowed {
  readonly name: string
  readonly files: RegExp
}

/**
 * Rows of the glossary's second table: a name, and a pattern of paths.
 * @throws Error for a row of that table that can't be read: it would allow nothing
 */
export function allowedNames(glossary: string): readonly Allowed[] {
  return [...glossary.matchAll(/^\|\s*`.*$/gm)].map(([row]) => {
    const [, name, files] = /^\|\s*`(\w+)`\s*\|\s*names in `([^`]+)`\s*\|/.exec(row) ?? []
    if (!name || !files)
      throw new Error(`docs/glossary.md: this row is not "name | names in pattern | meaning": ${row}`)
    return { name, files: new RegExp(files) }
  })
}

/** All house words of a file, in the order of its lines. Each is found once per occurrence. */
export function findWords(file: string, text: string, allowed: readonly Allowed[] = []): readonly Finding[] {
  const pieces = [...namesInPath(file), ...piecesOf(file, text)].filter(
    ({ kind, text: name }) => kind !== 'names' || !allowed.some((row) => row.name === name && row.files.test(file)),
  )
  return pieces
    .flatMap((piece) => [...wordsIn(piece), ...phrasesIn(piece)])
    .map((found) => ({ file, ...found }))
    .sort((a, b) => a.line - b.line)
}

function namesInPath(file: string): readonly Piece[] {
  return file.split(/[/.]/).map((name) => ({ kind: 'names', line: 1, text: name }))
}

type Found = Omit<Finding, 'file'>

const byForm: ReadonlyMap<string, HouseWord> = new Map(
  houseWords.flatMap((word) => word.forms.map((form) => [form, word] as const)),
)
const compounds = new RegExp(`\\b(?:${fieldCompounds.join('|')})\\b(?!-)`, 'g')

/** One word for each part of a name: `bobReads`, `READ_URL` and `read-bob` are split where a reader sees a new word. */
function spaced({ kind, text }: Piece): string {
  if (kind === 'prose') return text
  return text.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
}

function wordsIn(piece: Piece): readonly Found[] {
  const text = spaced(piece)
    .toLowerCase()
    .replace(compounds, (compound) => ' '.repeat(compound.length))
  return [...text.matchAll(/[a-z]+/g)].flatMap(({ 0: word, index }) => {
    const house = byForm.get(word)
    if (!house || (house.in !== 'both' && house.in !== piece.kind)) return []
    return [{ line: lineAt(piece, text, index), word, say: house.say }]
  })
}

/** Spaces, one line break, and the characters that continue a comment. */
const gap = '(?:[ \\t]+|[ \\t]*\\n[ \\t*/#]*)'
const phrases = housePhrases.map(
  ([phrase, say]) => [new RegExp(`\\b${phrase.replaceAll(' ', gap)}\\b`, 'gi'), phrase, say] as const,
)

function phrasesIn(piece: Piece): readonly Found[] {
  if (piece.kind === 'names') return []
  return phrases.flatMap(([pattern, word, say]) =>
    [...piece.text.matchAll(pattern)].map(({ index }) => ({ line: lineAt(piece, piece.text, index), word, say })),
  )
}

function lineAt({ line }: Piece, text: string, index: number): number {
  return line + text.slice(0, index).split('\n').length - 1
}
