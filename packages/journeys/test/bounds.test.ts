/** Every numeric limit in the sources of the deployed packages has a row in `scripts/all-bounds.ts`, and so a test. */
import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
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

const execute = promisify(execFile)

/** Names of the tests in the files of all rows, as `vitest -t` matches them. Files are evaluated, and no test runs. */
async function namesOfTests(): Promise<readonly Found[]> {
  const projects = new Set(bounds.map(({ project }) => `--project=${project}`))
  const files = new Set(bounds.map(({ test }) => test))
  const words = ['list', '--json', '--no-static-parse', ...projects, ...files]
  const options = { cwd: root, maxBuffer: 100_000_000 }
  const { stdout } = await execute(`${root}node_modules/.bin/vitest`, words, options)
  const tests = JSON.parse(stdout) as readonly Found[]
  return tests.map(({ file, name }) => ({ file, name: name.replaceAll(' > ', ' ') }))
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

  it('have rows with sources that exist', () => {
    for (const { changes } of bounds)
      for (const { file, from } of changes)
        expect([from, readFileSync(root + file, 'utf8').split(from).length]).toEqual([from, 2])
    for (const { file, name } of others) expect(all).toContainEqual({ file, name })
  })

  it('have rows with tests that exist: a test that is renamed would hold no limit', { timeout: 120_000 }, async () => {
    const names = await namesOfTests()
    expect(names.length).toBeGreaterThan(1000)
    const absent = bounds.filter(({ test, only }) => {
      const pattern = new RegExp(only)
      return !names.some(({ file, name }) => file === root + test && pattern.test(name))
    })
    expect(absent.map(({ only }) => only)).toEqual([])
  })

  it('have a row for each boundary', () => {
    const patterns = bounds.map(({ only }) => new RegExp(only))
    const alone = Object.keys(boundaries).filter((name) => !patterns.some((each) => each.test(`of ${name} is neither`)))
    // Two arguments share one limit.
    expect(alone).toEqual(['limits.pageSize of ids'])
  })
})
