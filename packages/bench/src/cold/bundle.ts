/** Bundles a handler the way SST does (esbuild 0.27.2, minified ES modules for Node 24, one file for each dynamic import), so that the cold table starts what would be deployed. */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Metafile } from 'esbuild'
import type { ColdEntry } from './entries.ts'

/** SST's own banner: what CommonJS in an ES module needs. */
const banner = [
  `import { createRequire as topLevelCreateRequire } from 'module';`,
  `const require = topLevelCreateRequire(import.meta.url);`,
  `import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from "url"`,
  `const __filename = topLevelFileUrlToPath(import.meta.url)`,
  `const __dirname = topLevelFileUrlToPath(new topLevelURL(".", import.meta.url))`,
].join('\n')

export interface Bundle {
  readonly directory: string
  /** Of what a start loads. */
  readonly kilobytes: number
}

/** Bytes of the entry and of all that it imports before it runs. */
const loadedAtStart = ({ outputs }: Metafile): number => {
  const seen = new Set<string>()
  const add = (file: string): number => {
    const output = outputs[file]
    if (!output || seen.has(file)) return 0
    seen.add(file)
    const imported = output.imports.filter(({ kind }) => kind === 'import-statement')
    return imported.reduce((bytes, { path }) => bytes + add(path), output.bytes)
  }
  return Object.keys(outputs)
    .filter((file) => file.endsWith('/bundle.mjs'))
    .reduce((bytes, file) => bytes + add(file), 0)
}

/** Writes `bundle.mjs` and its chunks into `directory`. */
export const bundle = async (directory: string, { source, commonJs, reports }: ColdEntry): Promise<Bundle> => {
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  const { metafile } = await build({
    stdin: { contents: source, resolveDir: join(import.meta.dirname, '..'), sourcefile: 'bundle.ts', loader: 'ts' },
    outdir: directory,
    entryNames: 'bundle',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'es2024',
    mainFields: commonJs ? ['main'] : ['module', 'main'],
    external: [
      'sharp',
      'pg-native',
      ...(reports ? [] : ['@apollo/utils.usagereporting', '@apollo/usage-reporting-protobuf']),
    ],
    keepNames: true,
    minify: true,
    banner: { js: banner },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
    metafile: true,
  })
  return { directory, kilobytes: loadedAtStart(metafile) / 1024 }
}
