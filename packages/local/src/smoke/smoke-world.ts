/** Types of the smoke check: what a check gets, and what it finds. */
import type { Target } from '../stage/target.ts'
import { type Answer, type RequestOptions, summaryOf } from './requests.ts'

/** What every check may use. */
export interface SmokeWorld {
  readonly target: Target
  /** Sends a request to a path of the API. */
  readonly send: (path: string, options?: RequestOptions) => Promise<Answer>
  /** An access token of a person. It is got once, at the first call. */
  readonly person: () => Promise<string>
  /** An access token of the target's program; undefined for a target without one. */
  readonly machine: () => Promise<string | undefined>
}

/** Returns what was seen. @throws CheckFailed, or CheckSkipped */
export type Check = (world: SmokeWorld) => Promise<string>

/** Something is not as it should be. The message says what was seen in its place, and no token. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed'
}

/** The target has nothing to check. */
export class CheckSkipped extends Error {
  override readonly name = 'CheckSkipped'
}

/** @throws CheckFailed with `words` unless the condition holds */
export function assertThat(holds: boolean, words: string): asserts holds {
  if (!holds) throw new CheckFailed(words)
}

/** The token that `what` describes was refused: by the API with a 401, or by the gateway with a bare 403. */
export function assertRefused({ gateDenies }: Target, answer: Answer, what: string): void {
  assertThat(answer.status === (gateDenies ? 403 : 401), `${what} returned ${summaryOf(answer)}`)
}
