/** Compares every answer of one peer with the hand-coded floor's. */
import { differences } from './compare.ts'
import { type Ask, answerOf } from './layers.ts'
import { operations } from './operations.ts'
import type { Entry } from './peers.ts'

/** What a peer is held to. */
export type Terms = Pick<Entry, 'unguarded' | 'liberties'>

/** A compiler that waits for a repetition has answered by then. */
const times = 3

/** Every difference, told once, between what `got` and `expected` answer at the same layer, named by its operation. */
export async function judge(expected: Ask, got: Ask, terms: Terms = {}): Promise<string[]> {
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

/** The operations that a peer is asked: all of them or, where it has no guards, those in which `expected` refuses nothing. */
export async function comparable(expected: Ask, { unguarded }: Terms): Promise<string[]> {
  const found: string[] = []
  for (const name of Object.keys(operations)) if (!unguarded || !answerOf(await expected(name)).errors) found.push(name)
  return found
}
