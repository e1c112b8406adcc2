/** Rules with a word in them, such as a scope. */
import type { Rule } from './shield.ts'

/** Makes one rule for each word, the same one each time: two rules of one name are refused at build. */
export function family<Word extends string>(make: (word: Word) => Rule): (word: Word) => Rule {
  const made = new Map<Word, Rule>()
  return (word) => {
    const known = made.get(word) ?? make(word)
    made.set(word, known)
    return known
  }
}
