/** Packs the published packages once for a test run, as the registry would serve them. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type Published, published, type Tarballs } from './kit/published.ts'
import { root } from './kit/root.ts'
import { run } from './kit/run.ts'

/** The version of pnpm that installs this workspace. */
const [pnpm = ''] = /pnpm@[\d.]+/.exec(readFileSync(join(root, 'package.json'), 'utf8')) ?? []

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldnotes-tarballs-'))
  const tarballs: [Published, string][] = []
  // One after the other: identity is built from core's sources.
  for (const name of published) tarballs.push([name, await pack(name, folder)])
  provide('tarballs', Object.fromEntries(tarballs) as Tarballs)
  return () => rm(folder, { recursive: true })
}

async function pack(name: Published, folder: string): Promise<string> {
  const args = ['--yes', pnpm, 'pack', '--json', '--pack-destination', folder]
  const { filename } = JSON.parse(await run(join(root, 'packages', name), 'npx', ...args))
  return filename
}
