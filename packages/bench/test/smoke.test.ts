import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const bench = fileURLToPath(new URL('../src/bench.ts', import.meta.url))

describe('npm run bench -- --smoke', () => {
  it('compares, measures and reports, from processes and bundles of its own', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [bench, '--smoke'])
    for (const title of ['## Goals', '## Lambda', '## Engine', '## Cold start', '**ours**'])
      expect(stdout).toContain(title)
  }, 120_000)
})
