/**
 * `npm run runtime:native`: builds the native part of AWS's runtime client, then runs the runtime's tests with it. The
 * build takes minutes and needs a compiler, cmake, make, and the headers of any Node from 20.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root } from '../paths.ts'

const client = dirname(createRequire(import.meta.url).resolve('aws-lambda-ric'))

/** @throws Error when the command fails */
function run(command: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): void {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`)
}

/**
 * Headers installed on this machine, so that none are downloaded. The addon uses Node-API, which is the same in all
 * versions.
 */
const headers = ['/usr', '/usr/local'].find((prefix) => existsSync(join(prefix, 'include/node/node_api.h')))

// On other platforms the client's scripts build nothing and still report success.
if (process.platform !== 'linux') throw new Error('the native half of the runtime client builds on Linux alone')
if (!existsSync(join(client, 'rapid-client.node'))) {
  const env = headers === undefined ? {} : { npm_config_nodedir: headers }
  for (const script of ['preinstall', 'postinstall']) run('sh', [`scripts/${script}.sh`], client, env)
}
const tests = ['runtime', 'runtime-start', 'runtime-instance', 'same-answers', 'firebase'].map(
  (name) => `packages/cloud/test/${name}.test.ts`,
)
const vitest = join(root, 'node_modules/.bin/vitest')
run(vitest, ['run', '--project', 'cloud', ...tests], root, { FIELDNOTES_RUNTIME: 'native' })
