import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bundle } from '../src/bundle.ts'
import { deployed } from '../src/deployed.ts'
import { root } from '../src/paths.ts'

const { folder, metafile } = await bundle(root, join(root, '.local/bundle'), deployed)
const code = readFileSync(join(folder, 'bundle.mjs'))
const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs))
const ours = inputs.filter((file) => !file.includes('node_modules'))

/** `name@version` of every library in the bundle. */
const libraries = new Set(
  inputs.flatMap((file) => /\.pnpm\/(@?[^@/]+@[^_(/]+)/.exec(file)?.[1]?.replace('+', '/') ?? []),
)
const nameOf = (library: string): string => library.slice(0, library.lastIndexOf('@'))
const filesOf = (library: string): readonly string[] =>
  inputs.filter((file) => file.includes(`/node_modules/${library}/`))

describe('bundle', () => {
  it('holds source of the deployed packages alone', () => {
    const packages = new Set(ours.map((file) => file.split('/').slice(0, 3).join('/')))
    expect([...packages].sort()).toEqual(['api', 'core', 'identity', 'policy'].map((name) => `packages/${name}/src`))
  })

  it('holds nothing of development: no local issuer, no emulator, no page, no test', () => {
    expect(
      [...libraries]
        .map(nameOf)
        .filter((name) => /dynoxide|graphiql|emulator|cognito-local|firebase-tools|vitest/.test(name)),
    ).toEqual([])
    expect(code.includes('privateJwk')).toBe(false)
    expect(code.includes('process.env.NODE_ENV')).toBe(false)
  })

  it('holds these libraries and no other', async () => {
    const names = [...new Set([...libraries].map(nameOf))].sort()
    await expect(`${names.join('\n')}\n`).toMatchFileSnapshot('bundled-libraries.txt')
  })

  it.each(['graphql', '@apollo/server', 'graphql-shield', 'aws-jwt-verify', '@aws-sdk/client-dynamodb'])(
    'holds one copy of %s',
    (name) => {
      expect([...libraries].filter((library) => nameOf(library) === name)).toHaveLength(1)
      // A library that ships as a module and as CommonJS can be there twice in one version: two schemas, two caches.
      const shipped = new Set(filesOf(name).map((file) => (/\/cjs\/|dist-cjs/.test(file) ? 'CommonJS' : 'module')))
      expect(shipped.size).toBe(1)
    },
  )

  it('holds graphql’s CommonJS build alone, the one that Node loads', () => {
    expect(filesOf('graphql').filter((file) => !file.endsWith('.js'))).toEqual([])
    expect(filesOf('graphql').length).toBeGreaterThan(50)
  })

  it('keeps its size: 2.7 MB of code, 750 kB to transfer', () => {
    expect(code.length).toBeLessThan(2_700_000)
    expect(gzipSync(code).length).toBeLessThan(750_000)
  })
})

describe('bundle of the pre-token trigger', () => {
  it('holds one file of ours and no library', async () => {
    const request = { ...deployed, functionID: 'PreToken', handler: 'packages/api/src/pre-token.handler' }
    const built = await bundle(root, join(root, '.local/bundle-pre-token'), request)
    expect(Object.keys(built.metafile.inputs)).toEqual(['packages/api/src/pre-token.ts'])
  })
})
