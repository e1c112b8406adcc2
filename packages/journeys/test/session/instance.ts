/** One instance of both functions of browser sessions, with a memory of its own. */
import type { Config } from '@fieldnotes/api/config'
import type { IssuerSignOuts } from '@fieldnotes/api/inform-issuers'
import { createEnsureProfile } from '@fieldnotes/api/profiles'
import type { Event, Result } from '@fieldnotes/api/route'
import { createHandler } from '@fieldnotes/api/server'
import type { SessionConfig } from '@fieldnotes/session/config'
import { createEntry } from '@fieldnotes/session/entry'
import type { KeyService } from '@fieldnotes/session/key-service'
import { createSessionFunction, type SessionFunction } from '@fieldnotes/session/session-function'
import type { TableConfig } from '@fieldnotes/table/table-config'
import type { Context as Invocation } from 'aws-lambda'

/** The name of the session's cookie. */
export const sessionCookie = '__Host-session'

/** What a test changes in one instance. */
export interface InstanceOptions {
  readonly fetch?: typeof fetch
  readonly keys?: KeyService
  /** Where its table of sessions is. */
  readonly endpoint?: string
  /** Seconds by which its clock is ahead. */
  readonly ahead?: number
}

/** One instance of both functions, with a memory of its own. */
export interface Instance extends SessionFunction {
  /** Sends `{ me { id } }` with a cookie through the entry. */
  readonly call: (cookie: string) => Promise<{ readonly status: number; readonly body: string }>
  /** Opens an address of the function that signs in, with these cookies. */
  readonly open: (url: string, ...cookies: readonly string[]) => Promise<Result>
  /** Signs the session of a cookie out. */
  readonly signOut: (cookie: string) => Promise<Result>
}

/** What an instance is made of: the configuration of the cloud beside which it runs. */
export interface InstanceParts {
  /** Base URL of the cloud. */
  readonly url: string
  readonly config: Config & { readonly access: TableConfig }
  readonly sessions: SessionConfig
  readonly keys: KeyService
  readonly issuerSignOuts: IssuerSignOuts
  readonly options: Parameters<typeof createHandler>[1]
}

type Shared = Omit<Parameters<typeof createSessionFunction>[1], 'keys' | 'issuerSignOuts'>

/** Creates an instance. */
export function createInstance(parts: InstanceParts, changes: InstanceOptions = {}): Instance {
  const { url, config, sessions, issuerSignOuts } = parts
  const { ahead = 0, keys = parts.keys, fetch, endpoint = '' } = changes
  const access = endpoint ? { ...config.access, endpoint } : config.access
  const settled = { ...sessions, access }
  const shared = { ...parts.options, clock: () => Date.now() + ahead * 1000, ...(fetch && { fetch }) } as Shared
  const made = createSessionFunction(settled, { ...shared, keys, issuerSignOuts })
  const graphql = createHandler({ ...config, access, via: 'session' }, shared)
  const ensureProfile = createEnsureProfile(config)
  const entry = createEntry(settled, { ...shared, refresh: made.refresh, graphql, ensureProfile })
  const cookieOf = (cookie: string) => [`${sessionCookie}=${cookie}`]
  return {
    ...made,
    call: async (cookie) => {
      const { headers, body: sent } = ownRequest(url)
      const event = eventAt('/session/graphql', 'POST', { headers, body: sent, cookies: cookieOf(cookie) })
      const { statusCode = 0, body = '' } = await entry(event, {} as Invocation)
      return { status: statusCode, body }
    },
    signOut: (cookie) => {
      const { headers } = ownRequest(url)
      return made.handler(eventAt('/session/logout', 'POST', { headers, cookies: cookieOf(cookie) }), {} as Invocation)
    },
    open: (address, ...cookies) => {
      const { pathname, search } = new URL(address, url)
      const event = eventAt(pathname, 'GET', { rawQueryString: search.slice(1), cookies: [...cookies] })
      return made.handler(event, {} as Invocation)
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
