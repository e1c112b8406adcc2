/** A local TLS server for Google's certificates, because firebase-admin fetches keys from no other host. */
import { Agent, createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'
import { kid, privatePem, publicPem } from './tokens.ts'

/** A running server of certificates, with an agent that connects to it. */
export interface Certificates {
  /** Routes every request to this machine. */
  readonly agent: Agent
  readonly close: () => Promise<void>
}

/** One certificate is both the signer's and the server's. */
export async function createCertificates(): Promise<Certificates> {
  const { cert } = await generate([{ name: 'commonName', value: 'www.googleapis.com' }], {
    keyPair: { privateKey: privatePem, publicKey: publicPem },
    algorithm: 'sha256',
  })
  const server = createServer({ key: privatePem, cert }, (_request, response) => {
    response.setHeader('cache-control', 'public, max-age=3600')
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ [kid]: cert }))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const agent = new Agent()
  const connect = agent.createConnection.bind(agent)
  agent.createConnection = (options, done) =>
    connect({ ...options, host: '127.0.0.1', port, servername: 'www.googleapis.com', ca: cert }, done)
  return {
    agent,
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
