/** What Apollo may remember between requests: a number of things, none of them large. Its own caches count bytes that JSON shows, not bytes that are held. */
import { createLru } from '@fieldnotes/policy/lru'

/** Apollo's key-value cache, as far as it is used. */
export interface Memory<Value> {
  readonly get: (key: string) => Promise<Value | undefined>
  readonly set: (key: string, value: Value) => Promise<void>
  readonly delete: (key: string) => Promise<boolean>
}

/** Characters of a document that is remembered; a longer one is parsed each time. */
const charactersMax = 10_000

/** Documents: 256 of at most 10,000 characters, whose trees take some 100 MB at the very worst. */
export const documentsMax = 256

/** Remembers at most `max` values of which `lengthOf` says that they are short enough. */
export const createMemory = <Value>(lengthOf: (value: Value) => number, max = documentsMax): Memory<Value> => {
  const kept = createLru<string, Value | undefined>(max)
  return {
    get: async (key) => kept.peek(key),
    set: async (key, value) => {
      if (lengthOf(value) <= charactersMax) kept.get(key, () => value)
    },
    delete: async (key) => kept.delete(key),
  }
}
