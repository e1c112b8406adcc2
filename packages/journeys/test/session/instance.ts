/** One instance of both functions of a cloud's sessions, with a memory of its own. */
import type { Config } from '@fieldnotes/api/config'
import type { IssuerSignOuts } from '@fieldnotes/api/inform-issuers'
import type { Event, Result } from '@fieldnotes/api/route'
import { loadOnce } from '@fieldnotes/core/load-once'
import type { Log } from '@fieldnotes/core/log'
import type { SessionConfig } from '@fieldnotes/session/config'
import type { KeyService } from '@fieldnotes/session/key-service'
import { createLocalKeys } from '@fieldnotes/session/local-keys'
import { createSessionFunction, type SessionFunction } from '@fieldnotes/session/session-function'
import type { TableConfig } from '@fieldnotes/table/table-config'
import type { Context as Invocation } from 'aws-lambda'

/** The name of the session's cookie. */
export const sessionCookie = '__Host-session'

/** What an instance is created from. It is JSON, so that another process can get it. */
export interface InstanceSettings {
  readonly config: Config & { readonly access: TableConfig }
  readonly sessions: SessionConfig
  readonly folderSecret: string
}

/** What a test changes in one instance. */
export interface InstanceOptions {
  readonly fetch?: typeof fetch
  readonly keys?: KeyService
  /** How sign-ins end at each issuer. None of them has a way without it. */
  readonly issuerSignOuts?: IssuerSignOuts
  /** Where its table of sessions is. */
  readonly endpoint?: string
  /** Seconds by which its clock is ahead. */
  readonly ahead?: number
}

/** What a browser sends to an instance. */
export interface Calls {
  /** Sends a query, `{ me { id } }` by default, with a cookie through the entry. */
  readonly call: (cookie: string, query?: string) => Promise<{ readonly status: number; readonly body: string }>
  /** Opens an address of the function that signs in, with these cookies. */
  readonly open: (url: string, ...cookies: readonly string[]) => Promise<Result>
  /** Signs the session of a cookie out. */
  readonly signOut: (cookie: string) => Promise<Result>
  /** Signs in with an ID token of Firebase, in a browser that has these cookies. */
  readonly firebase: (idToken: string, ...cookies: readonly string[]) => Promise<Result>
}

/** One instance of both functions. */
export interface Instance extends SessionFunction, Calls {}

/** Creates an instance. */
export function createInstance(
  { config, sessions, folderSecret }: InstanceSettings,
  { ahead = 0, fetch, endpoint = '', keys = createLocalKeys(folderSecret), issuerSignOuts = {} }: InstanceOptions,
  log: Log,
): Instance {
  const access = endpoint ? { ...config.access, endpoint } : config.access
  const settled = { ...sessions, access }
  const clock = () => Date.now() + ahead * 1000
  const shared = { loopbackIssuers: 'trust', environment: {}, log, clock, ...(fetch && { fetch }) } as const
  const made = createSessionFunction(settled, { ...shared, keys, issuerSignOuts })
  // Loaded at its first use: a process that signs in needs no endpoint.
  const entry = loadOnce(async () => {
    const [{ createEntry }, { createHandler }, { createEnsureProfile }] = await Promise.all([
      import('@fieldnotes/session/entry'),
      import('@fieldnotes/api/server'),
      import('@fieldnotes/api/profiles'),
    ])
    const graphql = createHandler({ ...config, access, via: 'session' }, shared)
    return createEntry(settled, {
      ...shared,
      refresh: made.refresh,
      graphql,
      ensureProfile: createEnsureProfile(config),
    })
  })
  const own = ownRequest(sessions.origin)
  const withCookie = (cookie: string) => ({ headers: own.headers, cookies: [`${sessionCookie}=${cookie}`] })
  return {
    ...made,
    call: async (cookie, query) => {
      const { body: sent } = ownRequest(sessions.origin, query)
      const event = eventAt('/session/graphql', 'POST', { ...withCookie(cookie), body: sent })
      const { statusCode = 0, body = '' } = await (await entry())(event, {} as Invocation)
      return { status: statusCode, body }
    },
    signOut: (cookie) => made.handler(eventAt('/session/logout', 'POST', withCookie(cookie)), {} as Invocation),
    firebase: (idToken, ...cookies) => {
      const sent = { headers: own.headers, cookies: [...cookies], body: JSON.stringify({ idToken }) }
      return made.handler(eventAt('/session/firebase', 'POST', sent), {} as Invocation)
    },
    open: (address, ...cookies) => {
      const { pathname, search } = new URL(address, sessions.origin)
      const changes = { rawQueryString: search.slice(1), cookies: [...cookies] }
      return made.handler(eventAt(pathname, 'GET', changes), {} as Invocation)
    },
  }
}

/** A request of our own page. */
export function ownRequest(url: string, query = '{ me { id } }') {
  const headers = { 'content-type': 'application/json', 'x-fieldnotes': '1', origin: url }
  return { method: 'POST', headers, body: JSON.stringify({ query }) }
}

/** An event at a path; `changes` replaces its members. */
function eventAt(path: string, method: string, changes: Partial<Event>): Event {
  const http = { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' }
  const named = { accountId: '', apiId: '', domainName: '', domainPrefix: '', requestId: 'r', routeKey: '' }
  return {
    version: '2.0',
    routeKey: `ANY ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: {},
    requestContext: { ...named, stage: '$default', http, time: '', timeEpoch: 0 },
    isBase64Encoded: false,
    ...changes,
  }
}
