/** A table `access` of the embedded engine, for the tests of one file. */
import { createTable, type OpenTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { type Engine, startEngine } from '@fieldnotes/table/test/engine'
import { afterAll, beforeAll } from 'vitest'

/** Starts the engine before the tests of the file, and ends it after them. */
export function accessTable(): { readonly table: () => OpenTable; readonly config: () => TableConfig } {
  let engine: Engine | undefined
  let config: TableConfig | undefined
  let table: OpenTable | undefined
  beforeAll(async () => {
    process.env.AWS_ACCESS_KEY_ID ??= 'local'
    process.env.AWS_SECRET_ACCESS_KEY ??= 'local'
    engine = await startEngine()
    config = await engine.newTable('access')
    table = createTable(config)
  })
  afterAll(() => engine?.stop())
  return { table: () => present(table), config: () => present(config) }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the engine has not started')
  return value
}
