import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { platform, root } from './paths.ts'

/** A replacement in one file. */
export interface Change {
  readonly file: string
  readonly from: string | RegExp
  readonly to: string
}

/** Folders of which a copy has links to the original. */
const linked = ['packages', 'node_modules', 'infra/node_modules'] as const

/** A copy of the infrastructure on disk. */
export interface Copy {
  readonly root: string
  remove(): void
}

/**
 * Copies the infrastructure and applies changes; unchanged folders are links to the original.
 * @throws Error when a change does not match its file: the copy would prove nothing
 */
export function changedCopy(changes: readonly Change[]): Copy {
  mkdirSync(join(root, '.local'), { recursive: true })
  const folder = mkdtempSync(join(root, '.local/changed-'))
  cpSync(join(root, 'infra'), join(folder, 'infra'), { recursive: true, verbatimSymlinks: false, filter: notModules })
  for (const file of ['sst.config.ts', 'sst-env.d.ts', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, file), join(folder, file))
  }
  for (const shared of linked) {
    symlinkSync(join(root, shared), join(folder, shared))
  }
  copyPlatform(join(folder, '.sst'))
  for (const change of changes) apply(folder, change)
  return { root: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function notModules(path: string): boolean {
  return !path.endsWith('node_modules')
}

/** Copies SST's platform, which locates its own files by their real path; its modules and binaries are links. */
export function copyPlatform(folder: string): void {
  const target = join(folder, 'platform')
  cpSync(platform, target, {
    recursive: true,
    filter: (path) => !/platform\/(node_modules|dist|evaluations)/.test(path),
  })
  for (const shared of ['node_modules', 'dist']) symlinkSync(join(platform, shared), join(target, shared))
  cpSync(join(platform, '../provider-lock.json'), join(folder, 'provider-lock.json'))
}

/**
 * The text of the changed file.
 * @throws Error when the change does not match the file: it would prove nothing
 */
export function changed(folder: string, { file, from, to }: Change): string {
  const before = readFileSync(join(folder, file), 'utf8')
  const after = before.replace(from, to)
  if (after === before) throw new Error(`${file} holds no ${from}`)
  return after
}

function apply(folder: string, change: Change): void {
  // It would be written through the link, into the original.
  if (linked.some((shared) => change.file.startsWith(`${shared}/`))) throw new Error(`${change.file} is not copied`)
  writeFileSync(join(folder, change.file), changed(folder, change))
}
