/**
 * Apollo's caches of texts and parsed documents, limited by number and by characters. Apollo's own caches count bytes
 * of JSON, and not the memory of parsed documents.
 */
import { keptCharactersMax } from '@fieldnotes/policy/document-limits'
import { createLru } from '@fieldnotes/policy/lru'

/** The members of Apollo's `KeyValueCache` that are used. */
export interface DocumentCache<Value> {
  readonly get: (key: string) => Promise<Value | undefined>
  readonly set: (key: string, value: Value) => Promise<void>
  readonly delete: (key: string) => Promise<boolean>
}

/** Number of cached texts. */
export const textsMax = 1000

/**
 * Characters of all cached texts. A parsed document has at most some 240 bytes for each character of its text: 60 MB.
 */
export const charactersInAllMax = 250_000

/** A cache that drops the least recently used value. `lengthOf` returns the characters of the text of a value. */
export function createDocumentCache<Value>(lengthOf: (value: Value) => number, max = textsMax): DocumentCache<Value> {
  const kept = createLru<string, Value>(max, { weightOf: lengthOf, weightMax: charactersInAllMax })
  return {
    get: async (key) => kept.peek(key),
    set: async (key, value) => {
      // A longer text is parsed at each request.
      if (lengthOf(value) <= keptCharactersMax) kept.get(key, () => value)
    },
    delete: async (key) => kept.delete(key),
  }
}
