/** Rules that take a word, such as a scope. */
import type { Rule } from './rule.ts'

/**
 * Makes one rule for each word, and returns the same rule for the same word: two rules of one name do not start.
 * @param make builds the rule of a word that was not used before
 */
export function family<Word extends string, Made extends Rule>(make: (word: Word) => Made): (word: Word) => Made {
  const made = new Map<Word, Made>()
  return (word) => {
    const known = made.get(word) ?? make(word)
    made.set(word, known)
    return known
  }
}
