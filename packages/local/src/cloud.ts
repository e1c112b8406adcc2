/**
 * Starts the whole cloud on one machine: database, issuers and the Lambda handler, each after the parts that it needs.
 */
import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import type { Config, TableConfig } from '@fieldnotes/api/config'
import { deleteTable } from '@fieldnotes/api/create-table'
import type { Executor } from '@fieldnotes/core/executors'
import type { Log } from '@fieldnotes/core/log'
import type { Issuer } from '@fieldnotes/identity/issuer'
import { createTable } from './create-table.ts'
import { takeFolder } from './data-folder.ts'
import { startDatabase } from './database.ts'
import { type Cors, createCors } from './gateway/cors.ts'
import { type Handler, pass } from './gateway/gateway.ts'
import { respondAlone } from './gateway/respond.ts'
import { discovery } from './issuers/discovery.ts'
import { publishIssuers } from './issuers/issuers-file.ts'
import { issuersAt, trusted } from './issuers/local-issuers.ts'
import { createKeys, hasKeys, type Keys, keysOf } from './issuers/signing-keys.ts'
import { listen } from './listen.ts'
import { createSite, type Site } from './site.ts'
import { wordsOf } from './usage-error.ts'

export interface CloudSettings {
  /** TCP port on 127.0.0.1; 0 selects any free one. */
  readonly port: number
  readonly folder: string
  /** Stores nothing: notes are in memory. Keys are in memory too, unless the folder already has some. */
  readonly ephemeral: boolean
  /** URL of another DynamoDB; the embedded one is started when it is undefined. */
  readonly endpoint: string | undefined
  readonly region: string
  /** Trusted beside the issuers of the local cloud. */
  readonly issuers?: readonly Issuer[]
  /** What executes operations; plans when undefined. */
  readonly executor?: Executor | undefined
  readonly log: Log
  /** Called last, after the database and the issuers: an error in them is reported without loading the endpoint. */
  readonly createHandler: (config: Config) => Handler | Promise<Handler>
}

export interface Cloud {
  readonly url: string
  readonly table: TableConfig
  readonly stop: () => Promise<void>
}

type OnStop = (end: () => unknown) => void

interface Served {
  readonly cors: Cors
  readonly site: Site
  readonly handler: Promise<Handler>
}

/** Answers preflights first, then paths of the site. Every other request waits until the endpoint has loaded. */
function serving({ cors, site, handler }: Served, log: Log): RequestListener {
  return async (request, response) => {
    try {
      if (cors(request, response)) return
      if (!(await site(request, response))) await pass(await handler, request, response)
    } catch (error) {
      log('error', 'gateway', { cause: wordsOf(error) })
      respondAlone(response, 500)
    }
  }
}

/**
 * Paths that pages of other origins may read: the endpoint, its metadata, and the issuers' public documents. Tokens and
 * pages are not among them.
 */
function crossOriginPaths(resource: string, documents: ReadonlyMap<string, unknown>): string[] {
  const { pathname } = new URL(resource)
  return [pathname, `/.well-known/oauth-protected-resource${pathname}`, ...documents.keys()]
}

/** Connects to a DynamoDB, or starts one, and creates the table in it. */
async function database(settings: CloudSettings, onStop: OnStop): Promise<TableConfig> {
  const { endpoint, ephemeral, folder, region, log } = settings
  if (endpoint) {
    const table = { name: ephemeral ? `fieldnotes-${randomUUID()}` : 'fieldnotes', region, endpoint }
    await createTable(table)
    if (ephemeral) onStop(() => deleteTable(table))
    return table
  }
  const file = ephemeral ? undefined : join(folder, 'notes.db')
  const started = await startDatabase(file, (words) => log('warn', 'database', { words }))
  onStop(started.stop)
  const table = { name: 'fieldnotes', region, endpoint: started.endpoint }
  await createTable(table)
  return table
}

function configOf(url: string, issuers: readonly Issuer[], table: TableConfig, keys: Keys): Omit<Config, 'executor'> {
  return {
    stage: 'local',
    development: true,
    resource: `${url}/graphql`,
    issuers,
    table,
    operations: 'any',
    cursorSecrets: [keys.cursorSecret],
  }
}

async function build(settings: CloudSettings, onStop: OnStop): Promise<Omit<Cloud, 'stop'>> {
  const { folder, ephemeral, port, log } = settings
  onStop(await takeFolder(folder))
  const keys = ephemeral && !hasKeys(folder) ? await createKeys() : await keysOf(folder)
  const table = await database(settings, onStop)
  const { url, serve, stop } = await listen(port)
  onStop(stop)
  const issuers = issuersAt(url, keys)
  const documents = discovery(issuers)
  const { executor, issuers: added = [] } = settings
  const config = { ...configOf(url, [...trusted(issuers), ...added], table, keys), executor }
  const handler = Promise.resolve(settings.createHandler(config))
  const cors = createCors(crossOriginPaths(config.resource, documents))
  serve(serving({ cors, site: createSite(issuers, documents), handler }, log))
  await handler
  onStop(publishIssuers(folder, issuers))
  return { url, table }
}

/** Logs a failure instead of throwing it, so that the remaining parts are still stopped. */
async function attempt(end: () => unknown, log: Log): Promise<void> {
  try {
    await end()
  } catch (error) {
    log('warn', 'stop', { cause: wordsOf(error) })
  }
}

/**
 * Starts database, issuers and endpoint. When one of them fails, the parts that already run are stopped.
 * @throws UsageError for a folder, a port or a database that can't be used
 */
export async function startCloud(settings: CloudSettings): Promise<Cloud> {
  const ends: (() => unknown)[] = []
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await attempt(end, settings.log)
  }
  try {
    return { ...(await build(settings, (end) => ends.push(end))), stop }
  } catch (error) {
    await stop()
    throw error
  }
}
