/** `npm run -s smoke`: tries a running API once, on the laptop or on a deployed stage. */
import { fileURLToPath } from 'node:url'
import { defaultFolder, parseFlags } from '../flags.ts'
import { runningIssuers } from '../issuers/issuers-file.ts'
import { issuerNamed, mint } from '../issuers/local-issuers.ts'
import { defaultScope, poolScopes } from '../issuers/token-claims.ts'
import { stageOfShell } from '../stage/links.ts'
import { assertStageName, runInShell } from '../stage/run-in-shell.ts'
import { signIn } from '../stage/sign-in.ts'
import { laptop, stageTarget, type Target } from '../stage/target.ts'
import { machineToken } from '../stage/token-requests.ts'
import { CommandFailed, runCommand, UsageError } from '../usage-error.ts'
import { faultOfGiven, type GivenToken, parseGivenToken } from './given-token.ts'
import { createSend } from './requests.ts'
import { checks, lineOf, runCheck, runChecks } from './run-checks.ts'
import { secondDeployment } from './second-deployment.ts'
import { CheckFailed, CheckSkipped } from './smoke-world.ts'

const help = `npm run -s smoke [-- options]

Tries a running API once, and prints one line for each check: ${Object.keys(checks).join(', ')};
on a stage also whether a second deployment would change anything. The note that it writes is deleted again.

  --stage NAME     a deployed stage; default: the cloud that npm start runs
  --data FOLDER    the data folder of that cloud, .local by default
  --not-compared   leaves out whether a second deployment would change anything
  --help           this text

  FIELDNOTES_TOKEN  an access token of a person, such as npm run -s token -- --stage NAME prints. Without it, or when
                    it has expired or is of another stage, a person signs in at a stage, and the laptop takes a token
                    of alice
  FIELDNOTES_API_KEY  the API key of a stage that demands keys, of an application that lists the clients of both tokens

Exit status: 0 every check is ok or skipped; 1 one failed, or the API is out of reach; 2 wrong usage.
`

const options = {
  stage: { type: 'string' },
  data: { type: 'string' },
  'not-compared': { type: 'boolean', default: false },
  help: { type: 'boolean' },
} as const
const helpCommand = 'npm run -s smoke -- --help'
const program = fileURLToPath(import.meta.url)

/** Gets something at its first use, and the same afterwards. */
function once<T>(get: () => Promise<T>): () => Promise<T> {
  let got: Promise<T> | undefined
  return () => (got ??= get())
}

function print(text: string): void {
  process.stdout.write(text)
}

function warn(text: string): void {
  process.stderr.write(text)
}

/** Signs a person in with a browser of this machine. @throws CheckSkipped where the stage has no redirect to it */
async function signedIn(target: Target): Promise<string> {
  if (target.redirects.length === 0)
    throw new CheckSkipped('no sign-in returns to this machine: set FIELDNOTES_TOKEN to a token of the web app')
  return signIn(target, { scope: poolScopes(defaultScope), print: warn })
}

/** A token of alice at the cloud that uses `folder`. */
async function alice(folder: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const contents = { person: 'alice', issuedAt: now, expiresAt: now + 900, groups: [] }
  return mint(issuerNamed(runningIssuers(folder) ?? [], 'cognito'), contents)
}

/** Where the token of a person comes from. */
interface PersonSource {
  readonly given: GivenToken | undefined
  readonly signIn: () => Promise<string>
}

/** The given token, or another one where it is of no use. @throws CheckFailed where there is no other */
async function personOf(target: Target, { given, signIn }: PersonSource): Promise<string> {
  const fault = given && (await faultOfGiven(given, target, Date.now() / 1000))
  if (given && fault === undefined) return given.token
  if (fault !== undefined && target.redirects.length === 0)
    throw new CheckFailed(`FIELDNOTES_TOKEN ${fault}, and no sign-in returns to this machine`)
  if (fault !== undefined) warn(`FIELDNOTES_TOKEN ${fault}: it is not sent.\n`)
  return signIn()
}

async function check(target: Target, source: PersonSource): Promise<void> {
  print(`smoke check of ${target.name}: ${target.endpoint}\n\n`)
  const world = {
    target,
    send: createSend(target.endpoint, process.env.FIELDNOTES_API_KEY),
    person: once(() => personOf(target, source)),
    machine: once(async () => target.machine && machineToken(target, target.machine, 'notes/read')),
  }
  const findings = await runChecks(world, (found) => print(lineOf(found)))
  const failed = findings.filter(({ outcome }) => outcome === 'FAILED')
  if (failed.length > 0) throw new CommandFailed(`failed: ${failed.map(({ name }) => name).join(', ')}.`)
}

/** What one run on a stage does. */
interface StageRun {
  readonly stage: string
  readonly isCompared: boolean
  readonly given: GivenToken | undefined
}

/** The deployment is compared outside of `sst shell`, everything else is checked inside. */
async function checkStage({ stage, isCompared, given }: StageRun): Promise<void> {
  assertStageName(stage)
  const isInside = stageOfShell(process.env) !== undefined
  const found = isCompared ? await runCheck('deployment', () => compared(stage, isInside)) : undefined
  if (found) print(lineOf(found))
  if (isInside) {
    const target = stageTarget(stage, process.env)
    return check(target, { given, signIn: () => signedIn(target) })
  }
  const hint = 'Without a line for each check, the stage was never deployed.'
  await runInShell(stage, { file: program, words: ['--stage', stage, '--not-compared'], hint })
  if (found?.outcome === 'FAILED') throw new CommandFailed('failed: deployment.')
}

/** SST does not run inside of its own shell. */
async function compared(stage: string, isInside: boolean): Promise<string> {
  if (isInside) throw new CheckSkipped('not compared inside of sst shell')
  return secondDeployment(stage)
}

async function run(): Promise<void> {
  const { stage, data, help: wantsHelp, ...flags } = parseFlags(process.argv.slice(2), options, helpCommand)
  if (wantsHelp) return print(help)
  const given = parseGivenToken(process.env.FIELDNOTES_TOKEN)
  const folder = data ?? defaultFolder
  if (stage === undefined) return check(laptop(folder), { given, signIn: () => alice(folder) })
  if (data !== undefined) throw new UsageError('--data does not go with --stage: a stage has no data folder.')
  await checkStage({ stage, isCompared: !flags['not-compared'], given })
}

await runCommand(run, 2)
