/** Parses the command line of `npm run bench:cold`. */
import { parseArgs } from 'node:util'
import type { ColdPlan } from './measure-cold.ts'

export interface ColdCommand extends ColdPlan {
  /** Prints a profile of the starts instead of their duration. */
  readonly profile: boolean
}

export const usage = 'npm run bench:cold -- [--starts NUMBER] [--profile]'

const options = {
  starts: { type: 'string', default: '25' },
  profile: { type: 'boolean', default: false },
} as const

/** A decimal number from 1 to 9999. */
const number = /^[1-9]\d{0,3}$/

/** @throws Error for an unknown flag or an invalid number of starts */
export function coldCommand(words: readonly string[]): ColdCommand {
  const { starts, profile } = parseArgs({ args: [...words], options }).values
  if (!number.test(starts)) throw new Error(`--starts takes a number from 1 to 9999, not '${starts}'.`)
  return { starts: Number(starts), profile }
}
