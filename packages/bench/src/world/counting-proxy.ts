/** A DynamoDB in between that counts what passes. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Requests that passed. */
export interface Counts {
  reads: number
  writes: number
}

/** A running proxy. */
export interface CountingProxy {
  readonly counts: Counts
  readonly url: string
  readonly close: () => void
}

async function bytesOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

/** Sends a request on as it is, but for the headers of its connection. */
async function forward(endpoint: string, request: IncomingMessage): Promise<Response> {
  const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers
  const body = await bytesOf(request)
  return fetch(endpoint, { method: 'POST', headers: headers as Record<string, string>, body })
}

/** Starts a proxy in front of `endpoint`. */
export async function startCountingProxy(endpoint: string): Promise<CountingProxy> {
  const counts = { reads: 0, writes: 0 }
  const server = createServer(async (request, response) => {
    const isRead = /\.(Query|GetItem|BatchGetItem)$/.test(String(request.headers['x-amz-target']))
    counts[isRead ? 'reads' : 'writes'] += 1
    const answer = await forward(endpoint, request)
    const contentType = answer.headers.get('content-type') ?? 'application/x-amz-json-1.0'
    response.writeHead(answer.status, { 'content-type': contentType }).end(Buffer.from(await answer.arrayBuffer()))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    counts,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
