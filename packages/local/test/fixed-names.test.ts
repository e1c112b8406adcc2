/** Modules on which other programs rely: their file names and exported names do not change; their folders may. */
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesAt } from './imports.ts'

const root = join(import.meta.dirname, '../../..')

const fixed: readonly (readonly [folder: string, file: string, names: readonly string[]])[] = [
  ['packages/api/src', 'server.ts', ['createHandler']],
  ['packages/api/src', 'explain.ts', ['explanation']],
  ['packages/api/src', 'parse-config.ts', ['parseConfig']],
  ['packages/api/src/generated', 'operations.ts', ['operations']],
  ['packages/local/src', 'cloud.ts', ['startCloud']],
  ['packages/identity/src', 'identity.ts', ['createIdentity']],
  ['packages/policy/src', 'policy.ts', ['createPolicy']],
  [
    'packages/policy/src',
    'rules.ts',
    ['allow', 'and', 'caller', 'deny', 'has', 'inGroup', 'not', 'notFound', 'object', 'or', 'signedIn'],
  ],
]

describe('a module with a fixed name', () => {
  it.each(fixed)('%s has %s, which exports %j', async (folder, file, names) => {
    const [path, ...others] = filesAt(`${folder}/**/*.ts`).filter((each) => basename(each) === file)
    expect(others).toEqual([])
    expect(Object.keys(await import(join(root, String(path))))).toEqual(expect.arrayContaining([...names]))
  })

  it.each(['packages/cloud/test/world.ts', 'packages/api/src/schema.graphql', 'packages/api/ACCESS-PATTERNS.md'])(
    'is at %s',
    (path) => {
      expect(filesAt(path)).toEqual([path])
    },
  )
})
