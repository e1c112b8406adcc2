/**
 * Deletes one row of the rule table at a time. Without the row, the table must fail to compile, or the endpoint must
 * fail to start.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { rules } from '@fieldnotes/api/rules'
import { document } from '@fieldnotes/api/schema-document'
import { createPolicy } from '@fieldnotes/policy/policy'
import { buildASTSchema } from 'graphql'

/** A deleted row, and what detected it. */
export interface Deleted {
  readonly coordinate: string
  readonly caught: readonly [by: string, why: string]
}

/** A folder that no other command reads. */
const folder = fileURLToPath(new URL('../node_modules/.deleted-rows', import.meta.url))
const root = fileURLToPath(new URL('../../..', import.meta.url))
const project = {
  extends: join(root, 'tsconfig.json'),
  compilerOptions: { paths: {} },
  include: [],
  files: ['rows.ts'],
}

/** One line for each row, so that a line number identifies the row. The types are those of the table itself. */
function lineOf(coordinate: string, index: number): string {
  const [type, field] = coordinate.split('.')
  const name = `less${index}`
  return [
    `const { ${field}: gone${index}, ...${name} } = rules.${type}`,
    `void gone${index}`,
    `const table${index}: RuleTable<ObjectTypes> = { ...rules, ${type}: ${name} }`,
    `void table${index}`,
  ].join('; ')
}

const head = [
  "import { rules } from '@fieldnotes/api/rules'",
  "import type { ObjectTypes } from '@fieldnotes/api/types'",
  "import type { RuleTable } from '@fieldnotes/policy/rules'",
]

/** Rows without which the table does not compile. One run of the compiler checks all of them. */
async function uncompiled(coordinates: readonly string[]): Promise<ReadonlySet<string>> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'rows.ts'), [...head, ...coordinates.map(lineOf)].join('\n'))
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project))
  try {
    const args = ['--noEmit', '--pretty', 'false', '--project', folder]
    const { stdout } = await promisify(execFile)(join(root, 'node_modules/.bin/tsc'), args, { maxBuffer: 1e8 }).catch(
      (error: { stdout: string }) => error,
    )
    const lines = [...stdout.matchAll(/rows\.ts\((\d+),\d+\): error TS(2741|2322|2739|2740)/g)]
    return new Set(lines.map(([, line]) => coordinates[Number(line) - 1 - head.length] ?? ''))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function starts(coordinate: string): boolean {
  const [type = '', field = ''] = coordinate.split('.')
  const table = { ...rules, [type]: { ...rules[type as keyof typeof rules], [field]: undefined } }
  try {
    createPolicy(buildASTSchema(document), table as never)
    return true
  } catch (error) {
    return !(error instanceof Error && error.message.includes(`${coordinate} has no rule`))
  }
}

/** Deletes each row, one after the other. */
export async function deletedRows(coordinates: readonly string[]): Promise<readonly Deleted[]> {
  const caught = await uncompiled(coordinates)
  return coordinates.map((coordinate) => {
    if (!caught.has(coordinate)) return { coordinate, caught: ['UNDETECTED', 'it compiles'] }
    return { coordinate, caught: starts(coordinate) ? ['UNDETECTED', 'it starts'] : ['types, start', ''] }
  })
}
