/** `npm run -s token -- --stage NAME`: a token of a deployed stage, for a person or for the stage's own program. */
import { fileURLToPath } from 'node:url'
import { defaultScope, poolScopes } from '../issuers/token-claims.ts'
import { CommandFailed } from '../usage-error.ts'
import { stageOfShell } from './links.ts'
import { assertStageName, runInShell } from './run-in-shell.ts'
import { signIn } from './sign-in.ts'
import { stageTarget, type Target } from './target.ts'
import { machineToken } from './token-requests.ts'

const program = fileURLToPath(new URL('../token.ts', import.meta.url))

/** Scope of the stage's own program. */
const machineScope = 'notes:read'

/** What the flags of the command say. */
export interface StageTokenFlags {
  readonly stage: string
  /** For the stage's own program and not for a person. */
  readonly machine: boolean
  /** Scopes as the API names them. */
  readonly scope: string | undefined
}

/**
 * Gets the token inside of `sst shell`, or runs the command again there. `words` are the arguments of the command.
 * Returns undefined when the other process has printed the token.
 * @throws UsageError for a text that is no stage; CommandFailed for a stage that gives no token
 */
export async function stageToken(flags: StageTokenFlags, words: readonly string[]): Promise<string | undefined> {
  assertStageName(flags.stage)
  if (stageOfShell(process.env) === undefined) return void (await runInShell(flags.stage, { file: program, words }))
  const target = stageTarget(flags.stage, process.env)
  return flags.machine ? ofProgram(target, flags.scope) : ofPerson(target, flags.scope)
}

function ofPerson(target: Target, scope = defaultScope): Promise<string> {
  if (target.redirects.length === 0)
    throw new CommandFailed(
      `${target.name} has no redirect to this machine: only personal stages have. --machine needs none.`,
    )
  const print = (text: string) => void process.stderr.write(text)
  return signIn(target, { scope: poolScopes(scope), print })
}

function ofProgram(target: Target, scope = machineScope): Promise<string> {
  if (target.machine) return machineToken(target, target.machine, poolScopes(scope))
  throw new CommandFailed(`${target.name} has no client for programs: deploy it with FIELDNOTES_MACHINE=on.`)
}
