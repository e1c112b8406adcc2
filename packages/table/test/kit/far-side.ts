/** A server that speaks DynamoDB's protocol and answers as each test sets it. */
import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { AppError } from '@fieldnotes/core/error'
import { afterEach } from 'vitest'
import { createTable, type OpenTable } from '../../src/table.ts'

export type Reply = (response: ServerResponse) => void

export function json(status: number, body: object): Reply {
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body))
}

/** An answer with the capacity that every request demands. */
export function answer(body: object): Reply {
  return json(200, { ConsumedCapacity: [], ...body })
}

/** An answer that is cut before its body, or made by a proxy: with the status, and as text. */
export function bare(status: number, body = ''): Reply {
  return (response) => response.writeHead(status).end(body)
}

export function refusal(name: string, more = {}): Reply {
  return json(400, { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'as configured', ...more })
}

/** A cancelled transaction, with the reason of each write. */
export function cancelled(...codes: string[]): Reply {
  return refusal('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) })
}

export const failing: Reply = json(500, { __type: 'InternalServerError' })

/** Closes the connection without an answer. */
export function cut(response: ServerResponse): void {
  response.destroy()
}

export interface FarSide {
  readonly table: OpenTable
  readonly requests: () => number
  /** The bodies of the requests. */
  readonly sent: readonly string[]
}

/**
 * The result starts a server that sends the given replies one after the other, repeats the last one, and records the
 * requests.
 */
export function useFarSide(): (...replies: Reply[]) => Promise<FarSide> {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })
  return async (...replies) => {
    const sent: string[] = []
    const server = createServer(async (request, response) => {
      const reply = replies[Math.min(sent.length, replies.length - 1)]
      sent.push(await text(request))
      reply?.(response)
    }).listen(0, '127.0.0.1')
    servers.push(server)
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const table = createTable({ name: 't', region: 'eu-west-1', endpoint: `http://127.0.0.1:${port}` })
    return { table, requests: () => sent.length, sent }
  }
}

/** The error with which a call fails; undefined when it succeeds. */
export function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}

/** The code of the AppError with which a call fails, or the name of another error; undefined when it succeeds. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  const error = await thrownBy(promise)
  return error instanceof AppError ? error.code : (error as Error | undefined)?.name
}
