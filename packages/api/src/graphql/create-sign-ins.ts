/** The operations on sign-ins of each caller. Only people sign in. */
import { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import type { Principal } from '@fieldnotes/core/principal'
import { requestMs } from '@fieldnotes/table/deadline'
import { createTable } from '@fieldnotes/table/table'
import type { Config } from '../config/config.ts'
import { createCursors } from '../notes/cursors.ts'
import { type IssuerSignOuts, informIssuer } from '../sign-ins/inform-issuers.ts'
import { type SignIns, signInsOf } from '../sign-ins/sign-in-operations.ts'
import { refusing } from './refusing.ts'

export interface SignInsOptions {
  readonly log: Log
  /** How issuers are informed of a sign-out everywhere. Without a way the note stays for another process. */
  readonly issuerSignOuts: IssuerSignOuts | undefined
}

/** Opens the table once, and connects with the first operation. */
export function createSignInsFor(
  { access, cursorSecrets }: Pick<Config, 'access' | 'cursorSecrets'>,
  { log, issuerSignOuts }: SignInsOptions,
): (principal: Principal) => SignIns {
  const opened = access && createTable(access)
  const clock = Date.now
  const cursors = createCursors(cursorSecrets)
  return (caller) => {
    if (caller.kind !== 'user') return refusing(() => new AppError('UNAUTHENTICATED', 'no person'))
    if (!opened) return refusing(() => new AppError('UNAVAILABLE', 'no table Access'))
    const open = () => opened.until({ at: clock() + requestMs, clock })
    return signInsOf({
      open,
      caller,
      cursors,
      clock,
      pause: pauseOnce(),
      inform: async (signOut) =>
        issuerSignOuts && informIssuer({ table: open(), issuers: issuerSignOuts, log }, signOut),
    })
  }
}

/** Waits in the first call; a later one returns at once, or with the first. */
function pauseOnce(): (ms: number) => Promise<void> {
  let waited: Promise<void> | undefined
  return (ms) => {
    waited ??= new Promise((resolve) => setTimeout(resolve, ms))
    return waited
  }
}
