/** A running cloud with browser sessions, browsers, and further instances of both functions. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '@fieldnotes/api/config'
import type { IssuerSignOuts } from '@fieldnotes/api/inform-issuers'
import { createHandler } from '@fieldnotes/api/server'
import type { Log } from '@fieldnotes/core/log'
import { startCloud } from '@fieldnotes/local/cloud'
import { sessionConfigOf } from '@fieldnotes/local/session-doors'
import { createVisitor, type Visitor } from '@fieldnotes/local/test/visitor'
import type { KeyService } from '@fieldnotes/session/key-service'
import { createLocalKeys } from '@fieldnotes/session/local-keys'
import { sessionKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { createTable, type OpenTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { executor } from '../support/executor.ts'
import { createInstance, type Instance, type InstanceOptions, type InstanceSettings, ownRequest } from './instance.ts'

/** The cloud. */
export interface World {
  readonly url: string
  /** The data folder. */
  readonly folder: string
  /** URL of the database. */
  readonly endpoint: string
  /** The table of sessions itself. */
  readonly access: OpenTable
  readonly notes: OpenTable
  readonly keys: KeyService
  /** Everything that was logged. */
  readonly logged: () => string
  /** What further instances are created from. */
  readonly settings: InstanceSettings
  readonly newInstance: (options?: InstanceOptions) => Promise<Instance>
  readonly newBrowser: () => Visitor
  /** A browser in which a person has signed in. */
  readonly signedIn: (person?: Person, path?: string) => Promise<Visitor>
  readonly stop: () => Promise<void>
}

/** People of the local user pool. */
export type Person = 'alice' | 'bob' | 'carol'

/** The cookies of started sign-ins that a browser has, as `name=value`. */
export function signInCookiesIn(browser: Visitor): readonly string[] {
  const names = browser.cookies().split(' ')
  return names.filter((name) => name.startsWith('__Host-login-')).map((name) => `${name}=${browser.cookie(name)}`)
}

/** Starts a cloud without a data file. The caller stops it. */
export async function startWorld(): Promise<World> {
  process.env.AWS_ACCESS_KEY_ID ??= 'local'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'local'
  const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
  const lines: string[] = []
  const log: Log = (...line) => lines.push(JSON.stringify(line))
  let found: Config | undefined
  const options = { loopbackIssuers: 'trust', environment: {}, log } as const
  let issuerSignOuts: IssuerSignOuts = {}
  const start = { port: 0, folder, ephemeral: true, endpoint: undefined, executor, region: 'eu-west-1', log }
  const cloud = await startCloud({
    ...start,
    createHandler: (config, { issuerSignOuts: given }) => {
      found ??= config
      issuerSignOuts = given
      return createHandler(config, options)
    },
  })
  const config = found as Config & { readonly access: TableConfig }
  const [folderSecret = ''] = config.cursorSecrets
  const keys = createLocalKeys(folderSecret)
  const settings = { config, folderSecret, sessions: sessionConfigOf({ url: cloud.url, config, folderSecret }) }
  const newBrowser = () => createVisitor(cloud.url)
  return {
    url: cloud.url,
    folder,
    endpoint: String(cloud.access.endpoint),
    access: createTable(cloud.access),
    notes: createTable(cloud.table),
    keys,
    logged: () => lines.join('\n'),
    newBrowser,
    signedIn: async (person = 'alice', path = '/session/login?return=/health') => {
      const browser = newBrowser()
      await signInAt(browser, path, person)
      return browser
    },
    settings,
    newInstance: async (options = {}) => createInstance(settings, { keys, issuerSignOuts, ...options }, log),
    stop: async () => {
      await cloud.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Opens a path that leads to the sign-in page, and signs in there. Returns the page after it. */
export async function signInAt(browser: Visitor, path: string, person: Person) {
  const page = await browser.open(path)
  return browser.submit(page, { username: person, password: `fieldnotes-${person}` }, 'Sign in')
}

/** Signs a person in, and stops before the callback, whose address is returned too. */
export async function untilCallback(browser: Visitor, path = '/session/login', person: Person = 'alice') {
  const page = await browser.open(path)
  const fields = { username: person, password: `fieldnotes-${person}` }
  let callback = await browser.submitOnly(page, fields, 'Sign in')
  for (let step = 0; step < 5 && !callback.includes('/session/callback'); step += 1)
    callback = (await browser.request(callback)).headers.get('location') ?? ''
  return { browser, callback }
}

/** Sends a query of our own page. */
export async function ask(browser: Visitor, url: string, query?: string) {
  const response = await browser.request('/session/graphql', ownRequest(url, query))
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) }
}

/** What `GET /session` says. */
export async function sessionOf(browser: Visitor): Promise<Readonly<Record<string, unknown>>> {
  return (await browser.request('/session')).json() as Promise<Record<string, unknown>>
}

/** Makes the access token of a session due in some seconds; below 0, it has expired. The token itself stays valid. */
export async function dueIn(access: OpenTable, cookie: string, seconds: number): Promise<void> {
  const accessUntil = Math.floor(Date.now() / 1000) + seconds
  await access.write({ update: sessionKey(digestOf(cookie)), set: { accessUntil } })
}

/** The stored item of a session. */
export async function itemOf(access: OpenTable, cookie: string) {
  return access.get(sessionKey(digestOf(cookie)))
}

/** A fetch that counts refreshes at the token endpoint. */
export function countingFetch(seen: string[] = []): { readonly fetch: typeof fetch; readonly refreshes: () => number } {
  const counted: typeof fetch = async (input, init) => {
    if (String(init?.body).includes('grant_type=refresh_token')) seen.push(String(input))
    return fetch(input, init)
  }
  return { fetch: counted, refreshes: () => seen.length }
}
