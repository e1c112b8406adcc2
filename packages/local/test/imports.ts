/** The imports of the packages' sources. */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
export const root = new URL('../../../', import.meta.url)

/** One import or re-export. */
export interface Import {
  /** Path of the importing file below `packages/`. */
  readonly file: string
  /** Package of the importing file. */
  readonly from: string
  /** Specifier as written. */
  readonly to: string
  readonly onlyTypes: boolean
}

const statement =
  /^\s*(?:import|export)\s(?:(type\s)?[^'"`;]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm

/** All imports of a file with this text, dynamic ones included. */
export function importsOf(file: string, text: string): readonly Import[] {
  return [...text.matchAll(statement)].map(([, type, fixed, lazy]) => {
    const to = fixed ?? lazy ?? ''
    return { file, from: file.split('/')[0] ?? '', to, onlyTypes: type !== undefined }
  })
}

/** Paths that match, relative to the root of the repository. */
export function filesAt(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: fileURLToPath(root) })
}

/** Text of a file of the repository. */
export function textOf(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}

/** Path below `packages/` that a relative import points to. */
export function targetOf({ file, to }: Import): string {
  return new URL(to, `file:///${file}`).pathname.slice(1)
}
