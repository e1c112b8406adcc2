/** Every numeric limit in the sources of the deployed packages has a row in `scripts/all-bounds.ts`, and so a test. */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { bounds, others } from '../scripts/all-bounds.ts'
import { boundaries } from './hostile/kit/all-boundaries.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

interface Found {
  readonly file: string
  readonly name: string
}

/** A number with the name of a limit: a constant, or the default of an option. */
const numbers = /\b(\w*[mM]ax|\w+CharactersMax|nameCharacters) = [1-9][\d_]*/g

/** Objects whose members are all limits. */
const objects =
  /^export const (?:limits|\w*[lL]imitsDefault|(?:default|fixed|introspection|revocation|groupPolicy)Bounds)\b[^=]*= \{(.*?)\}/gms
const members = /\b(\w+): [1-9][\d_]*/g

function limitsIn(text: string): string[] {
  const inObjects = [...text.matchAll(objects)].flatMap(([, body = '']) => [...body.matchAll(members)])
  return [...text.matchAll(numbers), ...inObjects].map(([, name = '']) => name)
}

function found(): readonly Found[] {
  const files = globSync('packages/{core,identity,policy,table,api,session,client,exporter}/src/**/*.ts', {
    cwd: root,
  }).filter((file) => !file.includes('generated'))
  return files.flatMap((file) => limitsIn(readFileSync(root + file, 'utf8')).map((name) => ({ file, name })))
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\w+/g) ?? []
}

describe('the limits of a request', () => {
  const all = found()

  it('are found: constants, defaults of options, and members of tables', () => {
    const text =
      'const aMax = 1_000\nf({ bMax = 2, c = 3 })\nexport const limits = {\n  d: 40,\n} as const\nconst eMax = 0'
    expect(limitsIn(text)).toEqual(['aMax', 'bMax', 'd'])
    expect(all.length).toBeGreaterThan(40)
  })

  it.each(all)('$name of $file has a row', ({ file, name }) => {
    const changes = bounds.flatMap((bound) => bound.changes).filter((change) => change.file === file)
    const listed = changes.some(({ from }) => wordsOf(from).includes(name))
    expect(listed || others.some((row) => row.file === file && row.name === name)).toBe(true)
  })

  it('have rows with sources and tests that exist', () => {
    for (const { changes, test } of bounds) {
      for (const { file, from } of changes)
        expect([from, readFileSync(root + file, 'utf8').split(from).length]).toEqual([from, 2])
      expect(readFileSync(root + test, 'utf8')).not.toBe('')
    }
    for (const { file, name } of others) expect(all).toContainEqual({ file, name })
  })

  it('have a row for each boundary', () => {
    const patterns = bounds.map(({ only }) => new RegExp(only))
    const alone = Object.keys(boundaries).filter((name) => !patterns.some((each) => each.test(`of ${name} is neither`)))
    // Two arguments share one limit.
    expect(alone).toEqual(['limits.pageSize of ids'])
  })
})
