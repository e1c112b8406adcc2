import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bareEnvironment } from '../environment.ts'
import { root as ours, platform } from '../paths.ts'
import type { App, Graph } from './graph.ts'
import { buildApp, buildProgram, type Evaluation } from './program.ts'
import { serveRpc } from './rpc.ts'

interface EvaluateOptions {
  readonly stage: string
  readonly root?: string
  readonly secrets?: Readonly<Record<string, string>>
  /** All environment variables of the configuration; our own are not passed. */
  readonly env?: Readonly<Record<string, string>>
  /** Text of the stage's file of settings. Default: a line for each variable of `env`. */
  readonly settingsFile?: string
  /** Evaluates as `sst dev` does. */
  readonly dev?: boolean
}

/**
 * Evaluates `sst.config.ts` with SST's own components, which takes some seconds. No resource is created: our engine
 * records the requests. SST's platform must be installed.
 * @throws Error with the output of the evaluation when it fails
 */
export async function evaluate({
  stage,
  root = ours,
  secrets = {},
  env = {},
  dev = false,
  settingsFile = Object.entries(env)
    .map((entry) => entry.join('='))
    .join('\n'),
}: EvaluateOptions): Promise<Graph> {
  // Inside the platform's folder, so that programs resolve its modules.
  mkdirSync(join(platform, 'evaluations'), { recursive: true })
  const work = mkdtempSync(join(platform, 'evaluations/run-'))
  const rpc = await serveRpc(root, work)
  const evaluation = { root, work, stage, dev, settingsFile }
  const given = { ...bareEnvironment(), ...env, ...asVariables(secrets), SST_SERVER: rpc.url }
  try {
    const app = await appOf(evaluation, given)
    await buildProgram(evaluation, app, join(work, 'program.mjs'))
    const out = join(work, 'graph.json')
    const variables = { ...given, GRAPH_OUT: out, SST_AWS_REGION: app.providers.aws.region }
    await run(process.execPath, ['--enable-source-maps', '--no-deprecation', join(work, 'program.mjs')], {
      cwd: root,
      env: variables,
    })
    return { ...JSON.parse(readFileSync(out, 'utf8')), app, builds: rpc.builds }
  } finally {
    rpc.close()
    rmSync(work, { recursive: true, force: true })
  }
}

const run = promisify(execFile)

async function appOf(evaluation: Evaluation, env: Readonly<Record<string, string>>): Promise<App> {
  const program = join(evaluation.work, 'app.mjs')
  await buildApp(evaluation, program)
  const { stdout } = await run(process.execPath, [program], { cwd: evaluation.root, env })
  return { protect: false, ...JSON.parse(stdout), stage: evaluation.stage }
}

/** Secrets as the variables in which SST passes them to a configuration. */
function asVariables(secrets: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`SST_SECRET_${name}`, value]))
}
