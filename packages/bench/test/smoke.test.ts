import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'

const bench = fileURLToPath(new URL('../src/bench.ts', import.meta.url))
const committed = ['RESULTS.md', 'results.svg'].map((name) => fileURLToPath(new URL(`../${name}`, import.meta.url)))
function written() {
  return Promise.all(committed.map(async (file) => (await stat(file)).mtimeMs))
}

/** One of the rows guards nothing, and so is not timed where something is refused. */
const rows = 'ours,graphql-js'

const folder = await mkdtemp(join(tmpdir(), 'fieldnotes-bench-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('npm run bench -- --smoke', () => {
  it('compares, measures, reports and draws, from processes and bundles of its own', async () => {
    const before = await written()
    const { stdout } = await promisify(execFile)(process.execPath, [bench, '--smoke', '--to', folder, '--only', rows])
    for (const title of ['## Goals', '## Lambda', '## Engine', '## Cold start', '| **ours** | ', '| hand-coded'])
      expect(stdout).toContain(title)
    expect(stdout).toMatch(/\| graphql-js, no authorization \| \S+ \| \S+ \| – \| – \| – \| 1\.00 \|/)
    expect(stdout).not.toMatch(/NaN|undefined|Infinity/)
    expect(await readFile(join(folder, 'RESULTS.md'), 'utf8')).toBe(stdout)
    expect(await readFile(join(folder, 'results.svg'), 'utf8')).toMatch(/^<svg .*>Fieldnotes<.*<\/svg>\n$/s)
    expect(await written()).toEqual(before)
  }, 120_000)
})
