/** A gateway that loses responses: the endpoint executes the request, and the client gets a 503. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** A running gateway. */
export interface LossyGateway {
  readonly url: string
  /** Bodies of the requests whose responses were lost. */
  readonly lost: readonly string[]
  readonly end: () => Promise<void>
}

/** Starts a gateway on a free port. It loses the response to the first request whose body contains `loses`. */
export async function startLossyGateway(endpoint: string, loses: string): Promise<LossyGateway> {
  const lost: string[] = []
  const server = createServer(async (request, response) => {
    const body = String(await buffer(request))
    const answer = await pass(endpoint, request, body)
    const isLost = lost.length === 0 && body.includes(loses)
    if (isLost) lost.push(body)
    response.writeHead(isLost ? 503 : answer.status, { 'content-type': 'application/json', 'retry-after': '0' })
    response.end(isLost ? '{"message":"Service Unavailable"}' : await answer.text())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const end = async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${port}/graphql`, lost, end }
}

function pass(endpoint: string, { method = 'POST', headers }: IncomingMessage, body: string): Promise<Response> {
  const { authorization = '', 'content-type': type = '' } = headers
  return fetch(endpoint, { method, headers: { authorization, 'content-type': type }, body })
}
