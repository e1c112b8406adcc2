/** Runs a command again inside of `sst shell`, which reads the stage's links from its state in AWS. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { CommandFailed, UsageError, wordsOf } from '../usage-error.ts'

/** SST's command line, which `npm run pretest` installs. */
export const sst = fileURLToPath(new URL('../../../../node_modules/.bin/sst', import.meta.url))

/** @throws UsageError for a text that can't be the name of a stage: it becomes an argument of a program */
export function assertStageName(stage: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/.test(stage)) return
  throw new UsageError('--stage takes the name of a stage: letters, digits and hyphens.')
}

/** A program of this repository, and the words that follow it. */
export interface Program {
  readonly file: string
  readonly words: readonly string[]
  /** What to say of a failure, after what the program has printed itself. */
  readonly hint?: string
}

/**
 * Runs the program with the links of `stage`, with the same standard streams, in the working folder, which has
 * `sst.config.ts`.
 * @throws CommandFailed when SST does not start, or when it or the program fails, which has printed why
 */
export async function runInShell(stage: string, program: Program): Promise<void> {
  const { file, words, hint = 'A stage must be deployed first.' } = program
  const args = ['shell', '--stage', stage, '--', process.execPath, file, ...words]
  const status = await statusOf(args)
  if (status !== 0) throw new CommandFailed(`sst shell --stage ${stage} failed, as printed above. ${hint}`)
}

async function statusOf(args: readonly string[]): Promise<unknown> {
  try {
    const [status] = await once(spawn(sst, args, { stdio: 'inherit' }), 'exit')
    return status
  } catch (error) {
    throw new CommandFailed(`SST does not start (${wordsOf(error)}). Install everything first: npm run pretest`)
  }
}
