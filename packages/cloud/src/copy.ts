import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { platform, root } from './paths.ts'

export interface Change {
  readonly file: string
  readonly from: string | RegExp
  readonly to: string
}

export interface Copy {
  readonly root: string
  remove(): void
}

/**
 * The infrastructure once more, with one change; everything that it does not change is shared with the original.
 * @throws Error when the change finds nothing to change: it would prove nothing.
 */
export function changedCopy(changes: readonly Change[]): Copy {
  mkdirSync(join(root, '.local'), { recursive: true })
  const folder = mkdtempSync(join(root, '.local/changed-'))
  cpSync(join(root, 'infra'), join(folder, 'infra'), { recursive: true, verbatimSymlinks: false, filter: notModules })
  for (const file of ['sst.config.ts', 'sst-env.d.ts', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, file), join(folder, file))
  }
  for (const shared of ['packages', 'node_modules', 'infra/node_modules']) {
    symlinkSync(join(root, shared), join(folder, shared))
  }
  copyPlatform(join(folder, '.sst'))
  for (const change of changes) apply(folder, change)
  return { root: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function notModules(path: string): boolean {
  return !path.endsWith('node_modules')
}

/** SST tells its own files by their path, so that these can't be links; its modules and binaries can. */
function copyPlatform(folder: string): void {
  const target = join(folder, 'platform')
  cpSync(platform, target, {
    recursive: true,
    filter: (path) => !/platform\/(node_modules|dist|evaluations)/.test(path),
  })
  for (const shared of ['node_modules', 'dist']) symlinkSync(join(platform, shared), join(target, shared))
  cpSync(join(platform, '../provider-lock.json'), join(folder, 'provider-lock.json'))
}

/**
 * The text of the changed file in this folder.
 * @throws Error when the change finds nothing to change: it would prove nothing.
 */
export function changed(folder: string, { file, from, to }: Change): string {
  const before = readFileSync(join(folder, file), 'utf8')
  const after = before.replace(from, to)
  if (after === before) throw new Error(`${file} holds no ${from}`)
  return after
}

function apply(folder: string, change: Change): void {
  writeFileSync(join(folder, change.file), changed(folder, change))
}
