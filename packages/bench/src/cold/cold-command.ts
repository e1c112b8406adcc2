/** What `npm run bench:cold` is asked for. */
import { parseArgs } from 'node:util'
import type { ColdPlan } from './measure.ts'

export interface ColdCommand extends ColdPlan {
  /** Where the starts go, in place of how long they take. */
  readonly profile: boolean
}

export const usage = 'npm run bench:cold -- [--starts NUMBER] [--profile]'

const options = {
  starts: { type: 'string', default: '25' },
  profile: { type: 'boolean', default: false },
} as const

/** From 1 to 9999, in digits alone. */
const number = /^[1-9]\d{0,3}$/

/** @throws Error when a flag is unknown, or the number of starts is none. */
export function coldCommand(words: readonly string[]): ColdCommand {
  const { starts, profile } = parseArgs({ args: [...words], options }).values
  if (!number.test(starts)) throw new Error(`--starts takes a number from 1 to 9999, not '${starts}'.`)
  return { starts: Number(starts), profile }
}
