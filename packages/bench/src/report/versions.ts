/** Versions of the measured libraries, read from the installed packages. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { peers } from '../peers/peer-list.ts'

const require = createRequire(import.meta.url)

/** Searches upwards from the resolved file, because not every package exports its manifest. */
function versionOf(name: string): string {
  const roots = require.resolve.paths(name) ?? []
  for (const root of roots) {
    const version = readVersion(join(root, name, 'package.json'))
    if (version) return version
  }
  throw new Error(`${name} is not installed`)
}

function readVersion(file: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
  } catch {
    return undefined
  }
}

/** `name version` of each library in the tables, sorted by name. */
export function versions(): readonly string[] {
  return [...new Set(Object.values(peers).flatMap(({ packages }) => packages as readonly string[]))]
    .sort()
    .map((name) => `${name} ${versionOf(name)}`)
}
