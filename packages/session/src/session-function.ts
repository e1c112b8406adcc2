/** The function that signs in, refreshes and signs out. It has the key service, and no notes. */
import { type IssuerSignOuts, informPending } from '@fieldnotes/api/inform-issuers'
import type { SessionPathOf } from '@fieldnotes/core/session-routes'
import { createTable } from '@fieldnotes/table/table'
import { answering, type Row } from './answering.ts'
import type { OwnIssuerConfig, SessionConfig } from './config.ts'
import { createEnvelope } from './crypto/envelope.ts'
import type { KeyService } from './crypto/key-service.ts'
import { signInFailed } from './http/answers.ts'
import type { Event, Handler, Result } from './http/event.ts'
import { assertOwnRequest } from './http/own-request.ts'
import { createOwnIssuer } from './provider/firebase-holder.ts'
import { createProvider, type Provider } from './provider/oauth-provider.ts'
import { createSessionIdentity, type JudgeOptions } from './session-identity.ts'
import { finishSignIn, startSignIn } from './steps/browser-sign-in.ts'
import { signOut } from './steps/browser-sign-out.ts'
import { signInWithFirebase } from './steps/firebase-sign-in.ts'
import { informOfEnded } from './steps/inform-provider.ts'
import { type Refresh, refresh } from './steps/refresh-session.ts'
import type { SessionParts } from './steps/session-parts.ts'
import { showSession } from './steps/show-session.ts'

/** What differs between Lambda, a laptop and tests. */
export interface SessionOptions extends JudgeOptions {
  readonly keys: KeyService
  /** How sign-ins end at an issuer, for people who have signed out everywhere. */
  readonly issuerSignOuts: IssuerSignOuts
}

/** The function. Its entry calls `refresh` alone. */
export interface SessionFunction {
  readonly handler: Handler
  readonly refresh: Refresh
  /**
   * Informs providers of ended sessions, and issuers of sign-outs everywhere: what a crash or an outage has left. It is
   * called by a schedule, and may run any number of times at once. Returns how many of those that it has read are left.
   * @throws UNAVAILABLE when the table is out of reach
   */
  readonly informPending: () => Promise<number>
}

/** Milliseconds for all calls of the table in one request: a refresh waits for another one longer than a query does. */
const requestMs = 12_000

/** Milliseconds for the table's calls of each half of a pass. With their last requests both halves end within 50 s. */
const halfPassMs = 20_000

type Step = (parts: SessionParts, event: Event) => Promise<Result>

/** The paths of the function. Those that change something are accepted from our own pages alone. */
function rowsOf(config: SessionConfig, parts: () => SessionParts): Readonly<Record<SessionPathOf<'session'>, Row>> {
  const answer = (step: Step) => (event: Event) => step(parts(), event)
  const own = (step: Step, body?: Parameters<typeof assertOwnRequest>[2]) => async (event: Event) => {
    assertOwnRequest(event, config.origin, body)
    return step(parts(), event)
  }
  const firebaseNames = config.issuers.filter(({ kind }) => kind === 'firebase').map(({ name }) => name)
  const firebase: Step = (given, event) => signInWithFirebase(given, event, { firebaseNames })
  return {
    '/session': { method: 'GET', answer: answer(showSession) },
    '/session/login': { method: 'GET', answer: answer(startSignIn) },
    '/session/callback': { method: 'GET', answer: answer(finishSignIn), failed: signInFailed },
    '/session/firebase': { method: 'POST', answer: own(firebase) },
    '/session/logout': { method: 'POST', answer: own(signOut, 'body or none') },
  }
}

/** People of Firebase sign out there in their page, with its SDK: no address ends anything in their browser. */
function clientsOf(
  { origin, issuers, provider, ownIssuer }: SessionConfig,
  { logoutUrl }: Provider,
): SessionParts['clients'] {
  const clientAt = ({ issuer: url, clientId }: OwnIssuerConfig) => {
    const issuer = issuers.find((row) => row.issuer === url)?.name ?? ''
    return { issuer, clientId }
  }
  return {
    pool: { ...clientAt(provider), logoutUrl },
    own: { ...clientAt(ownIssuer), logoutUrl: `${origin}/` },
  }
}

/**
 * Creates the function, once for the life of a process.
 * @throws Error when a setting is missing or weakens a check
 */
export function createSessionFunction(config: SessionConfig, options: SessionOptions): SessionFunction {
  const { log, keys, clock = Date.now } = options
  const access = createTable(config.access)
  const identity = createSessionIdentity(config, options)
  const provider = createProvider(config.provider, { ...options, origin: config.origin })
  const ownIssuer = createOwnIssuer(config.ownIssuer, config.resource, options)
  const clients = clientsOf(config, provider)
  const shared = { provider, ownIssuer, clients, envelope: createEnvelope(keys, clock), identity, log, clock }
  const parts = (ms = requestMs): SessionParts => ({ ...shared, table: access.until({ at: clock() + ms, clock }) })
  return {
    refresh: (cookie) => refresh(parts(), cookie),
    informPending: async () => {
      // The first half ends sessions, of which the second informs their provider.
      const left = await informPending({ ...parts(halfPassMs), issuers: options.issuerSignOuts })
      return left + (await informOfEnded(parts(halfPassMs)))
    },
    handler: answering(rowsOf(config, parts), { log, challenge: identity.challenge }),
  }
}
