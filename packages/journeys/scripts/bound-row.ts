/** Builds rows of `all-bounds.ts`. */
import type { Bound, DetectingTest, SourceChange } from './all-bounds.ts'

const folder = 'packages/journeys/test/hostile'

/** Measures a kind of attack: busy time in relation to an ordinary request. */
export function hostile(group: string, name: string): DetectingTest {
  return { project: 'hostile', test: `${folder}/hostile.test.ts`, only: `the ${group} of a request.*${name}` }
}

/** Measures the memory that is retained. */
export function held(name: string): DetectingTest {
  return { project: 'hostile', test: `${folder}/held-memory.test.ts`, only: name }
}

/** Sends what no request may bring to INTERNAL. */
export function internal(name: string): DetectingTest {
  return { project: 'hostile', test: `${folder}/never-internal.test.ts`, only: name }
}

/** Measures large answers. */
export function large(name: string): DetectingTest {
  return { project: 'hostile', test: `${folder}/large-answers.test.ts`, only: name }
}

/** Sends the largest request that is accepted, and one that is larger by one. */
export function boundary(name: string): DetectingTest {
  const escaped = name.replaceAll('.', '\\.')
  return { project: 'hostile', test: `${folder}/boundaries.test.ts`, only: `(of|than) ${escaped}( is |$)` }
}

/** A test of the package itself. */
export function unit(test: string, only: string): DetectingTest {
  return { project: 'unit', test: `packages/${test}`, only }
}

/** The change that makes a number practically infinite. `from` ends with the number. */
export function raised(file: string, from: string): SourceChange {
  return { file, from, to: from.replace(/[\d_]+$/, '1_000_000_000') }
}

/** A row. */
export function bound(name: string, changes: SourceChange | readonly SourceChange[], test: DetectingTest): Bound {
  return { name, changes: [changes].flat(), ...test }
}
