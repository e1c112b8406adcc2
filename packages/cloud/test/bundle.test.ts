import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bundle } from '../src/bundle.ts'
import { authorizer, deployed, entry, exporter, inform, preToken, session } from '../src/deployed.ts'
import { root } from '../src/paths.ts'

const { folder, metafile } = await bundle(root, join(root, '.local/bundle'), deployed)
const files = readdirSync(folder).filter((file) => file.endsWith('.mjs'))
const code = Buffer.concat(files.map((file) => readFileSync(join(folder, file))))
const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs))
const ours = inputs.filter((file) => !file.includes('node_modules'))

/** `name@version` of every library in the bundle. */
const libraries = new Set(
  inputs.flatMap((file) => /\.pnpm\/(@?[^@/]+@[^_(/]+)/.exec(file)?.[1]?.replace('+', '/') ?? []),
)
function nameOf(library: string): string {
  return library.slice(0, library.lastIndexOf('@'))
}
function filesOf(library: string): readonly string[] {
  return inputs.filter((file) => file.includes(`/node_modules/${library}/`))
}

describe('bundle', () => {
  it('holds source of the deployed packages alone', () => {
    const packages = new Set(ours.map((file) => file.split('/').slice(0, 3).join('/')))
    expect([...packages].sort()).toEqual(
      ['api', 'client', 'core', 'identity', 'policy', 'stage', 'table'].map((name) => `packages/${name}/src`),
    )
  })

  it('holds these files of them and no other', async () => {
    await expect(`${[...new Set(ours)].sort().join('\n')}\n`).toMatchFileSnapshot('bundled-files.txt')
  })

  it('holds nothing of development: no local issuer, no emulator, no page, no test', () => {
    expect(
      [...libraries]
        .map(nameOf)
        .filter((name) =>
          /dynoxide|graphiql|emulator|cognito-local|firebase-tools|oidc-provider|openid-client|otpauth|vitest/.test(
            name,
          ),
        ),
    ).toEqual([])
    for (const word of ['privateJwk', 'localclient0001', 'localmachine0001', 'fieldnotes-alice', 'Local0001'])
      expect(code.includes(word)).toBe(false)
    expect(code.includes('process.env.NODE_ENV')).toBe(false)
  })

  it('holds these libraries and no other', async () => {
    const names = [...new Set([...libraries].map(nameOf))].sort()
    await expect(`${names.join('\n')}\n`).toMatchFileSnapshot('bundled-libraries.txt')
  })

  it.each(['graphql', '@apollo/server', 'aws-jwt-verify', '@aws-sdk/client-dynamodb'])(
    'holds one copy of %s',
    (name) => {
      expect([...libraries].filter((library) => nameOf(library) === name)).toHaveLength(1)
      // A library with both module formats can occur twice in one version: two schemas, two caches.
      const shipped = new Set(filesOf(name).map((file) => (/\/cjs\/|dist-cjs/.test(file) ? 'CommonJS' : 'module')))
      expect(shipped.size).toBe(1)
    },
  )

  it('holds graphql as modules alone, so that unused code is left out', () => {
    expect(filesOf('graphql').filter((file) => !file.endsWith('.mjs'))).toEqual([])
    expect(filesOf('graphql').length).toBeGreaterThan(50)
  })

  it('leaves out Apollo’s default plugins, each of which is said by name, and no other file', () => {
    const left = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ path, external }) => external && /^[./]/.test(path)),
    )
    expect([...new Set(left.map(({ path }) => path))].sort()).toEqual(
      [
        'cacheControl',
        'disableSuggestions',
        'inlineTrace',
        'landingPage/default',
        'schemaReporting',
        'usageReporting',
      ].map((name) => `./plugin/${name}/index.js`),
    )
    // A missing dynamic import fails when it is used; a missing static import fails every start.
    expect(left.filter(({ kind }) => kind !== 'dynamic-import')).toEqual([])
  })

  it('keeps its size: 1.9 MB of code, 540 kB to transfer', () => {
    expect(code.length).toBeLessThan(1_900_000)
    expect(gzipSync(code).length).toBeLessThan(540_000)
  })
})

type Output = (typeof metafile.outputs)[string]

/** The entry and everything that is loaded before its first line runs. */
function loadedAtStart(
  file: string,
  seen = new Map<string, Output>(),
  outputs = metafile.outputs,
): ReadonlyMap<string, Output> {
  const output = outputs[file]
  if (!output || seen.has(file)) return seen
  seen.set(file, output)
  for (const { path, kind } of output.imports) if (kind === 'import-statement') loadedAtStart(path, seen, outputs)
  return seen
}

function isImportedAtStart({ external, kind }: Output['imports'][number]): boolean {
  return external === true && kind === 'import-statement'
}

describe('start of the bundle', () => {
  const entry = Object.keys(metafile.outputs).find((file) => file.endsWith('/bundle.mjs')) ?? ''
  const started = [...loadedAtStart(entry).values()]
  const librariesAtStart = new Set(
    started
      .flatMap(({ inputs: held }) => Object.keys(held))
      .flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []),
  )

  it('loads these libraries and no other', async () => {
    await expect(`${[...librariesAtStart].sort().join('\n')}\n`).toMatchFileSnapshot('libraries-at-start.txt')
  })

  it.each(['firebase-admin', '@aws-sdk/client-dynamodb', 'google-auth-library'])(
    'does not load %s, which may never be needed',
    (name) => {
      expect(librariesAtStart).not.toContain(name)
    },
  )

  it('imports none of Node’s own modules but these: https alone would take longer than the policy', () => {
    const imported = started.flatMap(({ imports }) => imports.filter(isImportedAtStart).map(({ path }) => path))
    expect([...new Set(imported)].sort()).toEqual(['crypto', 'fs', 'node:crypto', 'process'])
  })

  it('keeps its size: 595 kB in 3 files', () => {
    expect(started.reduce((bytes, output) => bytes + output.bytes, 0)).toBeLessThan(595_000)
    expect(started).toHaveLength(3)
  })
})

describe('bundle of the authorizer', async () => {
  const built = await bundle(root, join(root, '.local/bundle-authorizer'), authorizer)
  const sources = Object.keys(built.metafile.inputs).filter((file) => !file.includes('node_modules'))
  const outputs = built.metafile.outputs
  const start = Object.keys(outputs).find((file) => file.endsWith('/bundle.mjs')) ?? ''

  it('holds no code of the endpoint: no note, no rule, no GraphQL', () => {
    const packages = new Set(sources.map((file) => file.split('/')[1]))
    expect([...packages].sort()).toEqual(['authorizer', 'core', 'identity', 'stage', 'table'])
    const libraries = Object.keys(built.metafile.inputs).join('\n')
    expect(libraries).not.toMatch(/node_modules\/(graphql|@apollo)\//)
  })

  it('loads the AWS SDK with the first valid token, and Firebase never', () => {
    const started = [...loadedAtStart(start, new Map(), outputs).values()].flatMap((output) =>
      Object.keys(output.inputs),
    )
    expect(started.filter((file) => /@aws-sdk|@smithy|firebase-admin/.test(file))).toEqual([])
  })

  it('keeps its size: 130 kB at its start', () => {
    const bytes = [...loadedAtStart(start, new Map(), outputs).values()].reduce((sum, output) => sum + output.bytes, 0)
    expect(bytes).toBeLessThan(130_000)
  })
})

/** Libraries that the files have, by name. */
function librariesOf(files: readonly string[]): readonly string[] {
  return [...new Set(files.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []))].sort()
}

async function builtParts(folderName: string, request: typeof deployed) {
  const { metafile: built } = await bundle(root, join(root, folderName), request)
  const start = Object.keys(built.outputs).find((file) => file.endsWith('/bundle.mjs')) ?? ''
  const outputs = [...loadedAtStart(start, new Map(), built.outputs).values()]
  return {
    packages: [...new Set(Object.keys(built.inputs).filter((file) => !file.includes('node_modules')))].map(
      (file) => file.split('/')[1] ?? '',
    ),
    all: librariesOf(Object.keys(built.inputs)),
    atStart: librariesOf(outputs.flatMap((output) => Object.keys(output.inputs))),
    bytes: Object.entries(built.outputs).reduce(
      (sum, [name, { bytes }]) => sum + (name.endsWith('.mjs') ? bytes : 0),
      0,
    ),
    bytesAtStart: outputs.reduce((sum, output) => sum + output.bytes, 0),
  }
}

describe('bundle of the function that signs in', async () => {
  const built = await builtParts('.local/bundle-session', session)

  it('holds no rule and no GraphQL', () => {
    expect(built.all.filter((name) => /^(graphql|@apollo\/|@graphql)/.test(name))).toEqual([])
    expect(new Set(built.packages)).not.toContain('policy')
  })

  it('starts with the client of OAuth, and loads those of AWS with their first use', () => {
    expect(built.atStart).toContain('openid-client')
    expect(built.all).toContain('@aws-sdk/client-kms')
    expect(built.atStart.filter((name) => /^(@aws-sdk|@smithy|firebase-admin)/.test(name))).toEqual([])
  })

  it('keeps its size: 190 kB at its start', () => {
    expect(built.bytesAtStart).toBeLessThan(190_000)
  })
})

describe('bundle of the pass that informs issuers', async () => {
  const built = await builtParts('.local/bundle-inform', inform)

  it('has the clients of KMS, Cognito and Firebase, each of which its first use loads', () => {
    const clients = ['@aws-sdk/client-cognito-identity-provider', '@aws-sdk/client-kms', 'firebase-admin']
    expect(built.all).toEqual(expect.arrayContaining(clients))
    expect(built.atStart.filter((name) => /^(@aws-sdk|@smithy|firebase-admin)/.test(name))).toEqual([])
  })

  it('holds no rule and no GraphQL, and starts no larger than the function that signs in', () => {
    expect(built.all.filter((name) => /^(graphql|@apollo\/|@graphql)/.test(name))).toEqual([])
    expect(built.bytesAtStart).toBeLessThan(190_000)
  })
})

describe('bundle of the entry', async () => {
  const built = await builtParts('.local/bundle-entry', entry)

  it('has no client of OAuth and none of KMS', () => {
    expect(built.all.filter((name) => /openid-client|client-kms|client-cognito/.test(name))).toEqual([])
    expect(built.all).toContain('@aws-sdk/client-lambda')
  })

  it('starts as the endpoint does: neither AWS nor Firebase', () => {
    expect(built.atStart.filter((name) => /^(@aws-sdk|@smithy|firebase-admin)/.test(name))).toEqual([])
  })

  it('keeps its size: 15 kB more than the endpoint at its start', () => {
    expect(built.bytesAtStart).toBeLessThan(595_000 + 15_000)
  })
})

describe('bundle of the exporter', async () => {
  const built = await builtParts('.local/bundle-exporter', exporter)

  it('holds no code of the endpoint: no note, no rule, no GraphQL, and no issuer', () => {
    const packages = [...new Set(built.packages)].sort()
    expect(packages).toEqual(['client', 'core', 'exporter', 'identity', 'stage', 'table'])
    expect(built.all.filter((name) => /^(graphql|@apollo\/|@graphql|oidc-provider)/.test(name))).toEqual([])
  })

  it('loads the clients of AWS with their first use', () => {
    expect(built.all).toEqual(expect.arrayContaining(['@aws-sdk/client-dynamodb', '@aws-sdk/client-s3', 'yazl']))
    expect(built.atStart.filter((name) => /^(@aws-sdk|@smithy|firebase-admin)/.test(name))).toEqual([])
  })

  it('keeps its size: 118 kB at its start, 1.55 MB of code', () => {
    expect(built.bytesAtStart).toBeLessThan(118_000)
    expect(built.bytes).toBeLessThan(1_550_000)
  })
})

describe('bundle of the pre-token trigger', () => {
  it('holds one source file and no library', async () => {
    const built = await bundle(root, join(root, '.local/bundle-pre-token'), preToken)
    expect(Object.keys(built.metafile.inputs)).toEqual(['packages/api/src/pre-token.ts'])
  })
})
