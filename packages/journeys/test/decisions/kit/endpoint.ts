/** The real handler with its real parts, in this process: issuers with keys of their own, the embedded DynamoDB, a log to read. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '@fieldnotes/api/config'
import { createHandler, type Event, type Handler, type Result } from '@fieldnotes/api/server'
import { createLog } from '@fieldnotes/core/log'
import { startCloud } from '@fieldnotes/local/cloud'
import type { LocalIssuer } from '@fieldnotes/local/issuers'
import { runningIssuers } from '@fieldnotes/local/issuers-file'
import type { Context as Invocation } from 'aws-lambda'
import { type Item, readerOf } from './reader.ts'

process.env.AWS_ACCESS_KEY_ID ??= 'local'
process.env.AWS_SECRET_ACCESS_KEY ??= 'local'

/** An answer as the client gets it, and what the log says of it. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query, which TypeScript can't see
  readonly body: any
  readonly lines: readonly Readonly<Record<string, unknown>>[]
}

export interface Endpoint {
  readonly url: string
  readonly config: Config
  readonly issuers: readonly LocalIssuer[]
  /** Hands the handler an event; `changes` replaces members of a plain `POST /graphql`. */
  readonly send: (changes: Partial<Event>) => Promise<Answer>
  readonly ask: (token: string | undefined, query: string, variables?: object) => Promise<Answer>
  /** Everything that is stored, in one order. */
  readonly items: () => Promise<readonly Item[]>
  /** Makes what is stored what it was. */
  readonly restore: (before: readonly Item[]) => Promise<void>
  /** Every line of the log so far, as it was written. */
  readonly log: readonly string[]
  /** Puts another handler in the place of this one, made of the same configuration. */
  readonly rebuild: (changes?: Partial<Config>) => void
  readonly stop: () => Promise<void>
}

const json = { 'content-type': 'application/json' }

const eventOf = (changes: Partial<Event>): Event => {
  const requestId = randomUUID()
  const http = { method: 'POST', path: '/graphql', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'tests' }
  const requestContext = { http, requestId, stage: '$default', routeKey: '$default', accountId: '', apiId: '' }
  const rest = { domainName: '', domainPrefix: '', time: '', timeEpoch: 0 }
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/graphql',
    rawQueryString: '',
    headers: json,
    isBase64Encoded: false,
    requestContext: { ...requestContext, ...rest },
    ...changes,
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const answerOf = ({ statusCode = 0, headers = {}, body = '' }: Result, lines: readonly string[]): Answer => ({
  status: statusCode,
  headers,
  text: body,
  body: parsed(body),
  lines: lines.map((line) => JSON.parse(line)).filter(({ requestId }) => requestId === headers['x-request-id']),
})

/** Starts everything on a free port, keeping nothing. Whoever starts it stops it. */
export const startEndpoint = async (): Promise<Endpoint> => {
  const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
  const log: string[] = []
  const made: { config?: Config; handler?: Handler } = {}
  const write = createLog((line) => log.push(line))
  const surroundings = { loopbackIssuers: 'trust', environment: {}, log: write } as const
  const build = (config: Config) => Object.assign(made, { config, handler: createHandler(config, surroundings) })
  const current = (event: Event): Promise<Result> => {
    if (!made.handler) throw new Error('no handler')
    return made.handler(event, {} as Invocation)
  }
  const cloud = await startCloud({
    port: 0,
    folder,
    ephemeral: true,
    endpoint: process.env.DYNAMODB_ENDPOINT || undefined,
    region: 'eu-west-1',
    log: write,
    createHandler: (config) => {
      build({ ...config, development: false })
      return current
    },
  })
  const { config } = made
  if (!config) throw new Error('the cloud asked for no handler')
  const reader = readerOf(config.table)
  const send = async (changes: Partial<Event>): Promise<Answer> => {
    const before = log.length
    return answerOf(await current(eventOf(changes)), log.slice(before))
  }
  return {
    url: cloud.url,
    config,
    issuers: runningIssuers(folder) ?? [],
    log,
    send,
    ask: (token, query, variables = {}) => {
      const headers = token === undefined ? json : { ...json, authorization: `Bearer ${token}` }
      return send({ headers, body: JSON.stringify({ query, variables }) })
    },
    items: reader.items,
    restore: reader.restore,
    rebuild: (changes = {}) => void build({ ...config, ...changes }),
    stop: async () => {
      reader.close()
      await cloud.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
