/**
 * Does docs/add-a-field.md word by word on a fresh copy of the repository: applies its changes, runs its commands, and
 * compares what fails with what the page says.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyRepository } from '../support/copy-repository.ts'
import { applyDiff, readSteps } from './page-steps.ts'

const page = new URL('../../../../docs/add-a-field.md', import.meta.url)
const steps = readSteps(readFileSync(page, 'utf8'))

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldnotes-fresh-'))
  copyRepository(folder)
  // The checks read the list of files from git.
  execFileSync('git', ['init', '-q'], { cwd: folder })
  execFileSync('git', ['add', '-A'], { cwd: folder })
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The environment of a new terminal: vitest sets variables that its own child would read. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST|NODE_ENV|npm_)/.test(name))
  const PATH = process.env.PATH?.split(':')
    .filter((part) => !part.includes('node_modules'))
    .join(':')
  return { ...Object.fromEntries(kept), PATH, PORT: '0', NO_COLOR: '1' }
}

function run(command: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: folder,
    encoding: 'utf8',
    env: environment(),
    maxBuffer: 1e9,
  })
  return { status, output: `${stdout}${stderr}` }
}

describe('the page', () => {
  it('changes files, and runs commands, of which some fail', () => {
    expect(steps.filter(({ kind }) => kind === 'change').length).toBeGreaterThanOrEqual(5)
    expect(steps.filter((step) => step.kind === 'command' && step.fails !== undefined).length).toBeGreaterThanOrEqual(4)
    expect(steps.at(-1)).toMatchObject({ kind: 'command', fails: undefined })
  })

  for (const [index, step] of steps.entries()) {
    const title = step.kind === 'change' ? `changes ${step.file}` : `runs ${step.command}`
    it(`${index + 1}: ${title}`, () => {
      if (step.kind === 'change') return applyDiff(join(folder, step.file), step.diff)
      const { status, output } = run(step.command)
      if (step.fails === undefined) return expect(status, output.slice(-4000)).toBe(0)
      expect(status).not.toBe(0)
      expect(output).toContain(step.fails)
    })
  }
})
