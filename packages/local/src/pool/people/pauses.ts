/** Pauses between two mails, by what a person typed: a known and an unknown login pause alike. */
import { createExpiringMap } from './expiring-map.ts'

/** Seconds until another code can be sent. */
export const pauseSeconds = 60

/** The pauses of one purpose. */
export interface Pauses {
  /** Seconds that are left of a login's pause; 0 when there is none. */
  readonly left: (login: string) => number
  readonly begin: (login: string) => void
}

/** Creates the pauses of a purpose. The oldest is forgotten when there are too many. */
export function createPauses(): Pauses {
  const endOf = createExpiringMap<number>({ lifeSeconds: pauseSeconds })
  return {
    left: (login) => Math.max(0, Math.ceil(((endOf.get(login) ?? 0) - Date.now()) / 1000)),
    begin: (login) => endOf.set(login, Date.now() + pauseSeconds * 1000),
  }
}
