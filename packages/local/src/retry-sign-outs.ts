/**
 * The laptop's half of a sign-out everywhere: ends the sign-ins at the user pool and at Firebase, and tries again what
 * a crash or a failure has left. A stage does it with `AdminUserGlobalSignOut` and `revokeRefreshTokens`.
 */
import type { IssuerSignOuts } from '@fieldnotes/api/inform-issuers'
import type { Log } from '@fieldnotes/core/log'
import { createTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { wordsOf } from './usage-error.ts'

/** Milliseconds between two looks for sign-outs of which an issuer is not informed. */
const pauseMs = 5000

/** What the look needs. */
export interface RetryOptions {
  readonly access: TableConfig
  readonly issuers: IssuerSignOuts
  readonly log: Log
}

/** Informs the issuers of what is left, now and every 5 seconds. Returns a function that ends it. */
export function retrySignOuts({ access, issuers, log }: RetryOptions): () => Promise<void> {
  const table = createTable(access)
  const look = async (): Promise<void> => {
    const { informPending } = await import('@fieldnotes/api/inform-issuers')
    await informPending({ table, issuers, log })
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  let running = Promise.resolve()
  const next = (pause: number): void => {
    timer = setTimeout(() => {
      running = look()
        .catch((error: unknown) => log('warn', 'sign_out.not_read', { cause: wordsOf(error) }))
        .then(() => timer && next(pauseMs))
    }, pause)
    timer.unref()
  }
  next(0)
  return () => {
    clearTimeout(timer)
    timer = undefined
    return running
  }
}
