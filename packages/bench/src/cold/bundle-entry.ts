/** Bundles a handler as SST bundles the deployed one, so that the cold table measures what would be deployed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleEntry, sealedVariables } from '@fieldnotes/cloud/bundle'
import { deployed } from '@fieldnotes/cloud/deployed'
import type { Metafile, Plugin } from 'esbuild'
import type { ColdEntry } from './entries.ts'

/** A bundled handler on disk. */
export interface Bundle {
  readonly directory: string
  /** Size of everything that a start loads. */
  readonly kilobytes: number
  /** The function's environment. */
  readonly variables: Readonly<Record<string, string>>
}

/** Bytes of the entry and of its static imports. */
function loadedAtStart({ outputs }: Metafile): number {
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

/** Apollo's default plugins are left out for ours, as deployed, and for every peer that disables them. */
function esbuildOf({ commonJs, defaultPlugins }: ColdEntry) {
  return {
    ...deployed.properties?.esbuild,
    ...(commonJs && { mainFields: ['main'] }),
    ...(defaultPlugins && { external: [] }),
  }
}

/**
 * `shield-library.ts` loads graphql-shield with a `require` of its own, which esbuild does not follow. Without that
 * line the name is esbuild's, and the library is part of the bundle.
 */
const bundledShield: Plugin = {
  name: 'bundled graphql-shield',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/shield-library\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/^const require = .*$/m, ''),
      loader: 'ts',
    })),
}

/** Writes `bundle.mjs`, its chunks and the function's links into `directory`. */
export async function bundle(directory: string, entry: ColdEntry): Promise<Bundle> {
  const { source, links } = entry
  const resolveDir = join(import.meta.dirname, '..')
  const metafile = await bundleEntry(
    directory,
    {
      stdin: { contents: source, resolveDir, sourcefile: 'bundle.ts', loader: 'ts' },
      plugins: [bundledShield],
      logLevel: 'error',
    },
    { ...deployed, ...links, properties: { ...deployed.properties, esbuild: esbuildOf(entry) } },
  )
  const variables = links ? sealedVariables(links.encryptionKey, directory) : {}
  return { directory, kilobytes: loadedAtStart(metafile) / 1024, variables }
}
