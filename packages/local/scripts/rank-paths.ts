/** Ranks the paths of a tree for a question, as a reader does who sees only the names of folders and files. */
import { stopWords } from './field-words.ts'

/** A path with its score; 0 when no word of the question is in it. */
export interface Ranked {
  readonly path: string
  readonly score: number
}

/** Plain English → words that are added to a question. */
export type AddedWords = Readonly<Record<string, readonly string[]>>

/** A word in the name of a folder weighs this part of the same word in the name of the file. */
const folderPart = 0.5

/** Each word of a file's name that is not in the question takes this part of the score away. */
const otherWordPart = 0.05

/**
 * All paths, the best first. A rarer word of the tree weighs more. Of equal paths the one with fewer other words in its
 * name comes first, then the one nearer to the root, then the first by alphabet.
 */
export function rankPaths(question: string, paths: readonly string[], added: AddedWords): readonly Ranked[] {
  const words = questionWords(question, added)
  const weightOf = weightsOf(paths)
  const rows = paths.map((path) => {
    const names = namesOf(path)
    const file = names.at(-1) ?? []
    const found = words.reduce((sum, word) => {
      if (file.includes(word)) return sum + weightOf(word)
      return names.some((name) => name.includes(word)) ? sum + weightOf(word) * folderPart : sum
    }, 0)
    const others = new Set(file.filter((word) => !words.includes(word))).size
    return { path, score: found * (1 - otherWordPart * others), others, depth: names.length }
  })
  return rows.sort(
    (a, b) => b.score - a.score || a.others - b.others || a.depth - b.depth || (a.path < b.path ? -1 : 1),
  )
}

/** The words of a question, and those that are added to them. A word that occurs twice is listed twice. */
export function questionWords(question: string, added: AddedWords = {}): readonly string[] {
  const more = new Map(Object.entries(added).map(([word, words]) => [stem(word), words.map(stem)]))
  const words = wordsOf(question).filter((word) => !stops.has(word))
  return words.flatMap((word) => [word, ...(more.get(word) ?? [])])
}

/** Names that contain capitals but are one word in paths. */
const names = /GraphiQL|GraphQL|DynamoDB/g

/**
 * Words in lower case. A name is split at separators and before a capital; endings of plurals and verbs are removed.
 */
export function wordsOf(text: string): readonly string[] {
  const split = text
    .replace(names, (name) => name.toLowerCase())
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
  return (split.toLowerCase().match(/[a-z]{2,}/g) ?? []).map(stem)
}

/** `keys` and `key`, `refused` and `refuse`, `queries` and `query` are one word. */
function stem(word: string): string {
  if (word.length < 4) return word
  return word.replace(/(ies|ing|ed|es|s)$/, (end) => (end === 'ies' ? 'y' : '')).replace(/e$/, '')
}

const stops = new Set(stopWords.map(stem))

/** Words of each name along a path, the file's own last. `packages` and `src` are in most paths and say nothing. */
function namesOf(path: string): readonly (readonly string[])[] {
  const parts = path
    .replace(/^packages\//, '')
    .replace('/src/', '/')
    .replace(/\.\w+$/, '')
    .split('/')
  return parts.map(wordsOf)
}

/** The weight of a word, by the number of names (of folders and of files) that contain it. */
function weightsOf(paths: readonly string[]): (word: string) => number {
  const prefixes = paths.flatMap((path) => path.split('/').map((_, end, parts) => parts.slice(0, end + 1).join('/')))
  const entries = [...new Set(prefixes)]
  const counts = new Map<string, number>()
  for (const entry of entries)
    for (const word of new Set(namesOf(entry).at(-1))) counts.set(word, (counts.get(word) ?? 0) + 1)
  return (word) => Math.sqrt(Math.log(entries.length / (counts.get(word) ?? entries.length)))
}
