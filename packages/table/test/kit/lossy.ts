/**
 * A proxy of the database that loses writes and their answers: it drops the answer to a write that took effect, holds
 * the requests after it, or delivers a write late.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import type { TableConfig } from '../../src/table-config.ts'

/** A write whose answer was dropped. Every later request waits for `release`. */
export interface Held {
  /** Resolves when the write has taken effect and its answer is dropped. */
  readonly dropped: Promise<void>
  readonly release: () => void
}

/** A write that did not arrive, and that the client takes for lost. */
export interface Delayed {
  /** Resolves when the connection of the write is cut. */
  readonly cut: Promise<void>
  /** Sends the write to the database. */
  readonly deliver: () => Promise<void>
}

export interface LossyLine {
  readonly config: TableConfig
  /** Drops the answer to the next write. With a status, the answer is that status without a body. */
  readonly loseNext: (status?: number) => void
  /** Drops the answer to the next write as `loseNext`, and holds every later request. */
  readonly loseAndHold: (status?: number) => Held
  /** Cuts the connection of the next write before the write is sent to the database. */
  readonly delayNext: () => Delayed
  readonly lost: () => number
  readonly close: () => Promise<void>
}

interface Sent {
  readonly headers: [string, string][]
  readonly body: string
}

/** What happens to the next write. */
type Fault = (forward: () => Promise<Response>, response: ServerResponse) => Promise<void>

function isWrite(request: IncomingMessage) {
  return /\.(PutItem|UpdateItem|DeleteItem|TransactWriteItems)$/.test(String(request.headers['x-amz-target']))
}

function headersOf({ headers }: IncomingMessage) {
  const kept = Object.entries(headers).filter(([name]) => /^(x-amz|content-type|authorization)/.test(name))
  return kept.map(([name, value]) => [name, String(value)] as [string, string])
}

async function answer(response: ServerResponse, from: Response): Promise<void> {
  const body = Buffer.from(await from.arrayBuffer())
  response.writeHead(from.status, { 'content-type': 'application/x-amz-json-1.0' }).end(body)
}

export async function openLossyLine(config: TableConfig): Promise<LossyLine> {
  let fault: Fault | undefined
  let gate: Promise<void> | undefined
  let lost = 0

  function send({ headers, body }: Sent) {
    return fetch(config.endpoint ?? '', { method: 'POST', headers, body })
  }

  const server = createServer(async (request, response) => {
    const sent = { headers: headersOf(request), body: await text(request) }
    await gate
    const due = isWrite(request) ? fault : undefined
    if (!due) return answer(response, await send(sent))
    fault = undefined
    lost += 1
    await due(() => send(sent), response).finally(() => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  function loseNext(status?: number, onDropped?: () => void) {
    fault = async (forward, response) => {
      await forward().then((dropped) => dropped.arrayBuffer())
      onDropped?.()
      if (status) await finished(response.writeHead(status).end())
    }
  }

  return {
    config: { ...config, endpoint: `http://127.0.0.1:${port}` },
    loseNext: (status) => loseNext(status),
    loseAndHold: (status) => {
      const [dropped, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      loseNext(status, () => {
        gate = released.promise
        dropped.resolve()
      })
      return { dropped: dropped.promise, release: released.resolve }
    },
    delayNext: () => {
      const cut = Promise.withResolvers<void>()
      let deliver = async () => {}
      fault = async (forward) => {
        deliver = async () => void (await forward().then((late) => late.arrayBuffer()))
        cut.resolve()
      }
      return { cut: cut.promise, deliver: () => deliver() }
    },
    lost: () => lost,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
