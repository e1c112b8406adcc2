/** Versions of what a foreign project installs. They are listed once, in the catalogs of pnpm-workspace.yaml. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'

const entry = /^ {2,4}"?([^\s"]+)"?: (\S+)$/gm
const workspace = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
const catalogs = workspace.slice(workspace.indexOf('\ncatalog:'), workspace.indexOf('\noverrides:'))
/** A name in two catalogs has its version of the last one. */
const versions = new Map([...catalogs.matchAll(entry)].map(([, name, version]) => [name, version]))

/**
 * Returns what `npm install` takes: `express@5.3.0`, or `node@20.20.2` for `node20`. @throws Error for a name in no
 * catalog
 */
export function specifierOf(name: string): string {
  const version = versions.get(name)
  if (version === undefined) throw new Error(`${name} is in no catalog of pnpm-workspace.yaml`)
  return version.startsWith('npm:') ? version.slice(4) : `${name}@${version}`
}
