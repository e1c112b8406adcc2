/** Runs a command again inside of `sst shell`, which reads the stage's links from its state in AWS. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { CommandFailed, wordsOf } from '../usage-error.ts'

const sst = fileURLToPath(new URL('../../../../node_modules/.bin/sst', import.meta.url))
const program = fileURLToPath(new URL('admin.ts', import.meta.url))

/**
 * Runs `admin.ts` with `words` and the links of `stage`, with the same standard streams, in the working folder, which
 * has `sst.config.ts`.
 * @throws CommandFailed when SST does not start, or when it or the command fails, which has printed why
 */
export async function runInShell(stage: string, words: readonly string[]): Promise<void> {
  const args = ['shell', '--stage', stage, '--', process.execPath, program, ...words]
  const status = await statusOf(args)
  if (status !== 0)
    throw new CommandFailed(`sst shell --stage ${stage} failed, as printed above. A stage must be deployed first.`)
}

async function statusOf(args: readonly string[]): Promise<unknown> {
  try {
    const [status] = await once(spawn(sst, args, { stdio: 'inherit' }), 'exit')
    return status
  } catch (error) {
    throw new CommandFailed(`SST does not start (${wordsOf(error)}). Install everything first: npm run pretest`)
  }
}
