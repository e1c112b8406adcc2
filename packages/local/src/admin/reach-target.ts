/** Reaches what an operators' command works on: the laptop's running cloud, or a stage, inside of `sst shell`. */
import { fileURLToPath } from 'node:url'
import { defaultFolder } from '../flags.ts'
import { stageOfShell } from '../stage/links.ts'
import { assertStageName, runInShell } from '../stage/run-in-shell.ts'
import { UsageError } from '../usage-error.ts'
import { type AdminTarget, laptopTarget, stageTarget } from './admin-target.ts'

const program = fileURLToPath(new URL('admin.ts', import.meta.url))

/** The flags of every command that writes. */
export const everyFlag = {
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  stage: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

/** The flags that select a target. */
export interface TargetFlags {
  readonly stage?: string
  readonly data?: string
}

/** @throws UsageError for flags that do not go together */
export function assertTarget({ stage, data }: TargetFlags): void {
  if (stage === undefined) return
  assertStageName(stage)
  if (data !== undefined) throw new UsageError('--data does not go with --stage: a stage has no data folder.')
}

/**
 * The target of a command. For a stage outside of its shell, the command with these words runs in it, and the result is
 * undefined.
 * @throws CommandFailed when the target can't be reached
 */
export async function reachTarget(
  { stage, data }: TargetFlags,
  words: readonly string[],
): Promise<AdminTarget | undefined> {
  if (stage === undefined) return laptopTarget(data ?? defaultFolder)
  if (stageOfShell(process.env) !== undefined) return stageTarget(stage, process.env)
  await runInShell(stage, { file: program, words })
  return undefined
}
