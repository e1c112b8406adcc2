/** The issuer as one bundle: it gives tokens without the list of all media types, and documents without the library. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build, type Metafile } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const issuer = fileURLToPath(new URL('../../issuer/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-issuer-'))
let files: Metafile

/** As SST writes it: CommonJS packages call `require`. */
const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

beforeAll(async () => {
  const { metafile } = await build({
    entryPoints: [join(issuer, 'src/create-handler.ts'), join(issuer, 'src/keys/held-key.ts')],
    ...{ bundle: true, minify: true, splitting: true, format: 'esm', platform: 'node', target: 'node24' },
    ...{ outdir: folder, outExtension: { '.js': '.mjs' }, metafile: true, banner: { js: banner } },
    alias: { 'mime-db': join(issuer, 'bundle/mime-db.json') },
  })
  files = metafile
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A program that creates the issuer of the bundle, and requests a document and a token. */
const program = `
import { createHash, generateKeyPairSync } from 'node:crypto'
import { createHandler } from './create-handler.mjs'
import { heldKeys } from './keys/held-key.mjs'
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const issuer = 'http://127.0.0.1:4000/oauth'
const row = { kind: 'fieldnotes', name: 'fieldnotes', issuer, jwksUri: issuer + '/jwks', scopes: {}, firstPartyClientIds: [] }
const secret = { secretDigests: [createHash('sha256').update('secret').digest('base64url')] }
const handle = createHandler({
  issuer, origin: 'http://127.0.0.1:4000', issuers: [row], webClientIds: ['web'], loopbackIssuers: 'trust',
  access: { name: 'access', region: 'eu-west-1' }, keys: [{ keyId: 'k', state: 'active' }],
  keyService: heldKeys({ k: privateKey.export({ format: 'jwk' }) }),
  credentials: { exporter: secret, 'fieldnotes-api': secret, 'firebase-session': secret, limited: secret, portal: secret, robot: secret },
}, { environment: {}, log: () => {} })
const send = (method, rawPath, more) =>
  handle({ rawPath, rawQueryString: '', headers: {}, requestContext: { requestId: 'r', http: { method } }, ...more })
const headers = { authorization: 'Basic ' + btoa('robot:secret'), 'content-type': 'application/x-www-form-urlencoded' }
const keys = await send('GET', '/oauth/jwks')
const token = await send('POST', '/oauth/token', { headers, body: 'grant_type=client_credentials' })
const json = await send('POST', '/oauth/token', { headers: { ...headers, 'content-type': 'application/json' }, body: '{}' })
console.log(JSON.stringify([keys, token, json].map(({ statusCode, headers }) => [statusCode, headers['content-type']])))
`

function outputs(): readonly (readonly [name: string, bytes: number, inputs: readonly string[]])[] {
  return Object.entries(files.outputs).map(([name, { bytes, inputs }]) => [name, bytes, Object.keys(inputs)])
}

describe('the bundle of the issuer', () => {
  it('answers with the media types that it needs', async () => {
    const file = join(folder, 'program.mjs')
    writeFileSync(file, program)
    const { stdout } = await promisify(execFile)(process.execPath, [file])
    expect(JSON.parse(stdout)).toEqual([
      [200, 'application/jwk-set+json'],
      [200, 'application/json; charset=utf-8'],
      [400, 'application/json; charset=utf-8'],
    ])
  })

  it('has no list of all media types, which would be 280 kB', () => {
    const found = Object.keys(files.inputs).filter((file) => file.includes('mime-db'))
    expect(found).toEqual([expect.stringMatching(/issuer\/bundle\/mime-db\.json$/)])
  })

  it('has oidc-provider in one chunk that only the token endpoint loads, of at most 400 kB', () => {
    const chunks = outputs().filter(([, , inputs]) => inputs.some((file) => file.includes('/oidc-provider/')))
    expect(chunks.map(([, bytes]) => bytes <= 400_000)).toEqual([true])
    const entry = Object.entries(files.outputs).find(([name]) => name.endsWith('create-handler.mjs'))
    const loadedAtStart = entry?.[1].imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path)
    expect(loadedAtStart).not.toContain(chunks[0]?.[0])
  })
})
