/**
 * A running cloud, and further instances of its endpoint: each has its own memory, its own clock and its own tables.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiKeyOf, secretOf } from '@fieldnotes/api/api-key'
import type { Application } from '@fieldnotes/api/application'
import type { Config } from '@fieldnotes/api/config'
import { createHandler } from '@fieldnotes/api/server'
import { addApplication } from '@fieldnotes/api/stored-applications'
import { startCloud } from '@fieldnotes/local/cloud'
import { exampleApiKey } from '@fieldnotes/local/example-application'
import { runningIssuers } from '@fieldnotes/local/issuers-file'
import { mint } from '@fieldnotes/local/local-issuers'
import type { Claims } from '@fieldnotes/local/token-claims'
import { digestOf } from '@fieldnotes/table/digest'
import { createTable, type OpenTable } from '@fieldnotes/table/table'
import type { Context as Invocation } from 'aws-lambda'
import { eventOf, json } from '../decisions/kit/gateway-exchange.ts'
import { executor } from '../support/executor.ts'

/** An answer with what limits say. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
  readonly body: any
}

/** A request to an instance. */
export interface Sent {
  readonly token?: string | undefined
  readonly key?: string | undefined
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  /** When the gateway received it, in milliseconds since the epoch. Default: now. */
  readonly at?: number
}

/** Sends a request to one instance. */
export type Send = (sent: Sent) => Promise<Answer>

/** What differs in an instance. */
export interface InstanceOptions extends Partial<Pick<Config, 'apiKeys' | 'rates' | 'access' | 'stage' | 'via'>> {
  /** Seconds by which its clock is ahead. */
  readonly ahead?: number
}

export interface World {
  readonly url: string
  readonly config: Config & Required<Pick<Config, 'access' | 'rates'>>
  readonly access: OpenTable
  readonly rates: OpenTable
  /** The key of `limited`: burst 20, 10 a second. */
  readonly limitedKey: string
  /** A token of our own issuer for this client; `claims` replaces members. */
  readonly tokenOf: (client: string, claims?: Claims) => Promise<string>
  /** A token of a person at the user pool. */
  readonly personToken: (person: string, claims?: Claims) => Promise<string>
  /** Stores an application whose limit is that of `limited`, for the client `limited`. Returns its key. */
  readonly newKey: (id: string, change?: Partial<Application>) => Promise<string>
  readonly newInstance: (options?: InstanceOptions) => Send
  readonly stop: () => Promise<void>
}

/** Starts a cloud without a data file. The caller stops it. */
export async function startWorld(): Promise<World> {
  process.env.AWS_ACCESS_KEY_ID ??= 'local'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'local'
  const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
  const log = () => {}
  let found: Config | undefined
  const settings = { port: 0, folder, ephemeral: true, endpoint: undefined, executor, region: 'eu-west-1', log }
  const cloud = await startCloud({
    ...settings,
    createHandler: (config) => {
      found ??= config
      return createHandler(config, { loopbackIssuers: 'trust', environment: {}, log })
    },
  })
  const config = found as World['config']
  const access = createTable(config.access)
  const mintAt = (name: string, person: string, claims: Claims) => {
    const issuer = runningIssuers(folder)?.find((row) => row.name === name)
    if (!issuer) throw new Error(`no issuer ${name}`)
    const now = Math.floor(Date.now() / 1000)
    return mint(issuer, { person, issuedAt: now - 1, expiresAt: now + 300, groups: [] }, claims)
  }
  return {
    url: cloud.url,
    config,
    access,
    rates: createTable(config.rates),
    limitedKey: exampleApiKey(config.cursorSecrets[0] ?? ''),
    tokenOf: (client, claims = {}) => mintAt('fieldnotes', client, { ...asMachine(client), ...claims }),
    personToken: (person, claims = {}) => mintAt('cognito', person, claims),
    newKey: async (id, change = {}) => {
      const key = apiKeyOf('local', id, secretOf())
      const now = Math.floor(Date.now() / 1000)
      const keys = [{ digest: digestOf(key), createdAt: now, endsAt: now + 3600 }]
      const limits = { burst: 20, perSecond: 10 }
      await addApplication(
        access,
        { id, stage: 'local', clients: ['fieldnotes:limited'], keys, limits, ...change },
        Date.now(),
      )
      return key
    },
    newInstance: ({ ahead = 0, ...change } = {}) => instanceOf({ ...config, ...change }, ahead),
    stop: async () => {
      await cloud.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function asMachine(client: string): Claims {
  return { sub: client, client_id: client, login_id: undefined, auth_time: undefined }
}

/** An instance in this process. */
export function instanceOf(config: Config, ahead = 0): Send {
  const clock = () => Date.now() + ahead * 1000
  const handle = createHandler(config, { loopbackIssuers: 'trust', environment: {}, log: () => {}, clock })
  return async ({ token, key, query = '{ __typename }', headers = {}, at = Date.now() }) => {
    const credentials = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(key !== undefined && { 'x-api-key': key }),
    }
    const event = eventOf({ headers: { ...json, ...credentials, ...headers }, body: JSON.stringify({ query }) })
    const requestContext = { ...event.requestContext, timeEpoch: at }
    const result = await handle({ ...event, requestContext }, {} as Invocation)
    return { status: result.statusCode ?? 0, headers: result.headers ?? {}, body: JSON.parse(result.body ?? '{}') }
  }
}

/** How many answers have each status, such as `200 20, 429 180`. */
export function countsOf(answers: readonly Answer[]): string {
  const counts = Object.entries(Object.groupBy(answers, ({ status }) => String(status)))
  return counts.map(([status, of = []]) => `${status} ${of.length}`).join(', ')
}
