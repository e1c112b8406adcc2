/** A proxy of the database that drops the response to one write, after the write took effect. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { TableConfig } from '../../src/table-config.ts'

export interface LossyLine {
  readonly config: TableConfig
  /** Drops the response to the next write. */
  readonly loseNext: () => void
  readonly lost: () => number
  readonly close: () => Promise<void>
}

function isWrite(request: IncomingMessage) {
  return /\.(PutItem|UpdateItem|DeleteItem|TransactWriteItems)$/.test(String(request.headers['x-amz-target']))
}

function headersOf({ headers }: IncomingMessage) {
  const kept = Object.entries(headers).filter(([name]) => /^(x-amz|content-type|authorization)/.test(name))
  return kept.map(([name, value]) => [name, String(value)] as [string, string])
}

export async function openLossyLine(config: TableConfig): Promise<LossyLine> {
  let due = false
  let lost = 0
  const server = createServer(async (request, response) => {
    const answer = await fetch(config.endpoint ?? '', {
      method: 'POST',
      headers: headersOf(request),
      body: await text(request),
    })
    const body = Buffer.from(await answer.arrayBuffer())
    if (due && isWrite(request)) {
      due = false
      lost += 1
      response.destroy()
      return
    }
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    config: { ...config, endpoint: `http://127.0.0.1:${port}` },
    loseNext: () => {
      due = true
    },
    lost: () => lost,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
