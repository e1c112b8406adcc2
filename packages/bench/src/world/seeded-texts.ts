/**
 * Texts of the data, drawn from the seed of a run. With another seed every title, content, tag and owner is another
 * one, so that no row can have its answers ready.
 */
import { pseudoRandom } from '../measure/pseudo-random.ts'

/** The environment variable with the seed, for every measured process. */
export const seedVariable = 'FIELDNOTES_BENCH_SEED'

const seed = Number(process.env[seedVariable] ?? 1)
const words = 'Lorem ipsum dolor sit amet consetetur sadipscing elitr sed diam nonumy eirmod'.split(' ')

/** What is drawn for one note. */
export interface Drawn {
  /** From 0 to 9; each owner has the same number of notes. */
  readonly owner: number
  readonly title: string
  /** Twenty words. */
  readonly content: string
  readonly tag: string
}

/** Draws for the note with this number, in no order: each number has its own sequence. */
export function drawn(number: number): Drawn {
  const random = pseudoRandom(seed * 1_009 + number)
  // The first numbers of neighbouring seeds are neighbours.
  random.next()
  random.next()
  const word = () => words[random.next().value % words.length] ?? ''
  const text = (count: number) => Array.from({ length: count }, word).join(' ')
  return { owner: (number + seed) % 10, title: text(2), content: text(20), tag: text(1) }
}
