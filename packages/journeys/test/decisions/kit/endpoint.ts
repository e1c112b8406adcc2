/**
 * The deployed handler in this process, with issuers that have their own keys, the embedded DynamoDB, and a log that
 * tests read.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '@fieldnotes/api/config'
import { explanation } from '@fieldnotes/api/explain'
import type { Event, Handler, Result } from '@fieldnotes/api/route'
import { createHandler } from '@fieldnotes/api/server'
import { createLog, type Log } from '@fieldnotes/core/log'
import { startCloud } from '@fieldnotes/local/cloud'
import { runningIssuers } from '@fieldnotes/local/issuers-file'
import type { LocalIssuer } from '@fieldnotes/local/local-issuers'
import type { Context as Invocation } from 'aws-lambda'
import { executor } from '../../support/executor.ts'
import { eventOf, json, type LoggedResponse, loggedResponse } from './gateway-exchange.ts'
import { type Item, tableReaderOf } from './table-reader.ts'

process.env.AWS_ACCESS_KEY_ID ??= 'local'
process.env.AWS_SECRET_ACCESS_KEY ??= 'local'

/** A running endpoint. */
export interface Endpoint {
  readonly url: string
  readonly config: Config
  readonly issuers: readonly LocalIssuer[]
  /** Calls the handler with an event; `changes` replaces members of a plain `POST /graphql`. */
  readonly send: (changes: Partial<Event>) => Promise<LoggedResponse>
  readonly ask: (token: string | undefined, query: string, variables?: object) => Promise<LoggedResponse>
  /** All stored items, sorted. */
  readonly items: () => Promise<readonly Item[]>
  /** Restores the stored items to `before`. */
  readonly restore: (before: readonly Item[]) => Promise<void>
  /** All lines of the log so far. */
  readonly log: readonly string[]
  /** Replaces the handler by a new one, created from the same configuration. */
  readonly rebuild: (changes?: Partial<Config>) => void
  readonly stop: () => Promise<void>
}

/** The handler of a cloud, which can be created again. It is not in development mode unless a test sets it. */
function createBench(log: Log) {
  const made: { config?: Config; handler?: Handler } = {}
  const options = { loopbackIssuers: 'trust', environment: {}, log, explanation } as const
  const build = (config: Config) => Object.assign(made, { config, handler: createHandler(config, options) })
  const handle = (event: Event): Promise<Result> => {
    if (!made.handler) throw new Error('no handler')
    return made.handler(event, {} as Invocation)
  }
  const createOn = (config: Config) => {
    build({ ...config, development: false })
    return handle
  }
  return { made, build, handle, createOn }
}

/** Starts the endpoint on a free port, without a data file. The caller has to stop it. */
export async function startEndpoint(): Promise<Endpoint> {
  const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
  const log: string[] = []
  const write = createLog((line) => log.push(line))
  const { made, build, handle, createOn } = createBench(write)
  const endpoint = process.env.DYNAMODB_ENDPOINT || undefined
  const settings = { port: 0, folder, ephemeral: true, endpoint, executor, region: 'eu-west-1', log: write }
  const cloud = await startCloud({ ...settings, createHandler: createOn })
  const { config } = made
  if (!config) throw new Error('the cloud created no handler')
  const { items, restore, close } = tableReaderOf(config.table)
  const send = async (changes: Partial<Event>): Promise<LoggedResponse> => {
    const before = log.length
    return loggedResponse(await handle(eventOf(changes)), log.slice(before))
  }
  const ask: Endpoint['ask'] = (token, query, variables = {}) => {
    const headers = token === undefined ? json : { ...json, authorization: `Bearer ${token}` }
    return send({ headers, body: JSON.stringify({ query, variables }) })
  }
  const stop = async (): Promise<void> => {
    close()
    await cloud.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const rebuild = (changes: Partial<Config> = {}) => void build({ ...config, ...changes })
  const issuers = runningIssuers(folder) ?? []
  return { url: cloud.url, config, issuers, log, send, ask, items, restore, rebuild, stop }
}
