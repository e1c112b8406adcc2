import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { copyPlatform } from './copy.ts'
import { root } from './paths.ts'

/** A copy of the whole repository on disk. */
export interface TreeCopy {
  readonly root: string
  remove(): void
}

/** Not copied: what is installed, built or stored in the repository's folder. */
const left = ['.git', '.local', '.sst', 'node_modules', 'infra/node_modules']

/**
 * Copies the repository into a temporary folder. Its libraries are links to the installed ones; the packages import
 * each other's copies. SST's platform must be installed.
 */
export function copyTree(): TreeCopy {
  const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-tree-'))
  const unwanted = left.map((path) => join(root, path))
  cpSync(root, folder, { recursive: true, verbatimSymlinks: true, filter: (path) => !unwanted.includes(path) })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  linkPackages(folder)
  copyPlatform(join(folder, '.sst'))
  return { root: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Links each package to those that it depends on, as an installation of the workspace does. */
export function linkPackages(folder: string): void {
  for (const manifest of ['infra/package.json', ...globSync('packages/*/package.json', { cwd: folder })]) {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(folder, manifest), 'utf8'))
    const names = Object.keys({ ...dependencies, ...devDependencies })
    for (const name of names.filter((each) => each.startsWith('@fieldnotes/'))) {
      const link = join(folder, dirname(manifest), 'node_modules', name)
      if (existsSync(link)) continue
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(join(folder, 'packages', name.replace('@fieldnotes/', '')), link)
    }
  }
}
