import type { IncomingMessage, ServerResponse } from 'node:http'
import { request as send } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'

/** The running services. */
export interface FarSide {
  readonly port: number
  /** Certificate to trust, in PEM. */
  readonly certificate: string
  close(): void
}

/** Answers one request. */
export type Responder = (request: IncomingMessage, response: ServerResponse) => void

/** Serves, behind TLS on 127.0.0.1, the services that a function calls by host name. An unknown host name gets 502. */
export async function serveFarSide(services: Readonly<Record<string, Responder>>): Promise<FarSide> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'far side' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: Object.keys(services).map((value) => ({ type: 2, value })) },
    ],
  })
  const server: Server = createServer({ key, cert }, (request, response) => {
    const respond = services[String(request.headers.host)]
    if (respond) respond(request, response)
    else response.writeHead(502).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    certificate: cert,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Forwards every request to a plain HTTP server. */
export function passTo(endpoint: string): Responder {
  return (incoming, outgoing) => {
    const { hostname, port } = new URL(endpoint)
    const onward = send(
      { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
      (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(outgoing)
      },
    )
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  }
}

/** Answers every request with one JSON document. */
export function always(document: unknown): Responder {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document))
  }
}

/** Accepts requests and never responds. */
export function silence(): void {}
