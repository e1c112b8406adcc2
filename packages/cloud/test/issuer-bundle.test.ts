/** The code of the deployed issuer: what it has, what a start loads, and how large it is. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundle } from '../src/bundle.ts'
import { issuer } from '../src/deployed.ts'
import { root } from '../src/paths.ts'

const { folder, metafile } = await bundle(root, join(root, '.local/bundle-issuer'), issuer)
const files = readdirSync(folder).filter((file) => file.endsWith('.mjs'))
const code = Buffer.concat(files.map((file) => readFileSync(join(folder, file))))
const outputs = Object.entries(metafile.outputs).filter(([name]) => name.endsWith('.mjs'))
const inputs = outputs.flatMap(([, output]) => Object.keys(output.inputs))
const sources = inputs.filter((file) => !file.includes('node_modules'))

/** The file and everything that is loaded before its first line runs. */
function loadedWith(name: string, seen = new Set<string>()): ReadonlySet<string> {
  const output = metafile.outputs[name]
  if (!output || seen.has(name)) return seen
  seen.add(name)
  for (const { path, kind } of output.imports) if (kind === 'import-statement') loadedWith(path, seen)
  return seen
}

const start = [...loadedWith(outputs.map(([name]) => name).find((name) => name.endsWith('/bundle.mjs')) ?? '')]

function bytesOf(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (metafile.outputs[name]?.bytes ?? 0), 0)
}

describe('the bundle of the issuer', () => {
  it('holds no code of the endpoint: no note, no rule, no GraphQL', () => {
    const packages = new Set(sources.map((file) => file.split('/')[1]))
    expect([...packages].sort()).toEqual(['core', 'identity', 'issuer', 'stage', 'table'])
    expect(inputs.join('\n')).not.toMatch(/node_modules\/(graphql|@apollo)\//)
  })

  it('holds nothing of the laptop: no key in memory, no local client or person', () => {
    expect(sources.filter((file) => file.endsWith('/held-key.ts'))).toEqual([])
    for (const word of ['privateJwk', 'localclient0001', 'Local0001', 'fieldnotes-alice'])
      expect(code.includes(word)).toBe(false)
  })

  it('has no list of all media types, which would be 280 kB: the few that it needs are beside it', () => {
    expect(inputs.filter((file) => file.includes('/mime-db/'))).toEqual([])
    const types = JSON.parse(readFileSync(join(folder, 'node_modules/mime-db/index.json'), 'utf8'))
    expect(Object.keys(types)).toEqual(expect.arrayContaining(['application/json', 'text/html']))
    expect(Object.keys(types).length).toBeLessThan(12)
  })

  it('loads oidc-provider and the AWS SDK with the first request that needs them', () => {
    const loaded = start.flatMap((name) => Object.keys(metafile.outputs[name]?.inputs ?? {}))
    expect(loaded.filter((file) => /\/(oidc-provider|koa|@aws-sdk|@smithy|firebase-admin)\//.test(file))).toEqual([])
    expect(inputs.some((file) => file.includes('/oidc-provider/'))).toBe(true)
  })

  it('keeps its size: 105 kB at its start, 520 kB with oidc-provider, 1.9 MB of code', () => {
    expect(bytesOf(start)).toBeLessThan(105_000)
    const provider = outputs.filter(([, output]) =>
      Object.keys(output.inputs).some((file) => file.includes('/oidc-provider/')),
    )
    expect(provider).toHaveLength(1)
    expect(bytesOf([...loadedWith(provider[0]?.[0] ?? '')])).toBeLessThan(520_000)
    expect(code.length).toBeLessThan(1_900_000)
  })
})
