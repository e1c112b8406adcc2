/** Compares every answer of one peer with the hand-coded floor's. */
import { differences } from '../contract/compare.ts'
import { answerOf, type Execute } from '../contract/layers.ts'
import type { Entry } from '../peers/peer-list.ts'
import { operations } from '../world/operations.ts'

/** Documented exceptions of a peer. */
export type Terms = Pick<Entry, 'unguarded' | 'liberties'>

/** Repetitions, after which a lazy compiler has compiled. */
const times = 3

/** All distinct differences between the answers of `got` and `expected` at one layer, each with its operation. */
export async function compareAnswers(expected: Execute, got: Execute, terms: Terms = {}): Promise<string[]> {
  const found = new Set<string>()
  for (const name of await comparable(expected, terms)) {
    const right = answerOf(await expected(name))
    for (let time = 0; time < times; time += 1) {
      const wrong = differences(right, answerOf(await got(name)), terms.liberties)
      for (const difference of wrong) found.add(`${name}: ${difference}`)
    }
  }
  return [...found]
}

/** Operations that a peer is compared on: all, or for a peer without guards, those without refusals. */
export async function comparable(expected: Execute, { unguarded }: Terms): Promise<string[]> {
  const found: string[] = []
  for (const name of Object.keys(operations)) if (!unguarded || !answerOf(await expected(name)).errors) found.push(name)
  return found
}
