/** A fresh copy of the repository, and a new terminal in it. */
import { type ChildProcessWithoutNullStreams, execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyRepository } from '../support/copy-repository.ts'

export interface FreshCopy {
  readonly folder: string
  /** Runs a command to its end. The output is that of both streams. */
  readonly run: (command: string) => { readonly status: number | null; readonly output: string }
  /** Starts a command that serves. */
  readonly start: (command: string) => ChildProcessWithoutNullStreams
  readonly remove: () => void
}

/** The environment of a new terminal: vitest sets variables that its own child would read. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST|NODE_ENV|npm_)/.test(name))
  const PATH = process.env.PATH?.split(':')
    .filter((part) => !part.includes('node_modules'))
    .join(':')
  return { ...Object.fromEntries(kept), PATH, PORT: '0', NO_COLOR: '1' }
}

/** Copies the repository into a new folder, with nothing installed. */
export function createFreshCopy(): FreshCopy {
  const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-fresh-'))
  copyRepository(folder)
  // The checks read the list of files from git.
  execFileSync('git', ['init', '-q'], { cwd: folder })
  execFileSync('git', ['add', '-A'], { cwd: folder })
  const options = { cwd: folder, env: environment() }
  return {
    folder,
    run: (command) => {
      const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
        ...options,
        encoding: 'utf8',
        maxBuffer: 1e9,
      })
      return { status, output: `${stdout}${stderr}` }
    },
    start: (command) => spawn('sh', ['-c', `exec ${command}`], { ...options, stdio: 'pipe' }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
