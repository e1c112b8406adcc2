/** A project in a temporary folder that installs the tarballs by npm, as a stranger's project does. */
import { copyFile, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { inject } from 'vitest'
import type { Published } from './published.ts'
import { root } from './root.ts'
import { run } from './run.ts'
import { specifierOf } from './versions.ts'

export interface ProjectOptions {
  /** Our packages to install. */
  readonly packages: readonly Published[]
  /** Other packages to install; their versions are in the catalogs. */
  readonly dependencies: readonly string[]
  /** Files of this repository to copy into the project, such as `packages/identity/examples/express.ts`. */
  readonly files: readonly string[]
  /** Settings that the types of a dependency need beside the strict ones. */
  readonly compilerOptions?: Readonly<Record<string, unknown>>
}

/** A TypeScript setting `moduleResolution`. */
export type Resolution = 'nodenext' | 'bundler'

export interface Project extends AsyncDisposable {
  readonly folder: string
  /** Type-checks all files with `skipLibCheck: false` and compiles them to `out`. Throws with tsc's output. */
  readonly compile: (resolution: Resolution) => Promise<void>
}

/** Creates the project and installs its dependencies from the registry. */
export async function createProject(options: ProjectOptions): Promise<Project> {
  const { packages, dependencies, files, compilerOptions = {} } = options
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'fieldnotes-foreign-')))
  const tarballs = inject('tarballs')
  const others = ['@types/node', ...dependencies].map(specifierOf)
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'foreign', private: true, type: 'module' }))
  await run(folder, 'npm', 'install', '--no-audit', '--no-fund', ...packages.map((name) => tarballs[name]), ...others)
  for (const file of files) await copyFile(join(root, file), join(folder, basename(file)))
  return {
    folder,
    async compile(resolution) {
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfigOf(resolution, compilerOptions)))
      await run(folder, join(root, 'node_modules/.bin/tsc'))
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}

const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  target: 'ES2022',
  types: ['node'],
  rewriteRelativeImportExtensions: true,
  rootDir: '.',
  outDir: 'out',
}

const resolutions: Readonly<Record<Resolution, object>> = {
  nodenext: { module: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
}

function tsconfigOf(resolution: Resolution, more: object): object {
  return { compilerOptions: { ...strict, ...resolutions[resolution], ...more }, include: ['*.ts'] }
}
