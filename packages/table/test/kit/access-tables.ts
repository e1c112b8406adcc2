/** New tables `access` of one engine, for the tests of one file. */
import { afterAll, beforeAll } from 'vitest'
import { createTable, type OpenTable } from '../../src/table.ts'
import { type Engine, startEngine } from './engine.ts'

/** Starts the engine before the tests of the file, and ends it after them. Returns what makes a table. */
export function accessTables(): () => Promise<OpenTable> {
  let engine: Engine
  beforeAll(async () => {
    engine = await startEngine()
  })
  afterAll(() => engine.stop())
  return async () => createTable(await engine.newTable('access'))
}
