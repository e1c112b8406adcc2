/** A key server on this machine. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createIssuer, type Issuer, type Names } from './issuer.ts'

/** An issuer whose keys are served at `<issuer>/keys`. */
export interface ServedIssuer extends Issuer {
  readonly issuer: string
  readonly close: () => void
}

/** Creates an issuer, and serves its key set at every path. */
export async function serveIssuer(names: Omit<Names, 'issuer'>): Promise<ServedIssuer> {
  let jwks: object = {}
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(jwks))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const created = createIssuer({ ...names, issuer })
  jwks = created.jwks
  return { ...created, issuer, close: () => server.close() }
}
