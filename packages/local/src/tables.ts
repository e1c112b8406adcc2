/** The tables of the local cloud, and `tables.json`, by which commands find them while it runs. */
import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { deleteTable } from '@fieldnotes/table/create-table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { type TableName, tableShapes } from '@fieldnotes/table/table-shapes'
import { holderOf, writePrivately } from './data-folder.ts'
import { ensureTable } from './ensure-table.ts'

export type Tables = Readonly<Record<TableName, TableConfig>>

const names = { notes: 'fieldnotes', access: 'fieldnotes-access', rates: 'fieldnotes-rates' } as const

const tableNames = Object.keys(tableShapes) as TableName[]

/** Where the tables are. Names of temporary tables end in a random suffix, so that two clouds can share a database. */
export interface TablesOptions {
  readonly endpoint: string
  readonly region: string
  readonly temporary: boolean
}

/** The tables at a database, whether or not they exist. */
export function tablesAt({ endpoint, region, temporary }: TablesOptions): Tables {
  const suffix = temporary ? `-${randomUUID()}` : ''
  const tableOf = (name: string): TableConfig => ({ name: `${name}${suffix}`, region, endpoint })
  return { notes: tableOf(names.notes), access: tableOf(names.access), rates: tableOf(names.rates) }
}

/** Creates each table that does not exist. @throws UsageError when DynamoDB can't be reached or refuses */
export async function createTables(tables: Tables): Promise<void> {
  await Promise.all(tableNames.map((name) => ensureTable(tables[name], name)))
}

/** Deletes the tables with everything in them. */
export async function deleteTables(tables: Tables): Promise<void> {
  await Promise.all(tableNames.map((name) => deleteTable(tables[name])))
}

function fileOf(folder: string): string {
  return join(folder, 'tables.json')
}

/** Writes the tables to a file that only the owner of the folder can read. Returns a function that deletes it. */
export function publishTables(folder: string, { notes, access, rates }: Tables): () => void {
  const { endpoint, region } = notes
  const published = { endpoint, region, notes: notes.name, access: access.name, rates: rates.name }
  writePrivately(fileOf(folder), `${JSON.stringify(published, null, 2)}\n`)
  return () => rmSync(fileOf(folder), { force: true })
}

/** Tables of the cloud that uses `folder` now. The file of a killed cloud is ignored. */
export function runningTables(folder: string): Tables | undefined {
  if (holderOf(folder) === undefined) return undefined
  try {
    const { endpoint, region, notes, access, rates } = JSON.parse(readFileSync(fileOf(folder), 'utf8'))
    if (![endpoint, region, notes, access, rates].every((member) => typeof member === 'string')) return undefined
    const tableOf = (name: string): TableConfig => ({ name, region, endpoint })
    return { notes: tableOf(notes), access: tableOf(access), rates: tableOf(rates) }
  } catch {
    return undefined
  }
}
