/** The rule table with one row deleted, for each row: it may neither compile nor start. */
import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { rules } from '@fieldnotes/api/rules'
import { sdl } from '@fieldnotes/api/sdl'
import { createPolicy } from '@fieldnotes/policy/policy'
import { buildSchema } from 'graphql'

export interface Deleted {
  readonly place: string
  readonly caught: readonly [by: string, why: string]
}

const draft = fileURLToPath(new URL('deleted-rows-draft.ts', import.meta.url))
const root = fileURLToPath(new URL('../../..', import.meta.url))

/** One line for each row, so that the number of the line names it. The types are those of the table itself. */
const lineOf = (place: string, index: number): string => {
  const [type, field] = place.split('.')
  const name = `less${index}`
  return `const { ${field}: gone${index}, ...${name} } = rules.${type}; void gone${index}; const table${index}: RuleTable<ObjectTypes> = { ...rules, ${type}: ${name} }; void table${index}`
}

const head = [
  "import { rules } from '@fieldnotes/api/rules'",
  "import type { ObjectTypes } from '@fieldnotes/api/types'",
  "import type { RuleTable } from '@fieldnotes/policy/rules'",
]

/** The rows without which the table does not compile. One run of the compiler for all. */
const uncompiled = async (places: readonly string[]): Promise<ReadonlySet<string>> => {
  writeFileSync(draft, [...head, ...places.map(lineOf)].join('\n'))
  try {
    const { stdout } = await promisify(execFile)('node_modules/.bin/tsc', ['--noEmit', '--pretty', 'false'], {
      cwd: root,
      maxBuffer: 1e8,
    }).catch((error: { stdout: string }) => error)
    const lines = [...stdout.matchAll(/deleted-rows-draft\.ts\((\d+),\d+\): error TS(2741|2322|2739|2740)/g)]
    return new Set(lines.map(([, line]) => places[Number(line) - 1 - head.length] ?? ''))
  } finally {
    rmSync(draft, { force: true })
  }
}

const starts = (place: string): boolean => {
  const [type = '', field = ''] = place.split('.')
  const table = { ...rules, [type]: { ...rules[type as keyof typeof rules], [field]: undefined } }
  try {
    createPolicy(buildSchema(sdl), table as never)
    return true
  } catch (error) {
    return !(error instanceof Error && error.message.includes(`${place} has no rule`))
  }
}

/** Deletes each row in turn. */
export const deletedRows = async (places: readonly string[]): Promise<readonly Deleted[]> => {
  const caught = await uncompiled(places)
  return places.map((place) => {
    if (!caught.has(place)) return { place, caught: ['NOBODY', 'it compiles'] }
    return { place, caught: starts(place) ? ['NOBODY', 'it starts'] : ['types, start', ''] }
  })
}
