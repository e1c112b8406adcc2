/** The patches of the repository, and the command that does without them. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { patchedLibraries, patchTable, withoutPatches } from '../scripts/patches.ts'

function read(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
}

const workspace = read('pnpm-workspace.yaml')

describe('patches', () => {
  it('are listed in patches/README.md with what each buys', () => {
    const rows = patchTable(read('patches/README.md'))
    const named = new Set(rows.flatMap(({ libraries }) => libraries))
    expect([...named].sort()).toEqual([...patchedLibraries(workspace)].sort())
    expect(rows.filter(({ change, buys }) => change === '' || buys === '')).toEqual([])
  })

  it('are all removed from the workspace file, and nothing else is', () => {
    const bare = withoutPatches(workspace)
    expect(patchedLibraries(bare)).toEqual([])
    const removed = workspace.split('\n').filter((line) => !bare.split('\n').includes(line))
    expect(removed).toEqual(['patchedDependencies:', ...removed.filter((line) => line.includes('.patch'))])
  })

  it('are read with and without a scope and quotes', () => {
    const text = 'a: 1\npatchedDependencies:\n  "@a/b@1.0.0": patches/x.patch\n  c@2.0.0: patches/c.patch\n\nd: 1\n'
    expect(patchedLibraries(text)).toEqual(['@a/b', 'c'])
    expect(withoutPatches(text)).toBe('a: 1\n\nd: 1\n')
  })

  it('must exist: a workspace file without them proves nothing', () => {
    expect(() => withoutPatches('catalog:\n')).toThrow('no patchedDependencies')
  })
})
