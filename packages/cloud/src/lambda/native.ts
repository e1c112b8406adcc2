/**
 * Builds the native half of AWS's runtime client (curl and its C++ library: a compiler, cmake, make, and the headers of
 * any Node from 20; minutes), then runs the runtime's tests with it: `npm run runtime:native`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root } from '../paths.ts'

const client = dirname(createRequire(import.meta.url).resolve('aws-lambda-ric'))

/** @throws Error when the command fails. */
function run(command: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): void {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`)
}

/** Headers that are on this machine, so that none are fetched; the addon uses Node-API, which is the same in all of them. */
const headers = ['/usr', '/usr/local'].find((place) => existsSync(join(place, 'include/node/node_api.h')))

// Elsewhere the client's scripts build nothing and say that all went well.
if (process.platform !== 'linux') throw new Error('the native half of the runtime client builds on Linux alone')
if (!existsSync(join(client, 'rapid-client.node'))) {
  const env = headers === undefined ? {} : { npm_config_nodedir: headers }
  for (const script of ['preinstall', 'postinstall']) run('sh', [`scripts/${script}.sh`], client, env)
}
const tests = ['runtime', 'same-answers', 'firebase'].map((name) => `packages/cloud/test/${name}.test.ts`)
const vitest = join(root, 'node_modules/.bin/vitest')
run(vitest, ['run', '--project', 'cloud', ...tests], root, { FIELDNOTES_RUNTIME: 'native' })
