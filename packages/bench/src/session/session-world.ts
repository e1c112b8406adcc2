/** A cloud at which one person has a browser session and a bearer token, and the events that have them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '@fieldnotes/api/config'
import { createEnsureProfile } from '@fieldnotes/api/profiles'
import type { Result } from '@fieldnotes/api/route'
import { createHandler } from '@fieldnotes/api/server'
import { startCloud } from '@fieldnotes/local/cloud'
import { sessionConfigOf } from '@fieldnotes/local/session-doors'
import { createVisitor } from '@fieldnotes/local/test/visitor'
import { createEntry } from '@fieldnotes/session/entry'
import { sessionKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { createTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { eventOf, lambdaContext } from '../world/event.ts'

/** Answers an event. */
export type Answer = (event: APIGatewayProxyEventV2) => Promise<Result>

/** URLs of the databases of both tables, where they are not the cloud's. */
export type Databases = Readonly<Partial<Record<'access' | 'table', string>>>

/** The cloud. */
export interface SessionWorld {
  /** URL of its database. */
  readonly database: string
  /** New instances, which have read nothing. */
  readonly endpoint: (at?: Databases) => Answer
  readonly entry: (at?: Databases) => Answer
  /** An entry whose endpoint does nothing: what is left is the way from the cookie to the bearer token. */
  readonly exchange: () => Answer
  /** The one read of that way, alone. */
  readonly read: () => Promise<unknown>
  readonly events: Readonly<Record<'bearer' | 'cookie' | 'none', APIGatewayProxyEventV2>>
  readonly stop: () => Promise<void>
}

type CloudConfig = Config & { readonly access: TableConfig }

const options = { loopbackIssuers: 'trust', environment: {}, log: () => {} } as const
const query = { query: '{ me { id } }', variables: {}, caller: 'full' } as const
const person = { username: 'alice', password: 'fieldnotes-alice' } as const

/** Starts a cloud without a data file, on a database that runs or on one of its own. The caller stops it. */
export async function startSessionWorld(running?: string): Promise<SessionWorld> {
  process.env.AWS_ACCESS_KEY_ID ??= 'none'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'none'
  const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
  const configs: Config[] = []
  const { url, access, stop } = await startCloud({
    ...{ port: 0, folder, ephemeral: true, endpoint: running, region: 'eu-west-1', log: options.log },
    createHandler: (config) => {
      configs.push(config)
      return createHandler(config, options)
    },
  })
  const config = configs[0] as CloudConfig
  const events = await eventsAt(url)
  // The list of revocations, which is read again after 5 seconds, stays as new as it is.
  const now = Date.now()
  const [cookie = ''] = events.cookie.cookies ?? []
  const key = sessionKey(digestOf(cookie.slice(cookie.indexOf('=') + 1)))
  const table = createTable(access)
  return {
    ...instancesOf(url, config, () => now),
    database: String(access.endpoint),
    events,
    read: async () => {
      if (!(await table.get(key))) throw new Error('there is no session')
    },
    stop: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function instancesOf(
  url: string,
  config: CloudConfig,
  clock: () => number,
): Pick<SessionWorld, 'endpoint' | 'entry' | 'exchange'> {
  const timed = { ...options, clock }
  const { access, table } = config
  const at = (urls: Databases = {}): CloudConfig => ({
    ...config,
    access: { ...access, ...(urls.access && { endpoint: urls.access }) },
    table: { ...table, ...(urls.table && { endpoint: urls.table }) },
  })
  const endpointOf = (settings: CloudConfig): Answer => {
    const handle = createHandler(settings, timed)
    return (event) => handle(event, lambdaContext)
  }
  const entryOf = (settings: CloudConfig, graphql: Answer): Answer => {
    const sessions = sessionConfigOf({ url, config: settings, folderSecret: settings.cursorSecrets[0] ?? '' })
    const ensureProfile = createEnsureProfile(settings)
    const entry = createEntry(sessions, { ...timed, graphql, ensureProfile, refresh: async () => undefined })
    return (event) => entry(event, lambdaContext)
  }
  return {
    endpoint: (urls) => endpointOf(at(urls)),
    entry: (urls) => entryOf(at(urls), endpointOf({ ...at(urls), via: 'session' })),
    exchange: () => entryOf(config, async () => ({ statusCode: 200 })),
  }
}

/** Signs the person in by both ways. */
async function eventsAt(url: string): Promise<SessionWorld['events']> {
  const browser = createVisitor(url)
  await browser.submit(await browser.open('/session/login?return=/health'), person, 'Sign in')
  const { headers, ...rest } = eventOf(query, `Bearer ${await bearerAt(url)}`)
  const { authorization: _, ...shared } = headers
  const requestContext = { ...rest.requestContext, routeKey: 'POST /session/graphql' }
  const none = {
    ...{ ...rest, requestContext, routeKey: 'POST /session/graphql', rawPath: '/session/graphql' },
    headers: { ...shared, 'x-fieldnotes': '1', origin: url, 'sec-fetch-site': 'same-origin' },
  }
  const cookie = `__Host-session=${browser.cookie('__Host-session')}`
  return { bearer: { ...rest, headers }, none, cookie: { ...none, cookies: [cookie] } }
}

/** An access token of the user pool, as a mobile client gets it. */
async function bearerAt(url: string): Promise<string> {
  const target = 'AWSCognitoIdentityProviderService.InitiateAuth'
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target }
  const AuthParameters = { USERNAME: person.username, PASSWORD: person.password }
  const body = { ClientId: 'localclient0001', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }
  const response = await fetch(`${url}/aws/cognito-idp/`, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await response.json()).AuthenticationResult.AccessToken
}
