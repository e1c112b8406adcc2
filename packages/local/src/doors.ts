/**
 * The functions that the laptop's gateway loads at their first request: all of the table of routes but the endpoint.
 */
import type { Config } from '@fieldnotes/api/config'
import type { Log } from '@fieldnotes/core/log'
import type { FunctionName } from '@fieldnotes/core/routes'
import type { Handler } from './gateway/gateway.ts'
import { loadOnce } from './gateway/load-once.ts'
import type { Handlers } from './gateway/serve-routes.ts'

/** What a door of the local cloud gets: the endpoint's configuration has the tables and the issuers. */
export interface DoorOptions {
  /** Base URL of the cloud. */
  readonly url: string
  readonly config: Config
  readonly log: Log
}

/** Loads a function and creates its handler. */
type Door = (options: DoorOptions) => Promise<Handler>

/** One row for each function except `graphql`, which is loaded when the cloud starts. */
const doors: Readonly<Record<Exclude<FunctionName, 'graphql'>, Door>> = {}

/** The doors, each of which is loaded once, at its first request. */
export function doorHandlers(options: DoorOptions): Handlers {
  return Object.fromEntries(Object.entries<Door>(doors).map(([name, door]) => [name, loadOnce(() => door(options))]))
}
