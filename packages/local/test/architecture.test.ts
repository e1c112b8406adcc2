/** Which packages, folders and libraries a source file may import. An import that is not allowed here fails. */
import { describe, expect, it } from 'vitest'
import { folderArrows, orderOf } from './folder-arrows.ts'
import { arrows, faults, readsEnvironment, rowFaults } from './import-faults.ts'
import { filesAt, importsOf, textOf } from './imports.ts'

const imports = filesAt('packages/*/src/**/*.ts').flatMap((path) =>
  importsOf(path.replace('packages/', ''), textOf(path)),
)

/** Deployed files that read the environment. */
const readers = filesAt('packages/!(local|cloud|bench|journeys)/src/**/*.ts').filter((path) =>
  readsEnvironment(textOf(path)),
)

/** Paths of a package's sources, relative to `src/`. */
function sourcesOf(name: string): readonly string[] {
  const src = `packages/${name}/src/`
  return filesAt(`${src}**/*.ts`).map((path) => path.slice(src.length))
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

  it('is what the README says of packages', () => {
    const rows = [...textOf('README.md').matchAll(/^\| \[`(\w+)`\]\(packages\/\w+\) +\| .*? +\| ([^|]*?) +\|$/gm)]
    const names = rows.map(([, name = '']) => name)
    expect(names.length).toBeGreaterThan(10)
    for (const [index, [, name = '', words = '']] of rows.entries()) {
      const listed = [...words.matchAll(/`(\w+)`/g)].map(([, each = '']) => each)
      const above = names.slice(0, index).filter((each) => !listed.includes(each))
      const [held = [], said] = [arrows[name], words.startsWith('all above') ? above : listed]
      // A package that an application adds has no row in the README.
      if (said === above) expect(said).toEqual(expect.arrayContaining(held.filter((each) => names.includes(each))))
      else expect(held).toEqual(expect.arrayContaining([...said]))
    }
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
