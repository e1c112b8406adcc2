/** Which packages, folders and libraries a source file may import. An import that is not allowed here fails. */
import { describe, expect, it } from 'vitest'
import { type Arrows, folderArrows, orderOf, rowOf } from './folder-arrows.ts'
import { filesAt, type Import, importsOf, targetOf, textOf } from './imports.ts'

/**
 * Package → packages that its source may import. Deployed packages never import `local`, `cloud`, `bench` or
 * `journeys`.
 */
const arrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  identity: ['core'],
  policy: ['core'],
  table: ['core'],
  api: ['core', 'identity', 'policy', 'table'],
  local: ['core', 'identity', 'policy', 'table', 'api'],
  cloud: ['core', 'identity', 'policy', 'table', 'api', 'local', 'journeys'],
  bench: ['core', 'identity', 'policy', 'table', 'api', 'local', 'cloud'],
  journeys: ['core', 'identity', 'policy', 'table', 'api', 'local'],
}

/** Packages that test or measure others; they may use any library. */
const tools = ['cloud', 'bench', 'journeys']

/** Library → the only files that may import more than its types. */
const homes: readonly (readonly [library: RegExp, files: RegExp])[] = [
  [/^graphql-(shield|middleware)$/, /^$/],
  [/^aws-jwt-verify$/, /^identity\/src\/keys\/signature\.ts$/],
  [/^firebase-admin$/, /^identity\/src\/account\/firebase-accounts\.ts$/],
  [/^@aws-sdk\//, /^table\/src\/connection\.ts$/],
  [/^@as-integrations\//, /^api\/src\/http\/gateway-event\.ts$/],
  [/^sst$/, /^api\/src\/config\/read-config\.ts$/],
  [/^jose$/, /^local\/src\/issuers\//],
]

function packageOf(to: string): string {
  return to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/')
}

function isOurs(to: string): boolean {
  return to.startsWith('@fieldnotes/')
}

function leavesPackage(found: Import): boolean {
  return found.to.startsWith('.') && !targetOf(found).startsWith(`${found.from}/`)
}

/** Paths relative to `src/` of both ends of an import inside one package. */
function endsOf(found: Import): readonly [file: string, target: string] | undefined {
  const src = `${found.from}/src/`
  if (!found.to.startsWith('.') || !targetOf(found).startsWith(src)) return undefined
  return [found.file.slice(src.length), targetOf(found).slice(src.length)]
}

/** Types count too: a folder that needs another one's types can not be understood without it. */
function runsUpward(found: Import): boolean {
  const arrows = folderArrows[found.from]
  const ends = endsOf(found)
  if (!arrows || !ends) return false
  const [row, below] = [rowOf(arrows, ends[0]), rowOf(arrows, ends[1])]
  return row !== below && !arrows[row]?.includes(below)
}

function isOutside({ file, from, to, onlyTypes }: Import): boolean {
  return (
    !onlyTypes &&
    !tools.includes(from) &&
    homes.some(([library, files]) => library.test(packageOf(to)) && !files.test(file))
  )
}

function installed(from: string): object {
  const manifest = JSON.parse(textOf(`packages/${from}/package.json`))
  return { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies }
}

function isMissing({ from, to, onlyTypes }: Import): boolean {
  return (
    !onlyTypes && !/^(\.|node:)/.test(to) && !tools.includes(from) && !Object.hasOwn(installed(from), packageOf(to))
  )
}

const faults: Readonly<Record<string, (found: Import) => boolean>> = {
  'an import of a package that is not allowed': ({ from, to }) =>
    isOurs(to) && !arrows[from]?.includes(to.split('/')[1] ?? ''),
  'an import past the exports of a package': leavesPackage,
  'an import of a folder that is not below': runsUpward,
  'a library outside of its files': isOutside,
  'a library that is not a dependency': isMissing,
}

const imports = filesAt('packages/*/src/**/*.ts').flatMap((path) =>
  importsOf(path.replace('packages/', ''), textOf(path)),
)

/** Deployed files that read the environment. */
const readers = filesAt('packages/!(local|cloud|bench|journeys)/src/**/*.ts').filter((path) =>
  /process\s*\.\s*env|from 'node:process'/.test(textOf(path)),
)

/** Paths of a package's sources, relative to `src/`. */
function sourcesOf(name: string): readonly string[] {
  const src = `packages/${name}/src/`
  return filesAt(`${src}**/*.ts`).map((path) => path.slice(src.length))
}

/** Rows without a file, and folders without a row. */
function rowFaults(arrows: Arrows, paths: readonly string[]): readonly string[] {
  const used = new Set(paths.map((path) => rowOf(arrows, path)))
  const ghosts = Object.keys(arrows).filter((row) => !used.has(row))
  const unknown = [...used].filter((row) => !Object.hasOwn(arrows, row))
  return [...ghosts.map((row) => `no file: ${row}`), ...unknown.map((row) => `no row: ${row}`)]
}

describe('architecture', () => {
  it('knows every package', () => {
    expect(imports.filter(({ from }) => !Object.hasOwn(arrows, from))).toEqual([])
    expect(imports.length).toBeGreaterThan(200)
  })

  it('reads the environment of what is deployed in one file', () => {
    expect(readers).toEqual(['packages/api/src/config/read-config.ts'])
  })

  it.each(Object.entries(folderArrows))('knows the folders of %s, and they have no circle', (name, arrows) => {
    expect(rowFaults(arrows, sourcesOf(name))).toEqual([])
    expect(orderOf(arrows).at(-1)).toBe('.')
  })

  it.each(Object.entries(faults))('has not %s', (_fault, isFault) => {
    expect(imports.filter(isFault).map(({ file, to }) => `${file} → ${to}`)).toEqual([])
  })

  it.each([
    [
      'policy/src/x.ts',
      "import { x } from '@fieldnotes/identity/issuer'",
      'an import of a package that is not allowed',
    ],
    ['api/src/x.ts', "import type { X } from '@fieldnotes/local/x'", 'an import of a package that is not allowed'],
    ['table/src/x.ts', "import { x } from '@fieldnotes/identity/x'", 'an import of a package that is not allowed'],
    ['identity/src/x.ts', "import { x } from '@fieldnotes/table/x'", 'an import of a package that is not allowed'],
    ['api/src/x.ts', "import {\n  x,\n} from '../../core/src/error.ts'", 'an import past the exports of a package'],
    ['api/src/x.ts', "export { x } from '../../core/src/error.ts'", 'an import past the exports of a package'],
    ['api/src/x.ts', "import 'graphql-shield'", 'a library outside of its files'],
    ['table/src/table.ts', "import { x } from '@aws-sdk/lib-dynamodb'", 'a library outside of its files'],
    ['identity/src/x.ts', "const x = await import('firebase-admin/app')", 'a library outside of its files'],
    ['core/src/x.ts', "import { x } from 'graphql'", 'a library that is not a dependency'],
    ['policy/src/rule/x.ts', "import { x } from '../decide/x.ts'", 'an import of a folder that is not below'],
    ['policy/src/decide/x.ts', "import type { X } from '../policy.ts'", 'an import of a folder that is not below'],
    ['policy/src/limits/x.ts', "const x = await import('../execute/x.ts')", 'an import of a folder that is not below'],
    ['api/src/people/x.ts', "import { x } from '../notes/x.ts'", 'an import of a folder that is not below'],
    ['api/src/store/x.ts', "export { x } from '../people/x.ts'", 'an import of a folder that is not below'],
    ['api/src/notes/x.ts', "import { x } from './sync/x.ts'", 'an import of a folder that is not below'],
    ['api/src/notes/sync/x.ts', "import { x } from '../notes.ts'", 'an import of a folder that is not below'],
    ['api/src/resolvers/x.ts', "import { x } from '../store/x.ts'", 'an import of a folder that is not below'],
    ['api/src/graphql/x.ts', "import { x } from '../http/x.ts'", 'an import of a folder that is not below'],
    ['api/src/notes/x.ts', "import { x } from '../rules.ts'", 'an import of a folder that is not below'],
    ['api/src/new/x.ts', "import { x } from '../errors/x.ts'", 'an import of a folder that is not below'],
    ['identity/src/token/x.ts', "import { x } from '../keys/x.ts'", 'an import of a folder that is not below'],
    ['identity/src/issuers/x.ts', "import { x } from '../settings.ts'", 'an import of a folder that is not below'],
    ['identity/src/startup/x.ts', "import { x } from '../account/x.ts'", 'an import of a folder that is not below'],
    ['bench/src/world/x.ts', "import { x } from '../peers/x.ts'", 'an import of a folder that is not below'],
    ['bench/src/warm/x.ts', "import { x } from '../cold/x.ts'", 'an import of a folder that is not below'],
    ['bench/src/cold/x.ts', "import { x } from '../report/x.ts'", 'an import of a folder that is not below'],
  ])('would see in %s: %s', (file, text, fault) => {
    expect(importsOf(file, text).filter(faults[fault] ?? (() => false))).toHaveLength(1)
  })

  it.each([
    ['a row of a folder that does not exist', { ...folderArrows.policy, ghost: [] }, [], 'no file: ghost'],
    ['a row of a file that does not exist', { ...folderArrows.policy, 'ghost.ts': [] }, [], 'no file: ghost.ts'],
    ['a folder without a row', { ...folderArrows.policy }, ['new/x.ts'], 'no row: new'],
  ] as const)('would see %s', (_name, arrows, added, fault) => {
    expect(rowFaults(arrows, [...sourcesOf('policy'), ...added])).toEqual([fault])
  })
})

describe('an allowed import', () => {
  it.each([
    ['policy/src/decide/x.ts', "import { x } from '../rule/x.ts'"],
    ['policy/src/decide/x.ts', "import { x } from './y.ts'"],
    ['api/src/notes/x.ts', "import { x } from '../people/x.ts'"],
    ['api/src/notes/sync/x.ts', "import { x } from '../x.ts'"],
    ['api/src/notes/notes.ts', "import { x } from './sync/x.ts'"],
    ['identity/src/identity.ts', "import { x } from './startup/x.ts'"],
    ['bench/src/report/x.ts', "import { x } from '../cold/x.ts'"],
  ])('passes in %s: %s', (file, text) => {
    const [found] = importsOf(file, text)
    expect(found && Object.keys(faults).filter((fault) => faults[fault]?.(found))).toEqual([])
  })

  it('can not be part of a circle of folders', () => {
    expect(() => orderOf({ a: ['b'], b: ['c'], c: ['a'] })).toThrow('a → b → c → a')
  })
})
