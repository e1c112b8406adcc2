/** How a project's program reaches Node: as compiled files beside `node_modules`, or as one bundle without them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Project } from './project.ts'

export interface Program extends AsyncDisposable {
  /** The file to run. */
  readonly path: string
}

export type Bundler = keyof typeof bundlers

/** Turns one TypeScript file of a project into a program. */
export const bundlers = {
  async none(project: Project, file: string): Promise<Program> {
    await project.compile('nodenext')
    return { path: join(project.folder, 'out', file.replace(/\.ts$/, '.js')), async [Symbol.asyncDispose]() {} }
  },
  /** The bundle is outside of the project, so that an import that was not bundled fails. */
  async esbuild(project: Project, file: string): Promise<Program> {
    const folder = await mkdtemp(join(tmpdir(), 'fieldnotes-bundle-'))
    const path = join(folder, 'bundle.mjs')
    const remove = () => rm(folder, { recursive: true })
    await build({
      absWorkingDir: project.folder,
      entryPoints: [file],
      outfile: path,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'silent',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" },
    }).catch(async (error) => {
      await remove()
      throw error
    })
    return { path, [Symbol.asyncDispose]: remove }
  },
} as const
