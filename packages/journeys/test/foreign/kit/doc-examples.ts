/** The examples in the declarations of an installed package, as a stranger's editor shows them. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One export of an installed package. */
export interface DocumentedExport {
  /** The import path and the name, such as `@fieldnotes/policy/rules has`. */
  readonly name: string
  /** The programs after `@example` in its comment. */
  readonly examples: readonly string[]
}

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>
}

/** Returns the functions, constants and classes of a package, and the types of its modules that have only types. */
export function documentedExports(folder: string): readonly DocumentedExport[] {
  const { name, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const everywhere = globSync('dist/**/*.d.ts', { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8'))
  return Object.entries(exports).flatMap(([path, target]) => {
    if (typeof target === 'string') return []
    const module = readFileSync(join(folder, target.types), 'utf8')
    return exportsOf(module, everywhere).map((found) => ({ ...found, name: `${name}${path.slice(1)} ${found.name}` }))
  })
}

const comment = String.raw`\/\*\*(?:(?!\*\/)[\s\S])*\*\/`

/** Declarations of some kinds in a module, each with the examples of the comment before it. */
function declarationsOf(module: string, kinds: string): readonly DocumentedExport[] {
  const pattern = new RegExp(String.raw`(${comment})?\s*^export (?:declare )?(?:${kinds}) (\w+)`, 'gm')
  return [...module.matchAll(pattern)].map(([, text = '', name = '']) => ({ name, examples: examplesIn(text) }))
}

const values = 'function|const|class'

function exportsOf(module: string, everywhere: readonly string[]): readonly DocumentedExport[] {
  const own = declarationsOf(module, values)
  const names = [...module.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list = '']) => list.split(/\s*,\s*/))
  const listed = names
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))
    .map((name) => ({ name, examples: examplesOf(name, everywhere) }))
  if (own.length + listed.length > 0) return [...own, ...listed]
  const types = declarationsOf(module, 'interface|type')
  return [{ name: types.map(({ name }) => name).join('|'), examples: types.flatMap(({ examples }) => examples) }]
}

/** The examples of a name that another module of the package declares. */
function examplesOf(name: string, modules: readonly string[]): readonly string[] {
  const declared = modules.flatMap((module) => declarationsOf(module, values))
  return declared.filter((found) => found.name === name).flatMap(({ examples }) => examples)
}

/** The programs of a comment, without the stars at the beginning of its lines. */
function examplesIn(text: string): readonly string[] {
  const plain = text.replace(/^\s*\* ?/gm, '')
  return [...plain.matchAll(/^@example\n```ts\n([\s\S]*?)^```/gm)].map(([, program = '']) => program)
}
