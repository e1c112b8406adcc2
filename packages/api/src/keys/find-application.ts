/** Finds the application of a request: by the id in its key, or by the client of its token. */
import type { Log } from '@fieldnotes/core/log'
import type { Principal } from '@fieldnotes/core/principal'
import type { OpenTable } from '@fieldnotes/table/table'
import { type Application, clientOf } from './application.ts'
import { type Find, type Read, rememberFound } from './application-memory.ts'
import { applicationsOf, readApplication } from './stored-applications.ts'

/** Milliseconds after which a read or a note of a key's use is given up. */
export const tableMs = 2000

/** What `createApplications` needs. */
export interface ApplicationsOptions {
  readonly access: OpenTable
  readonly stage: string
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly log: Log
}

/** The applications that an instance finds. */
export interface Applications {
  /** By its id. @throws UNAVAILABLE when it can't be read */
  readonly byId: Find<Application>
  /**
   * Of a third party or a service that sent no key: the first application, by id, that lists its client. So a key that
   * is left out leaves no limit, and a client that can send no key has one of its own. Undefined for people of our own
   * apps. @throws UNAVAILABLE when it can't be read
   */
  readonly ofCaller: (principal: Principal) => Promise<Application | undefined>
}

/** Remembers each application for five seconds, and that a client has none. */
export function createApplications({ access, stage, clock, log }: ApplicationsOptions): Applications {
  const open = () => access.until({ at: clock() + tableMs, clock })
  const logged =
    <Found>(read: Read<Found>): Read<Found> =>
    (name) =>
      read(name).catch((error: unknown) => {
        log('error', 'api_keys.failed', { cause: (error as Error).stack })
        throw error
      })
  const byId = rememberFound(
    logged((id) => readApplication(open(), id)),
    clock,
  )
  const idsOf = rememberFound(
    logged((client) => applicationsOf(open(), client)),
    clock,
  )
  return {
    byId,
    ofCaller: async (principal) => {
      const client = clientOf(principal)
      if (client === undefined || isOwnPerson(principal)) return undefined
      for (const id of (await idsOf(client)) ?? []) {
        const found = await byId(id)
        if (found?.stage === stage && found.clients.includes(client)) return found
      }
      return undefined
    },
  }
}

/** A person of one of our own apps: a page or a phone keeps no key. */
function isOwnPerson(principal: Principal): boolean {
  return principal.kind === 'user' && !principal.thirdParty
}
