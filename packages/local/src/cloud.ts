/**
 * Starts the whole cloud on one machine: database, issuers and the Lambda handler, each after the parts that it needs.
 */
import type { Config } from '@fieldnotes/api/config'
import type { HandlerOptions } from '@fieldnotes/api/route'
import type { Executor } from '@fieldnotes/core/executors'
import type { GroupMode } from '@fieldnotes/core/group-policy'
import type { Log } from '@fieldnotes/core/log'
import { routeRows } from '@fieldnotes/core/routes'
import { sessionRouteRows } from '@fieldnotes/core/session-routes'
import { exporterRoutes } from '@fieldnotes/exporter/exporter-routes'
import type { Issuer } from '@fieldnotes/identity/issuer'
import { issuerRoutes } from '@fieldnotes/issuer/issuer-routes'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { authorizersOf, type CreateAuthorizer } from './cloud-authorizers.ts'
import { configOf } from './cloud-config.ts'
import { database, type OnStop } from './cloud-database.ts'
import { corsFor, serving } from './cloud-serving.ts'
import { signInSites } from './cloud-sign-ins.ts'
import { takeFolder } from './data-folder.ts'
import { logIn } from './database.ts'
import { createDoors } from './doors.ts'
import { storeExample } from './example-application.ts'
import { exporterDoor } from './exporter/exporter-door.ts'
import { type ChallengeHeader, withChallengeHeader } from './gateway/challenge-header.ts'
import type { Handler } from './gateway/gateway.ts'
import { createServeRoutes } from './gateway/serve-routes.ts'
import { publishGroupMode } from './group-mode-file.ts'
import { createIdentityPool, signedRequestsOf } from './identity-pool/identity-pool.ts'
import { publishClients } from './issuers/clients-file.ts'
import { discovery } from './issuers/discovery.ts'
import { listedExampleApps, storeExampleApps } from './issuers/example-apps.ts'
import { storeExampleSources } from './issuers/example-sources.ts'
import { publishIssuers } from './issuers/issuers-file.ts'
import { issuerNamed, issuersAt, trusted } from './issuers/local-issuers.ts'
import { listedOwnClients, ownIssuer } from './issuers/own-issuer.ts'
import { createKeys, hasKeys, keysOf } from './issuers/signing-keys.ts'
import { type Keeper, keepFiles, whileKept } from './kept-files.ts'
import { listen } from './listen.ts'
import { listedClients } from './pool/clients.ts'
import { retrySignOuts } from './retry-sign-outs.ts'
import { createSite } from './site.ts'
import { publishTables } from './tables.ts'
import { wordsOf } from './usage-error.ts'

/** Parts of the cloud that the endpoint uses. */
export type EndpointParts = Readonly<Required<Pick<HandlerOptions, 'issuerSignOuts'>>>

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
  /** The share of the requests whose decisions are recorded in the log; none when undefined. */
  readonly decisionSample?: Config['decisionSample']
  /** What holds for a person who is in no group with a policy; `open` when undefined. */
  readonly groups?: GroupMode | undefined
  /** Whether a token needs an API key too; `optional` when undefined. */
  readonly apiKeys?: Config['apiKeys']
  /** Name under which clients receive `WWW-Authenticate`; that name itself when undefined. */
  readonly challengeHeader?: ChallengeHeader | undefined
  readonly log: Log
  /**
   * Called last, after the database and the issuers: an error in them is reported without loading the endpoint. The
   * second argument is for the options of the endpoint. What it does not do, the cloud does within 5 seconds.
   */
  readonly createHandler: (config: Config, parts: EndpointParts) => Handler | Promise<Handler>
  /**
   * Loads the authorizer, at the first request that needs it. The endpoint then demands its verdict. Without it no
   * authorizer runs, and the endpoint judges alone: for handlers that trust other issuers than the configuration.
   */
  readonly createAuthorizer?: CreateAuthorizer
}

export interface Cloud {
  readonly url: string
  /** The table of the notes. */
  readonly table: TableConfig
  /** The table of sessions, clients and revocations. */
  readonly access: TableConfig
  readonly stop: () => Promise<void>
}

async function build(settings: CloudSettings, onStop: OnStop): Promise<Omit<Cloud, 'stop'>> {
  const { folder, ephemeral, port, log } = settings
  onStop(await takeFolder(folder))
  const keys = ephemeral && !hasKeys(folder) ? await createKeys() : await keysOf(folder)
  let keeper: Keeper | undefined
  const { tables, keptFiles } = await database(settings, onStop, () => keeper?.forget(logIn(folder)))
  keeper = keepFiles(keptFiles, log)
  const { isKept, stop: stopKeeping } = keeper
  onStop(stopKeeping)
  /** Files of another cloud, which uses a new folder of that name, are left alone. */
  const onStopIfKept: OnStop = (end) => onStop(() => isKept() && end())
  const { url, serve, stop } = await listen(port)
  onStop(stop)
  const issuers = issuersAt(url, keys)
  const documents = discovery(issuers.filter(({ name }) => name !== 'fieldnotes'))
  const rows = [...routeRows, ...issuerRoutes, ...exporterRoutes, ...sessionRouteRows]
  const { executor, decisionSample, groups, challengeHeader = 'www-authenticate', issuers: added = [] } = settings
  const userPool = issuerNamed(issuers, 'cognito')
  const signIns = signInSites({ origin: url, issuers, keys }, settings)
  const identityPool = createIdentityPool({
    isCurrent: signIns.isCurrent,
    userPool,
    access: tables.access,
    folderSecret: keys.cursorSecret,
    log,
  })
  const gate = settings.createAuthorizer ? ('demanded' as const) : ('absent' as const)
  const iam = signedRequestsOf(userPool)
  const config = {
    ...configOf({ url, issuers: [...trusted(issuers), ...added], tables, folderSecret: keys.cursorSecret }),
    ...{ executor, gate, iam },
    ...(decisionSample && { decisionSample }),
    ...(groups && { groups }),
    ...(settings.apiKeys && { apiKeys: settings.apiKeys }),
  }
  const { issuerSignOuts } = signIns
  const createHandler = (each: Config) => settings.createHandler(each, { issuerSignOuts })
  const handler = Promise.resolve(createHandler(config))
  const shared = { url, config, folderSecret: keys.cursorSecret, log }
  const issuer = ownIssuer({ ...shared, issuers })
  const exporter = exporterDoor({ ...shared, folder: ephemeral ? undefined : folder })
  onStop(exporter.stop)
  const doors = createDoors({ ...shared, createHandler, issuerSignOuts })
  const handlers = { ...doors.handlers, issuer, exporter: exporter.load, graphql: () => handler }
  const named = withChallengeHeader(whileKept(handlers, isKept), challengeHeader)
  const authorizers = { ...authorizersOf(config, settings.createAuthorizer), iam: identityPool.authorize }
  const serveRoutes = createServeRoutes({ rows, handlers: named, authorizers, log })
  const sites = [createSite(issuers, documents), exporter.bucket, identityPool.site, ...signIns.sites]
  serve(serving({ cors: corsFor(rows, documents), sites, serveRoutes, isKept }, log))
  await Promise.all([
    handler,
    storeExample(tables.access, keys.cursorSecret),
    storeExampleApps(tables.access, keys.cursorSecret),
    storeExampleSources(tables.access, userPool.issuer),
  ])
  onStop(retrySignOuts({ access: tables.access, informPending: doors.informPending, log }))
  onStopIfKept(publishIssuers(folder, { issuers, names: config.issuers.map(({ name }) => name) }))
  const clients = [listedClients, listedOwnClients, listedExampleApps].flatMap((list) => list(keys.cursorSecret))
  onStopIfKept(publishClients(folder, clients))
  onStopIfKept(publishTables(folder, tables))
  onStopIfKept(publishGroupMode(folder, groups ?? 'open'))
  return { url, table: tables.notes, access: tables.access }
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
