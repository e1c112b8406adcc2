/** The arrows of the architecture, read from the imports: what is not written here does not happen. */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = new URL('../../../', import.meta.url)

/** Package → packages of ours that its source may import. Nothing imports `local`, `cloud`, `bench` or `journeys` that is deployed. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  identity: ['core'],
  policy: ['core'],
  api: ['core', 'identity', 'policy'],
  local: ['core', 'identity', 'policy', 'api'],
  cloud: ['core', 'identity', 'policy', 'api', 'local', 'journeys'],
  bench: ['core', 'identity', 'policy', 'api', 'local', 'cloud'],
  journeys: ['core', 'identity', 'policy', 'api', 'local'],
}

/** Packages that measure and test others, with libraries of their own. */
const tools = ['cloud', 'bench', 'journeys']

/** Library → the only files that run it. */
const homes: readonly (readonly [library: RegExp, files: RegExp])[] = [
  [/^graphql-(shield|middleware)$/, /^policy\/src\/shield\.ts$/],
  [/^aws-jwt-verify$/, /^identity\/src\/keys\/signature\.ts$/],
  [/^firebase-admin$/, /^identity\/src\/account\/firebase-accounts\.ts$/],
  [/^@aws-sdk\//, /^api\/src\/store\/connection\.ts$/],
  [/^@as-integrations\//, /^api\/src\/http\/gateway-event\.ts$/],
  [/^sst$/, /^api\/src\/config\/read-config\.ts$/],
  [/^jose$/, /^local\/src\/issuers\//],
]

interface Import {
  readonly file: string
  readonly from: string
  readonly to: string
  readonly onlyTypes: boolean
}

const statement =
  /^\s*(?:import|export)\s(?:(type\s)?[^'"`;]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm

function importsOf(file: string, text: string): Import[] {
  return [...text.matchAll(statement)].map(([, type, fixed, lazy]) => {
    const to = fixed ?? lazy ?? ''
    return { file, from: file.split('/')[0] ?? '', to, onlyTypes: type !== undefined }
  })
}

function packageOf(to: string): string {
  return to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/')
}

function isOurs(to: string): boolean {
  return to.startsWith('@fieldnotes/')
}

function leaves({ file, from, to }: Import): boolean {
  return to.startsWith('.') && !new URL(to, `file:///${file}`).pathname.startsWith(`/${from}/`)
}

function isHomeless({ file, from, to, onlyTypes }: Import): boolean {
  return (
    !onlyTypes &&
    !tools.includes(from) &&
    homes.some(([library, files]) => library.test(packageOf(to)) && !files.test(file))
  )
}

function installed(from: string): object {
  const manifest = JSON.parse(readFileSync(new URL(`packages/${from}/package.json`, root), 'utf8'))
  return { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies }
}

function isUninstalled({ from, to, onlyTypes }: Import): boolean {
  return (
    !onlyTypes && !/^(\.|node:)/.test(to) && !tools.includes(from) && !Object.hasOwn(installed(from), packageOf(to))
  )
}

const faults: Readonly<Record<string, (found: Import) => boolean>> = {
  'an arrow that is not written': ({ from, to }) => isOurs(to) && !arrows[from]?.includes(to.split('/')[1] ?? ''),
  'a way into a package past its public files': leaves,
  'a library outside its home': isHomeless,
  'a library that is not installed with the package': isUninstalled,
}

const imports = globSync('packages/*/src/**/*.ts', { cwd: fileURLToPath(root) }).flatMap((path) =>
  importsOf(path.replace('packages/', ''), readFileSync(new URL(path, root), 'utf8')),
)

/** Source that is deployed, and the one file of it that reads the environment. */
const readers = globSync('packages/{core,identity,policy,api}/src/**/*.ts', { cwd: fileURLToPath(root) }).filter(
  (path) => /process\s*\.\s*env|from 'node:process'/.test(readFileSync(new URL(path, root), 'utf8')),
)

describe('architecture', () => {
  it('knows every package', () => {
    expect(imports.filter(({ from }) => !Object.hasOwn(arrows, from))).toEqual([])
    expect(imports.length).toBeGreaterThan(200)
  })

  it('reads the environment of what is deployed in one file', () => {
    expect(readers).toEqual(['packages/api/src/config/read-config.ts'])
  })

  it.each(Object.entries(faults))('has not %s', (_, isFault) => {
    expect(imports.filter(isFault).map(({ file, to }) => `${file} → ${to}`)).toEqual([])
  })

  it.each([
    ['policy/src/x.ts', "import { x } from '@fieldnotes/identity/issuer'", 'an arrow that is not written'],
    ['api/src/x.ts', "import type { X } from '@fieldnotes/local/x'", 'an arrow that is not written'],
    ['api/src/x.ts', "import {\n  x,\n} from '../../core/src/error.ts'", 'a way into a package past its public files'],
    ['api/src/x.ts', "export { x } from '../../core/src/error.ts'", 'a way into a package past its public files'],
    ['api/src/x.ts', "import 'graphql-shield'", 'a library outside its home'],
    ['api/src/notes.ts', "import { x } from '@aws-sdk/lib-dynamodb'", 'a library outside its home'],
    ['identity/src/x.ts', "const x = await import('firebase-admin/app')", 'a library outside its home'],
    ['core/src/x.ts', "import { x } from 'graphql'", 'a library that is not installed with the package'],
  ])('would see in %s: %s', (file, text, fault) => {
    expect(importsOf(file, text).filter(faults[fault] ?? (() => false))).toHaveLength(1)
  })
})
