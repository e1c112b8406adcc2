import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveAws } from './aws.ts'
import { bareEnvironment } from './environment.ts'
import { bin, root as ours } from './paths.ts'

/** Status and output of a command. */
export interface Ended {
  readonly status: number
  /** Both streams, without colours. */
  readonly output: string
}

/** SST's command line. */
export interface Sst {
  /** Runs `sst …` until it exits. */
  run(...args: readonly string[]): Promise<Ended>
  /** Runs another program in the same folder, with the same variables. */
  exec(program: string, ...args: readonly string[]): Promise<Ended>
  close(): void
}

interface SstOptions {
  readonly root?: string
  readonly env?: Readonly<Record<string, string>>
}

/** SST's own command line without a cloud: the engine is ours, AWS is in memory, and no request leaves this machine. */
export async function offlineSst({ root = ours, env = {} }: SstOptions = {}): Promise<Sst> {
  const home = mkdtempSync(join(tmpdir(), 'fieldnotes-sst-'))
  const engine = writeEngine(join(home, 'sst/bin'))
  const aws = await serveAws()
  const variables = {
    ...bareEnvironment(),
    ...env,
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_EC2_METADATA_DISABLED: 'true',
    XDG_CONFIG_HOME: home,
    SST_PULUMI_PATH: engine,
    SST_BUN_PATH: bin('bun'),
    DO_NOT_TRACK: '1',
    NO_COLOR: '1',
  }
  const exec: Sst['exec'] = (program, ...args) =>
    new Promise((resolve) => {
      execFile(program, args, { cwd: root, env: variables, timeout: 170_000 }, (error, stdout, stderr) => {
        const status = error ? Number(error.code ?? 1) : 0
        // biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with one.
        resolve({ status, output: `${stdout}${stderr}`.replace(/\x1b\[[0-9;]*m/g, '') })
      })
    })
  return {
    exec,
    run: (...args) => exec(bin('sst'), ...args),
    close() {
      aws.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function writeEngine(folder: string): string {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'pulumi')
  const program = join(import.meta.dirname, 'engine/pulumi-engine.ts')
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" --no-warnings "${program}" "$@"\n`)
  chmodSync(file, 0o755)
  return file
}
