/** Who a request counts against, and how much it may use: its API key first, then its limit. */
import type { Log } from '@fieldnotes/core/log'
import type { Principal } from '@fieldnotes/core/principal'
import { receivedAt } from '@fieldnotes/table/received-at'
import { createTable } from '@fieldnotes/table/table'
import type { Config } from '../config/config.ts'
import { createCheckKey } from '../keys/check-key.ts'
import { createRateGates, openGate, type RateGate } from './rate-gate.ts'

/** The parts of an event that are read. */
interface RequestParts {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly requestContext: { readonly timeEpoch?: number }
}

/**
 * Returns the gate of a request whose caller is known.
 * @throws UNAUTHENTICATED for an API key that is not acceptable, or missing; UNAVAILABLE when it can't be judged
 */
export type LimitCaller = (request: RequestParts, principal: Principal) => Promise<RateGate>

/** What the limits need of the handler. */
export interface CallerLimitsOptions {
  readonly log: Log
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/** Opens the tables. Without them, which only configurations that are written by hand lack, no caller is limited. */
export function createLimitCaller(
  { access, rates, stage, apiKeys = 'optional' }: Config,
  { log, clock }: CallerLimitsOptions,
): LimitCaller {
  if (!access || !rates) return async () => openGate
  const checkKey = createCheckKey({ access: createTable(access), stage, apiKeys, clock, log })
  const gateFor = createRateGates(createTable(rates), clock, log)
  return async ({ headers, requestContext }, principal) => {
    const application = await checkKey(headers, principal)
    return gateFor({ principal, application, now: receivedAt(requestContext, clock) })
  }
}
