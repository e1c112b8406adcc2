/** Node.js of other versions, from the packages `node` of the npm registry. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './root.ts'
import { run } from './run.ts'
import { specifierOf } from './versions.ts'

/** Node versions of the matrix. Their patch releases are in the catalog `foreign`. */
export type NodeMajor = '20' | '22' | '24'

const binary = 'node_modules/node/bin/node'

/**
 * Returns the path of a Node binary. It is installed at the first use and kept in `.local`, for later test runs too.
 */
export async function nodeBinary(major: NodeMajor): Promise<string> {
  const specifier = specifierOf(`node${major}`)
  const folder = join(root, '.local/foreign', specifier)
  if (!existsSync(folder)) await install(specifier, folder)
  return join(folder, binary)
}

/** Installs beside the final folder and then renames, because two test files may install at once. */
async function install(specifier: string, folder: string): Promise<void> {
  await mkdir(join(folder, '..'), { recursive: true })
  const unfinished = await mkdtemp(`${folder}-`)
  await writeFile(join(unfinished, 'package.json'), '{ "private": true }')
  await run(unfinished, 'npm', 'install', '--no-audit', '--no-fund', specifier)
  const version = await run(unfinished, join(unfinished, binary), '--print', 'process.versions.node')
  if (specifier !== `node@${version.trim()}`) throw new Error(`${specifier} installed Node ${version}`)
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true }))
}
