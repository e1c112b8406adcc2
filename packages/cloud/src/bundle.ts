import { createCipheriv } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { type BuildOptions, build, type Metafile } from 'esbuild'
import { root } from './paths.ts'

/** Input of a function's build: `Runtime.Build` of SST 4.17 for Node. */
export interface BuildRequest {
  readonly functionID: string
  readonly handler: string
  readonly runtime: string
  readonly encryptionKey?: string
  readonly links?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly properties?: NodeProperties
  /** What a function has beside its code: `copyFiles` of SST's component, which its builds do not see. */
  readonly copyFiles?: readonly { readonly from: string; readonly to: string }[]
}

interface NodeProperties {
  readonly minify?: boolean
  readonly splitting?: boolean
  readonly esbuild?: Pick<BuildOptions, 'define' | 'keepNames' | 'target' | 'mainFields' | 'conditions' | 'external'>
}

/** Output of a build. */
export interface Bundle {
  readonly folder: string
  readonly handler: string
  /** Uploaded beside the archive instead of inside it, because `nodejs.sourcemap` is not set. */
  readonly sourceMaps: readonly string[]
  readonly metafile: Metafile
}

const targets: Readonly<Record<string, string>> = { 'nodejs24.x': 'es2024', 'nodejs22.x': 'es2023' }

/** SST's preamble: defines the names of CommonJS in a module. */
export const preamble = [
  `import { createRequire as topLevelCreateRequire } from 'module';`,
  'const require = topLevelCreateRequire(import.meta.url);',
  `import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from "url"`,
  'const __filename = topLevelFileUrlToPath(import.meta.url)',
  'const __dirname = topLevelFileUrlToPath(new topLevelURL(".", import.meta.url))',
  '',
].join('\n')

/**
 * Bundles a function with SST's esbuild and options; a test compares the bytes with those of the command line.
 * @throws Error when the handler does not exist
 */
export async function bundle(root: string, folder: string, request: BuildRequest): Promise<Bundle> {
  const entry = { absWorkingDir: root, entryPoints: [sourceOf(root, request.handler)] }
  const metafile = await bundleEntry(folder, entry, request)
  const sourceMaps = readdirSync(folder).filter((file) => file.endsWith('.map'))
  return { folder, handler: `bundle${extname(request.handler)}`, sourceMaps, metafile }
}

/** What to bundle, in esbuild's options. */
export type Entry = Pick<BuildOptions, 'absWorkingDir' | 'entryPoints' | 'stdin' | 'plugins' | 'logLevel'>

/**
 * Bundles any entry with SST's esbuild options. `folder` is emptied, and receives `bundle.mjs`, its chunks and the
 * sealed links.
 * @throws Error when esbuild fails
 */
export async function bundleEntry(folder: string, entry: Entry, request: BuildRequest): Promise<Metafile> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const { metafile } = await build({ ...optionsOf(folder, request), ...entry })
  for (const { from, to } of request.copyFiles ?? [])
    cpSync(join(entry.absWorkingDir ?? root, from), join(folder, to), { recursive: true })
  seal(folder, request)
  return metafile
}

function optionsOf(folder: string, { runtime, properties = {} }: BuildRequest) {
  return {
    ...(properties.splitting ? chunked(folder) : { outfile: join(folder, 'bundle.mjs') }),
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['sharp', 'pg-native', ...(properties.esbuild?.external ?? [])],
    keepNames: properties.esbuild?.keepNames ?? true,
    target: properties.esbuild?.target ?? targets[runtime] ?? 'es2022',
    mainFields: properties.esbuild?.mainFields ?? ['module', 'main'],
    ...(properties.esbuild?.conditions && { conditions: properties.esbuild.conditions }),
    ...(properties.esbuild?.define && { define: properties.esbuild.define }),
    banner: { js: preamble },
    minify: properties.minify ?? false,
    sourcemap: 'linked',
    metafile: true,
    logLevel: 'silent',
  } satisfies BuildOptions
}

/** Options for `splitting`: `bundle.mjs`, and one file for each module that is imported dynamically. */
function chunked(folder: string) {
  return {
    splitting: true,
    outdir: folder,
    entryNames: 'bundle',
    outExtension: { '.js': '.mjs' },
  }
}

function sourceOf(root: string, handler: string): string {
  const file = join(root, handler.slice(0, -extname(handler).length))
  const source = ['.ts', '.mts', '.js', '.mjs'].map((extension) => file + extension).find((path) => existsSync(path))
  if (!source) throw new Error(`Handler not found: ${handler}`)
  return source
}

const sealedFile = 'resource.enc'

/**
 * Writes the links, encrypted, beside the code; the function's environment has the key. Without a key it writes none.
 */
export function seal(folder: string, { encryptionKey, links = {} }: BuildRequest): void {
  if (!encryptionKey) return
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(encryptionKey, 'base64'), Buffer.alloc(12))
  const sealed = Buffer.concat([cipher.update(JSON.stringify(links)), cipher.final(), cipher.getAuthTag()])
  writeFileSync(join(folder, sealedFile), sealed)
}

/** Variables with which SST's runtime finds the sealed links in `folder`; by default it is the working directory. */
export function sealedVariables(encryptionKey: string, folder = '') {
  return {
    SST_KEY: encryptionKey,
    SST_KEY_FILE: join(folder, sealedFile),
    SST_RESOURCE_App: JSON.stringify({ name: 'fieldnotes', stage: 'production' }),
  }
}
