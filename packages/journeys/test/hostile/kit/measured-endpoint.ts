/** The deployed handler in this process, on the embedded database and without a log: only the endpoint is measured. */
import type { Event, Handler, Result } from '@fieldnotes/api/route'
import { createHandler } from '@fieldnotes/api/server'
import type { Log } from '@fieldnotes/core/log'
import { startCloud } from '@fieldnotes/local/cloud'
import type { Context as Invocation } from 'aws-lambda'
import { eventOf, json } from '../../decisions/kit/gateway-exchange.ts'
import { executor } from '../../support/executor.ts'
import { createFolder, deleteFolder, tokenOf } from '../../support/local-cloud.ts'

process.env.AWS_ACCESS_KEY_ID ??= 'local'
process.env.AWS_SECRET_ACCESS_KEY ??= 'local'

/** Sender of a request: without a token, or alice with all scopes. */
export type Sender = 'anonymous' | 'alice'

/** Members of a plain `POST /graphql` that a request replaces. */
export interface HostileRequest {
  readonly caller: Sender
  readonly body?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly event?: Partial<Event>
}

/** A running endpoint. */
export interface MeasuredEndpoint {
  readonly send: (sent: HostileRequest) => Promise<Result>
  readonly stop: () => Promise<void>
}

/** Starts the endpoint on a free port, without a data file. `log` is called for each line of the log. */
export async function startMeasuredEndpoint(log: Log = () => {}): Promise<MeasuredEndpoint> {
  const folder = createFolder()
  const made: { handler?: Handler } = {}
  const settings = { port: 0, folder, ephemeral: true, endpoint: undefined, executor, region: 'eu-west-1', log }
  const cloud = await startCloud({
    ...settings,
    createHandler: (config) => {
      made.handler = createHandler(
        { ...config, development: false },
        { loopbackIssuers: 'trust', environment: {}, log },
      )
      return made.handler
    },
  })
  const token = await tokenOf({ folder }, '--issuer', 'cognito', '--as', 'alice')
  const authorization = { anonymous: {}, alice: { authorization: `Bearer ${token}` } }
  return {
    send: ({ caller, body, headers = {}, event = {} }) => {
      if (!made.handler) throw new Error('no handler')
      const all = { ...json, ...authorization[caller], ...headers }
      return made.handler(eventOf({ headers: all, ...(body !== undefined && { body }), ...event }), {} as Invocation)
    },
    stop: async () => {
      await cloud.stop()
      deleteFolder(folder)
    },
  }
}
