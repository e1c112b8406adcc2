/** A running cloud, and further instances of its function: each has its own memory and its own clock. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '@fieldnotes/api/config'
import type { Event } from '@fieldnotes/api/route'
import { createHandler } from '@fieldnotes/api/server'
import { createAuthorizer } from '@fieldnotes/authorizer/authorizer'
import type { AuthorizerEvent } from '@fieldnotes/authorizer/give-verdict'
import type { GroupMode } from '@fieldnotes/core/group-policy'
import { startCloud } from '@fieldnotes/local/cloud'
import { runningIssuers } from '@fieldnotes/local/issuers-file'
import { mint } from '@fieldnotes/local/local-issuers'
import { type Claims, cognitoSubject } from '@fieldnotes/local/token-claims'
import { createTable, type Table } from '@fieldnotes/table/table'
import type { Context as Invocation } from 'aws-lambda'
import { eventOf, json } from '../decisions/kit/gateway-exchange.ts'
import { executor } from '../support/executor.ts'
import { openTableProxy, type TableProxy } from './table-proxy.ts'

/** Codes of an answer in short: `200`, `401 UNAUTHENTICATED`, `503 UNAVAILABLE`. */
export type Outcome = string

/** A body as text, and parsed. */
export interface Answer {
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
  readonly body: any
}

/** The code of the first error of an answer. */
export function codeOf({ body }: Answer): string | undefined {
  return body.errors?.[0].extensions.code
}

/** One instance of the function, with a memory of its own. */
export interface Instance {
  /** Calls `{ me { id } }` with a token; anonymous, `{ __typename }`, without one. */
  readonly call: (token?: string) => Promise<Outcome>
  /** Sends any operation with a token. */
  readonly send: (token: string, query: string, variables?: object) => Promise<Outcome>
  /** The same, with the whole body of the answer. */
  readonly ask: (token: string, query: string, variables?: object) => Promise<Answer>
  /**
   * Sends a query, `{ me { id } }` by default, as a signed request of a person, whose signature the gateway verified.
   */
  readonly callSigned: (person: string, query?: string) => Promise<Outcome>
  /** What an authorizer says of a token, with a memory of its own: `ok`, `refused revoked`, `unavailable`. */
  readonly verdict: (token?: string) => Promise<string>
  /** Its view of the table Access. */
  readonly line: TableProxy
  /** Moves its clock. */
  readonly wait: (seconds: number) => void
}

/** Claims of a token, beside the person and the issuer. */
export interface TokenOptions {
  readonly issuer?: 'cognito' | 'firebase' | 'fieldnotes'
  /** When the person signed in, in seconds since the epoch. Default: a minute ago. */
  readonly signedInAt?: number
  readonly claims?: Claims
}

export interface World {
  /** `groups`: `open` by default. */
  readonly newInstance: (groups?: GroupMode) => Promise<Instance>
  readonly tokenOf: (person: string, options?: TokenOptions) => Promise<string>
  /** The table Access itself. */
  readonly access: Table
  /** Runs `npm run -s admin -- …` as a process on this cloud. */
  readonly admin: (
    ...words: string[]
  ) => Promise<{ readonly status: number; readonly out: string; readonly err: string }>
  readonly stop: () => Promise<void>
}

const program = fileURLToPath(import.meta.resolve('@fieldnotes/local/admin'))

/** Starts a cloud without a data file. The caller stops it. */
export async function startWorld(): Promise<World> {
  process.env.AWS_ACCESS_KEY_ID ??= 'local'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'local'
  const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
  const log = () => {}
  const made: { config?: Config } = {}
  const settings = { port: 0, folder, ephemeral: true, endpoint: undefined, executor, region: 'eu-west-1', log }
  const cloud = await startCloud({
    ...settings,
    createHandler: (config) => {
      made.config = config
      return createHandler(config, { loopbackIssuers: 'trust', environment: {}, log })
    },
  })
  const { config } = made
  if (!config?.access) throw new Error('the cloud has no table Access')
  const { access } = config
  const ends: (() => unknown)[] = [cloud.stop, () => rmSync(folder, { recursive: true, force: true })]
  return {
    access: createTable(access),
    newInstance: async (groups = 'open') => {
      const line = await openTableProxy(String(access.endpoint))
      ends.unshift(line.close)
      return instanceOf({ ...config, groups, access: { ...access, endpoint: line.endpoint } }, line)
    },
    tokenOf: (person, options) => tokenOf(folder, person, options),
    admin: (...words) =>
      new Promise((resolve) => {
        execFile(process.execPath, [program, ...words, '--data', folder], (error, out, err) => {
          resolve({ status: error ? Number(error.code) : 0, out, err })
        })
      }),
    stop: async () => {
      for (const end of ends) await end()
    },
  }
}

function instanceOf(config: Config & Pick<Required<Config>, 'access'>, line: TableProxy): Instance {
  let ahead = 0
  const clock = () => Date.now() + ahead * 1000
  const options = { loopbackIssuers: 'trust', environment: {}, log: () => {}, clock } as const
  const handler = createHandler(config, options)
  const authorize = createAuthorizer({ ...config, gateDenies: false }, options)
  const outcomeOf = async (event: Event): Promise<Outcome> => {
    const { statusCode, body = '' } = await handler(event, {} as Invocation)
    const code = JSON.parse(body).errors?.[0].extensions.code
    return code === undefined ? `${statusCode}` : `${statusCode} ${code}`
  }
  const operation = (token: string, query: string, variables: object = {}): Event => {
    const headers = { ...json, authorization: `Bearer ${token}` }
    return eventOf({ headers, body: JSON.stringify({ query, variables }) })
  }
  const send: Instance['send'] = (...sent) => outcomeOf(operation(...sent))
  return {
    line,
    wait: (seconds) => {
      ahead += seconds
    },
    call: async (token) =>
      token === undefined
        ? outcomeOf(eventOf({ headers: json, body: JSON.stringify({ query: '{ __typename }' }) }))
        : send(token, '{ me { id } }'),
    send,
    ask: async (...sent) => {
      const { body: text = '' } = await handler(operation(...sent), {} as Invocation)
      return { text, body: JSON.parse(text) }
    },
    verdict: async (token) => {
      const requestContext: unknown = { requestId: 'r1' }
      const headers = { host: 'api.test', ...(token !== undefined && { authorization: `Bearer ${token}` }) }
      const { context } = await authorize({ headers, requestContext } as AuthorizerEvent)
      return context.verdict === 'refused' ? `refused ${context.code}` : context.verdict
    },
    callSigned: (person, query = '{ me { id } }') => outcomeOf(signedEvent(config, person, query)),
  }
}

/** What the gateway passes on for a person with credentials of the identity pool. */
function signedEvent({ iam }: Config, person: string, query: string): Event {
  if (!iam) throw new Error('the cloud answers no signed requests')
  const { provider, identityPoolId } = iam
  const amr = ['authenticated', provider, `${provider}:CognitoSignIn:${cognitoSubject(person)}`]
  const event = eventOf({ rawPath: '/iam/graphql', body: JSON.stringify({ query }) })
  const authorizer = { iam: { cognitoIdentity: { identityPoolId, amr } } }
  return { ...event, requestContext: { ...event.requestContext, authorizer } } as Event
}

async function tokenOf(folder: string, person: string, options: TokenOptions = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const { issuer = 'cognito', signedInAt = now - 60, claims } = options
  const row = runningIssuers(folder)?.find(({ name }) => name === issuer)
  if (!row) throw new Error(`no issuer ${issuer}`)
  const contents = { person, issuedAt: now - 1, expiresAt: now + 3600, groups: [] }
  return mint(row, contents, { auth_time: signedInAt, ...claims })
}
