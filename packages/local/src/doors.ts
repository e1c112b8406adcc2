/**
 * The functions that the laptop's gateway loads at their first request: all of the tables of routes but the endpoint.
 */
import type { Config } from '@fieldnotes/api/config'
import type { IssuerSignOuts } from '@fieldnotes/api/inform-issuers'
import { loadOnce } from '@fieldnotes/core/load-once'
import type { Log } from '@fieldnotes/core/log'
import type { FunctionName } from '@fieldnotes/core/routes'
import type { SessionFunctionName } from '@fieldnotes/core/session-routes'
import type { TableConfig } from '@fieldnotes/table/table-config'
import type { Handler } from './gateway/gateway.ts'
import type { Handlers } from './gateway/serve-routes.ts'
import { sessionDoors } from './session-doors.ts'

/** What a door of the local cloud gets: the endpoint's configuration has the tables and the issuers. */
export interface DoorOptions {
  /** Base URL of the cloud. */
  readonly url: string
  readonly config: Config & { readonly access: TableConfig }
  /** A secret of the data folder, from which keys and secrets of clients are derived. */
  readonly folderSecret: string
  /** How sign-ins end at each issuer. */
  readonly issuerSignOuts: IssuerSignOuts
  /** Creates the endpoint, for a door that calls it in its own process. */
  readonly createHandler: (config: Config) => Handler | Promise<Handler>
  readonly log: Log
}

/** Loads a function and creates its handler. */
type Door = (options: DoorOptions) => Promise<Handler>

/** One row for each function except `graphql`, which is loaded when the cloud starts, and those of sessions. */
const doors: Readonly<Record<Exclude<FunctionName, 'graphql'>, Door>> = {}

/** The doors, and the pass that a schedule calls. */
export interface Doors {
  /** Each is loaded once, at its first request. */
  readonly handlers: Handlers
  /** Informs providers and issuers of what has ended. Returns how much is left. */
  readonly informPending: () => Promise<number>
}

/** Creates the doors. Nothing is loaded yet. */
export function createDoors(options: DoorOptions): Doors {
  const loaded = Object.entries<Door>(doors).map(([name, door]) => [name, loadOnce(() => door(options))])
  const { handlers, informPending } = sessionDoors(options)
  const sessions: Record<SessionFunctionName, unknown> = handlers
  return { handlers: { ...Object.fromEntries(loaded), ...sessions }, informPending }
}
