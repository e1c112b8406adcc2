/** What Apollo may remember between requests: a number of things, none of them large. Its own caches count bytes that JSON shows, not bytes that are held. */
import { createLru } from '@fieldnotes/policy/lru'

/** Apollo's key-value cache, as far as it is used. */
export interface Memory<Value> {
  readonly get: (key: string) => Promise<Value | undefined>
  readonly set: (key: string, value: Value) => Promise<void>
  readonly delete: (key: string) => Promise<boolean>
}

/** Characters of one text that is remembered; a longer one is parsed each time. */
const charactersMax = 10_000

/** How many texts are remembered. */
export const textsMax = 1000

/** Characters of all texts together. A tree takes some 240 bytes for each character of its text at the very worst: 60 MB. */
export const charactersInAllMax = 250_000

/** Remembers values of which `lengthOf` says how many characters they come from. */
export function createMemory<Value>(lengthOf: (value: Value) => number, max = textsMax): Memory<Value> {
  const kept = createLru<string, Value>(max, { weightOf: lengthOf, weightMax: charactersInAllMax })
  return {
    get: async (key) => kept.peek(key),
    set: async (key, value) => {
      if (lengthOf(value) <= charactersMax) kept.get(key, () => value)
    },
    delete: async (key) => kept.delete(key),
  }
}
