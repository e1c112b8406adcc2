/** Runs the smoke check: every check in turn, whatever the others found. */
import { CommandFailed, kindOf, wordsOf } from '../usage-error.ts'
import { withoutCredentials } from '../without-credentials.ts'
import { challenge, health, metadata, preflight, refusals } from './public-checks.ts'
import { type Check, CheckFailed, CheckSkipped, type SmokeWorld } from './smoke-world.ts'
import { machine, note } from './token-checks.ts'

/** The checks by the name that is printed. A new one is a new row. */
export const checks = { health, metadata, challenge, preflight, refusals, machine, note } satisfies Record<
  string,
  Check
>

/** What one check found. */
export interface Finding {
  readonly name: string
  readonly outcome: 'ok' | 'skipped' | 'FAILED'
  readonly words: string
}

/** Runs one check. Of an error that is not ours only the kind is printed: its message may quote a token. */
export async function runCheck(name: string, check: () => Promise<string>): Promise<Finding> {
  try {
    return { name, outcome: 'ok', words: await check() }
  } catch (error) {
    const words = own.some((kind) => error instanceof kind) ? wordsOf(error) : kindOf(error)
    return { name, outcome: error instanceof CheckSkipped ? 'skipped' : 'FAILED', words }
  }
}

/** Errors whose messages are written here. */
const own = [CheckFailed, CheckSkipped, CommandFailed] as const

/** A finding as one line. */
export function lineOf({ name, outcome, words }: Finding): string {
  return `${outcome.padEnd(8)}${name.padEnd(12)}${withoutCredentials(words)}\n`
}

/** Runs all checks, and reports each finding as soon as it is there. Resolves to all of them. */
export async function runChecks(world: SmokeWorld, report: (found: Finding) => void): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const [name, check] of Object.entries<Check>(checks)) {
    const found = await runCheck(name, () => check(world))
    report(found)
    findings.push(found)
  }
  return findings
}
