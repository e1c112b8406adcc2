/** Compares every answer of one peer with the hand-coded floor's. */
import { differences } from './compare.ts'
import { type Ask, answerOf } from './layers.ts'
import { operations } from './operations.ts'
import type { Answer } from './peer.ts'
import type { Entry } from './peers.ts'

/** What a peer is held to. */
export type Terms = Pick<Entry, 'unguarded' | 'liberties'>

/** A compiler that waits for a repetition has answered by then. */
const times = 3

/** Whether the right answer is one for this peer: without guards, nothing can be asked of it that must be refused. */
export const comparable = ({ unguarded }: Terms, right: Answer): boolean => !(unguarded && right.errors)

/** Every difference between what `got` and `expected` answer at the same layer, named by its operation. */
export const judge = async (expected: Ask, got: Ask, terms: Terms = {}): Promise<string[]> => {
  const found: string[] = []
  for (const name of Object.keys(operations)) {
    const right = answerOf(await expected(name))
    if (!comparable(terms, right)) continue
    for (let time = 0; time < times; time += 1) {
      const wrong = differences(right, answerOf(await got(name)), terms.liberties)
      found.push(...wrong.map((difference) => `${name}: ${difference}`))
    }
  }
  return found
}
