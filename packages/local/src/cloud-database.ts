/** The database of the local cloud, and the files that it keeps. */
import type { Log } from '@fieldnotes/core/log'
import { lockOf } from './data-folder.ts'
import { type Database, fileIn, startDatabase } from './database.ts'
import { keysFileIn } from './issuers/signing-keys.ts'
import { createTables, deleteTables, type Tables, tablesAt } from './tables.ts'

/** Registers what is called when the cloud stops, in the reverse order. */
export type OnStop = (end: () => unknown) => void

interface DatabaseSettings {
  readonly folder: string
  readonly ephemeral: boolean
  /** URL of another DynamoDB; the embedded one is started when it is undefined. */
  readonly endpoint: string | undefined
  readonly region: string
  readonly log: Log
}

/** The tables, and the files whose loss would lose what is stored. */
interface CloudDatabase {
  readonly tables: Tables
  /** Paths. An ephemeral cloud stores nothing in the folder. */
  readonly keptFiles: readonly string[]
}

/**
 * Connects to a DynamoDB, or starts one, and creates the tables in it. `onEnd` runs when the started one ends by
 * itself, before its restart.
 */
export async function database(settings: DatabaseSettings, onStop: OnStop, onEnd: () => void): Promise<CloudDatabase> {
  const { endpoint, ephemeral, folder, region } = settings
  const used = endpoint === undefined ? await started(settings, onStop, onEnd) : { endpoint, files: [] }
  const tables = tablesAt({ endpoint: used.endpoint, region, temporary: ephemeral && endpoint !== undefined })
  await createTables(tables)
  if (ephemeral && endpoint !== undefined) onStop(() => deleteTables(tables))
  return { tables, keptFiles: ephemeral ? [] : [lockOf(folder), keysFileIn(folder), ...used.files] }
}

/** Starts a DynamoDB. */
async function started(settings: DatabaseSettings, onStop: OnStop, onEnd: () => void): Promise<Database> {
  const { ephemeral, folder, log } = settings
  const file = ephemeral ? undefined : fileIn(folder)
  const report = (words: string) => {
    onEnd()
    log('warn', 'database', { words })
  }
  const begun = await startDatabase(file, report)
  onStop(begun.stop)
  return begun
}
