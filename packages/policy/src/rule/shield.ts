/** The one file that touches graphql-shield: its words, and what its rule objects are made of. Its evaluator is never called. */
import { allow, and, chain, deny, not, or, race, rule } from 'graphql-shield'

export { allow, and, chain, deny, not, or, race, rule }

/** One of graphql-shield's own rule objects. */
export type Rule = typeof allow | ReturnType<ReturnType<typeof rule>> | ReturnType<typeof and>

export type Word = 'allow' | 'deny' | 'and' | 'chain' | 'or' | 'race' | 'not' | 'rule'

/** What graphql-shield keeps in a rule object; its types hide most of it. */
export interface Parts {
  readonly word: Word
  readonly rules: readonly unknown[]
  readonly error: unknown
  readonly name: string
  readonly func: unknown
  readonly cache: unknown
  readonly fragment: unknown
}

/** By identity of the class, not by its name, which a minifier changes. A second copy of graphql-shield is therefore a stranger. */
const words = new Map<unknown, Word>([
  [allow.constructor, 'allow'],
  [deny.constructor, 'deny'],
  [and().constructor, 'and'],
  [chain().constructor, 'chain'],
  [or().constructor, 'or'],
  [race().constructor, 'race'],
  [not(allow).constructor, 'not'],
  [rule()(() => true).constructor, 'rule'],
])

/** The parts of a rule object, or undefined for anything that this copy of graphql-shield did not make. */
export function partsOf(value: unknown): Parts | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const word = words.get(value.constructor)
  return (
    word && {
      rules: [],
      error: undefined,
      name: '',
      func: undefined,
      cache: undefined,
      fragment: undefined,
      ...value,
      word,
    }
  )
}
