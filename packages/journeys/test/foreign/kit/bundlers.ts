/** How a project's program reaches Node: as compiled files beside `node_modules`, or as one bundle without them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { build as buildByVite } from 'vite'
import type { Project } from './project.ts'

export interface Program extends AsyncDisposable {
  /** The file to run. */
  readonly path: string
}

export interface BundleOptions {
  /** Whether minified classes and functions keep their names. */
  readonly keepNames?: boolean
}

export type Bundler = keyof typeof bundlers

/** Turns one TypeScript file of a project into a program. */
export const bundlers = {
  async none(project: Project, file: string, _options: BundleOptions = {}): Promise<Program> {
    await project.compile('nodenext')
    return { path: join(project.folder, 'out', file.replace(/\.ts$/, '.js')), async [Symbol.asyncDispose]() {} }
  },
  esbuild: (project: Project, file: string, options: BundleOptions = {}) => bundle(project, file, byEsbuild(options)),
  vite: (project: Project, file: string, options: BundleOptions = {}) => bundle(project, file, byVite(options)),
} as const

/** Writes `bundle.mjs` into `outdir`. */
type Bundle = (project: string, file: string, outdir: string) => Promise<unknown>

/** The bundle is outside of the project, so that an import that was not bundled fails. */
async function bundle({ folder }: Project, file: string, write: Bundle): Promise<Program> {
  const outdir = await mkdtemp(join(tmpdir(), 'fieldnotes-bundle-'))
  const remove = () => rm(outdir, { recursive: true })
  await write(folder, file, outdir).catch(async (error) => {
    await remove()
    throw error
  })
  return { path: join(outdir, 'bundle.mjs'), [Symbol.asyncDispose]: remove }
}

function byEsbuild({ keepNames = false }: BundleOptions): Bundle {
  return (project, file, outdir) =>
    build({
      absWorkingDir: project,
      entryPoints: [file],
      outfile: join(outdir, 'bundle.mjs'),
      bundle: true,
      minify: true,
      keepNames,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'silent',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" },
    })
}

/** A server build, in which every package is part of the bundle. */
function byVite({ keepNames = false }: BundleOptions): Bundle {
  return (project, file, outDir) =>
    buildByVite({
      root: project,
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true },
      build: {
        ssr: file,
        outDir,
        emptyOutDir: true,
        target: 'node20',
        minify: true,
        rolldownOptions: { output: { entryFileNames: 'bundle.mjs', keepNames } },
      },
    })
}
