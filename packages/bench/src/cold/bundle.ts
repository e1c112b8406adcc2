/** Bundles a handler the way SST does (esbuild 0.27.2, one minified ES module for Node 24), so that the cold table starts what would be deployed. */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
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
  readonly kilobytes: number
}

/** Writes `bundle.mjs` into `directory`. */
export const bundle = async (directory: string, { source, commonJs }: ColdEntry): Promise<Bundle> => {
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: join(import.meta.dirname, '..'), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'es2024',
    mainFields: commonJs ? ['main'] : ['module', 'main'],
    external: ['sharp', 'pg-native'],
    keepNames: true,
    minify: true,
    banner: { js: banner },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
    write: false,
  })
  const [output] = outputFiles
  if (!output) throw new Error('esbuild wrote nothing')
  await writeFile(join(directory, 'bundle.mjs'), output.contents)
  return { directory, kilobytes: output.contents.length / 1024 }
}
