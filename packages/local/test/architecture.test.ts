/** Which packages, folders and libraries a source file may import. An import that is not allowed here fails. */
import { describe, expect, it } from 'vitest'
import { type Arrows, folderArrows, orderOf, rowOf } from './folder-arrows.ts'
import { filesAt, type Import, importsOf, targetOf, textOf, tokensOf, unreadable } from './imports.ts'

/**
 * Package → packages that its source may import. Deployed packages never import `local`, `cloud`, `bench` or
 * `journeys`.
 */
const arrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  identity: ['core'],
  policy: ['core'],
  table: ['core'],
  stage: ['core', 'identity'],
  authorizer: ['core', 'identity', 'stage', 'table'],
  api: ['core', 'identity', 'policy', 'stage', 'table'],
  session: ['core', 'identity', 'stage', 'table', 'api'],
  local: ['core', 'identity', 'policy', 'table', 'api', 'authorizer', 'session'],
  cloud: ['core', 'identity', 'policy', 'table', 'api', 'authorizer', 'session', 'local', 'journeys'],
  bench: ['core', 'identity', 'policy', 'table', 'api', 'authorizer', 'session', 'local', 'cloud'],
  journeys: ['core', 'identity', 'policy', 'table', 'api', 'authorizer', 'session', 'local'],
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
  [/^sst$/, /^stage\/src\/links\.ts$/],
  [/^jose$/, /^local\/src\/(issuers|pool\/api)\//],
  [/^aws4$/, /^local\/src\/gateway\/request-signature\.ts$/],
  [/^oidc-provider$/, /^local\/src\/(pool\/(provider|stored-models)|google\/google)\.ts$/],
  [
    /^openid-client$/,
    /^(local\/src\/(pool\/google-sign-in|stage\/token-requests)|session\/src\/provider\/oauth-provider)\.ts$/,
  ],
  [/^otpauth$/, /^local\/src\/pool\/people\/one-time-password\.ts$/],
  [/^uqr$/, /^local\/src\/pool\/hosted\/second-factor-setup-pages\.ts$/],
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
    !onlyTypes &&
    to !== unreadable &&
    !/^(\.|node:)/.test(to) &&
    !tools.includes(from) &&
    !Object.hasOwn(installed(from), packageOf(to))
  )
}

/** The engine of Pulumi loads the program of a stage by its path. */
const loaders = ['cloud/src/engine/pulumi-engine.ts']

function isUnreadable({ file, to }: Import): boolean {
  return to === unreadable && !loaders.includes(file)
}

const faults: Readonly<Record<string, (found: Import) => boolean>> = {
  'an import that can not be read': isUnreadable,
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

/**
 * Whether a source can read the environment: it imports `node:process`, or uses `process` for more than output and
 * warnings.
 */
function readsEnvironment(text: string): boolean {
  const tokens = tokensOf(text)
  const isProcess = importsOf('', text).some(({ to }) => /^(node:)?process$/.test(to))
  return (
    isProcess ||
    tokens.some(({ type, value }, at) => {
      if (type !== 'IdentifierName' || value !== 'process') return false
      const [access, member] = [tokens[at + 1]?.value ?? '', tokens[at + 2]?.value ?? '']
      return !['.', '?.'].includes(access) || !['stdout', 'emitWarning'].includes(member)
    })
  )
}

/** Deployed files that read the environment. */
const readers = filesAt('packages/!(local|cloud|bench|journeys)/src/**/*.ts').filter((path) =>
  readsEnvironment(textOf(path)),
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
    expect(readers).toEqual(['packages/stage/src/links.ts'])
  })

  it.each([
    ['process.env.A'],
    ['process /* x */\n .env'],
    ["process['env']"],
    ['const { env } = process'],
    ['globalThis.process.env'],
    ["import { env } from 'process'"],
    ['const { env } = await import(`node:process`)'],
  ])('would see that a file reads the environment: %s', (text) => {
    expect(readsEnvironment(text)).toBe(true)
  })

  it.each([
    ["process.stdout.write('x')"],
    ["globalThis.process?.emitWarning('x')"],
    ['// process.env'],
    ["const a = 'process.env'"],
  ])('allows anywhere: %s', (text) => {
    expect(readsEnvironment(text)).toBe(false)
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
    ['api/src/notes/sync/x.ts', "import { x } from '../note-operations.ts'", 'an import of a folder that is not below'],
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

describe('an upward import', () => {
  const to = '../execute/plan.ts'

  it.each([
    ['with a template', `const x = await import(\`${to}\`)`],
    ['behind a comment', `import { plan } from /* x */ '${to}'`],
    ['behind the comment of a line', `import { plan } from // x\n '${to}'`],
    ['of a call with a comment', `import(\n // c\n '${to}')`],
    ['of a call with a space', `import ('${to}')`],
    ['of a call with options', `import('${to}', { with: {} })`],
    ['on the line of another statement', `const a = 1; import { plan } from '${to}'`],
    ['behind a comment on its line', `/* x */ import '${to}'`],
    ['in a template', `const a = \`\${await import('${to}')}\``],
    ['of a type', `type A = import('${to}').Plan`],
    ['of all names', `import * as plan from '${to}'`],
    ['of a default named type', `import type from '${to}'`],
    ['of a name called from', `import { from } from '${to}'`],
    ['of a name that is a string', `import { 'a-b' as from } from "${to}"`],
    ['as a re-export of all', `export * from '${to}'`],
    ['as a re-export of a namespace', `export * as plan from '${to}'`],
    ['as a re-export of types', `export type { Plan } from '${to}'`],
    ['with require', `const x = require('${to}')`],
    ['as an import of require', `import x = require('${to}')`],
  ])('is seen %s', (_how, text) => {
    const found = importsOf('policy/src/rule/x.ts', text)
    expect(found.map((each) => each.to)).toEqual([to])
    expect(found.filter(runsUpward)).toHaveLength(1)
  })

  it.each([
    ['a name', 'import(to)'],
    ['a concatenation', `import('../execute' + '/plan.ts')`],
    ['a template with a value', 'import(`../\x24{to}`)'],
    ['an escape', "import { plan } from '../\\x65xecute/plan.ts'"],
  ])('can not hide in %s: that import is a fault', (_what, text) => {
    expect(importsOf('policy/src/rule/x.ts', text).filter(isUnreadable)).toHaveLength(1)
  })

  it.each([
    ['a comment', `// import '${to}'\n/* import('${to}') */`],
    ['a string', `const a = "import '${to}'"`],
    ['a template', `const a = \`import x from '${to}'\``],
    ['a member named import', `const a = { import: '${to}' }; a.import('${to}')`],
    ['the meta property', `new URL('${to}', import.meta.url)`],
    ['an export of an own name', `export { from }\nconst a = '${to}'`],
    ['an exported value', `export const from = '${to}'`],
    ['an exported call', `export const a = from('${to}')`],
  ])('is not found in %s', (_what, text) => {
    expect(importsOf('policy/src/rule/x.ts', text)).toEqual([])
  })

  it.each([
    ["import type { A } from 'a'", true],
    ["import type A from 'a'", true],
    ["export type { A } from 'a'", true],
    ["import { type A } from 'a'", false],
    ["import type from 'a'", false],
    ["import type, { A } from 'a'", false],
  ])('says whether it is of types only: %s', (text, onlyTypes) => {
    expect(importsOf('policy/src/rule/x.ts', text).map((found) => found.onlyTypes)).toEqual([onlyTypes])
  })
})

describe('an allowed import', () => {
  it.each([
    ['policy/src/decide/x.ts', "import { x } from '../rule/x.ts'"],
    ['policy/src/decide/x.ts', "import { x } from './y.ts'"],
    ['api/src/notes/x.ts', "import { x } from '../people/x.ts'"],
    ['api/src/notes/sync/x.ts', "import { x } from '../x.ts'"],
    ['api/src/notes/note-operations.ts', "import { x } from './sync/x.ts'"],
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
