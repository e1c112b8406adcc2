import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bin, platform, providerLock } from './paths.ts'

const run = promisify(execFile)

/** Variables that stop downloads and telemetry of the command line. The stage is only a name here. */
const quiet = {
  SST_SKIP_DEPENDENCY_CHECK: '1',
  DO_NOT_TRACK: '1',
  SST_STAGE: 'offline',
  FIELDNOTES_ORIGINS: 'https://notes.example.com',
}

/**
 * Installs SST's platform in the version of the catalog unless it is installed: some seconds, from the package registry
 * only.
 */
export async function installPlatform(): Promise<void> {
  if (isInstalled()) return
  const cwd = join(platform, '../..')
  await run(bin('sst'), ['install'], { cwd, env: { ...process.env, ...quiet, SST_BUN_PATH: bin('bun') } })
  if (!isInstalled()) throw new Error('sst install left no platform behind')
}

function isInstalled(): boolean {
  return (
    existsSync(providerLock) &&
    existsSync(join(platform, 'node_modules/@pulumi/aws')) &&
    readFileSync(join(platform, 'version'), 'utf8').includes(wantedVersion())
  )
}

function wantedVersion(): string {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../node_modules/sst/package.json'), 'utf8')).version
}

if (import.meta.main) await installPlatform()
