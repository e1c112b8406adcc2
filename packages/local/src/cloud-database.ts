/** The database of the local cloud, and the files that it keeps. */
import type { Log } from '@fieldnotes/core/log'
import { lockOf } from './data-folder.ts'
import { fileIn, logIn, startDatabase } from './database.ts'
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

/**
 * Connects to a DynamoDB, or starts one, and creates the tables in it. `onEnd` runs when the embedded one ends by
 * itself, before its restart.
 */
export async function database(settings: DatabaseSettings, onStop: OnStop, onEnd: () => void): Promise<Tables> {
  const { endpoint, ephemeral, region } = settings
  const tables = tablesAt({
    endpoint: endpoint ?? (await embedded(settings, onStop, onEnd)),
    region,
    temporary: ephemeral && endpoint !== undefined,
  })
  await createTables(tables)
  if (ephemeral && endpoint !== undefined) onStop(() => deleteTables(tables))
  return tables
}

/** Starts the embedded DynamoDB, and returns its URL. */
async function embedded(settings: DatabaseSettings, onStop: OnStop, onEnd: () => void): Promise<string> {
  const { ephemeral, folder, log } = settings
  const file = ephemeral ? undefined : fileIn(folder)
  const report = (words: string) => {
    onEnd()
    log('warn', 'database', { words })
  }
  const started = await startDatabase(file, report)
  onStop(started.stop)
  return started.endpoint
}

/** The files whose loss would lose what is stored. An ephemeral cloud stores nothing in the folder. */
export function keptFiles({ ephemeral, folder }: Pick<DatabaseSettings, 'ephemeral' | 'folder'>): readonly string[] {
  return ephemeral ? [] : [lockOf(folder), fileIn(folder), logIn(folder)]
}
