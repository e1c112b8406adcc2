/** The folders of the source, from the lowest to the highest: no import runs upward. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Folder → the folders that it may import. `.` is the top of `src`. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  rule: [],
  decide: ['rule'],
  limits: ['rule', 'decide'],
  execute: ['rule', 'decide', 'limits'],
  explain: ['rule', 'decide'],
  matrix: ['rule', 'decide'],
  '.': ['rule', 'decide', 'limits'],
}

const source = join(import.meta.dirname, '../src')
const imports = globSync('**/*.ts', { cwd: source }).flatMap((file) =>
  [
    ...readFileSync(join(source, file), 'utf8').matchAll(
      /^(?:import|export) [^'"]* from '(\.[^']+)'|^\} from '(\.[^']+)'/gm,
    ),
  ].map(([text, one, other]) => ({ file, text, to: join(dirname(file), one ?? other ?? '') })),
)

describe('folders', () => {
  it('are all known', () => {
    expect([...new Set(imports.map(({ file }) => dirname(file)))].sort()).toEqual(Object.keys(arrows).sort())
    expect(imports.length).toBeGreaterThan(100)
  })

  it('import downward', () => {
    const upward = imports.filter(({ file, to }) => {
      const [from, target] = [dirname(file), dirname(to)]
      return from !== target && !arrows[from]?.includes(target)
    })
    expect(upward.map(({ file, to }) => `${file} → ${to}`)).toEqual([])
  })
})
