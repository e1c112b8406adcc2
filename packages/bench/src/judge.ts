/** Compares every answer of one peer with the hand-coded floor's. */
import { differences } from './compare.ts'
import { type Ask, answerOf } from './layers.ts'
import { operations } from './operations.ts'

/** A compiler that waits for a repetition has answered by then. */
const times = 3

/** Every difference between what `got` and `expected` answer, named by its operation. Without guards, refusals are not compared. */
export const judge = async (expected: Ask, got: Ask, unguarded: boolean): Promise<string[]> => {
  const found: string[] = []
  for (const name of Object.keys(operations)) {
    const right = answerOf(await expected(name))
    if (unguarded && right.errors) continue
    for (let time = 0; time < times; time += 1) {
      const wrong = differences(right, answerOf(await got(name)))
      found.push(...wrong.map((difference) => `${name}: ${difference}`))
    }
  }
  return found
}
