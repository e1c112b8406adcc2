/** A key server on a socket, which counts its requests and misbehaves on demand. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ecPair, type KeyPair } from './keys.ts'
import { type Members, mint, shapes } from './mint.ts'

/** Writes one response. */
export type Respond = (response: ServerResponse) => void

export interface KeyServer extends AsyncDisposable {
  readonly url: string
  /** Requests so far. */
  readonly requests: () => number
  readonly answer: (answer: Respond) => void
  /** Answers with these keys from now on. */
  readonly publish: (...keys: readonly unknown[]) => void
}

export function jwks(...keys: readonly unknown[]): Respond {
  return (response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }))
}

/** Closes the connection without a response, as a server does that is down. */
export function hangUp(response: Parameters<Respond>[0]): void {
  response.socket?.destroy()
}

export async function createKeyServer(...keys: readonly unknown[]): Promise<KeyServer> {
  let answer = jwks(...keys)
  let requests = 0
  const server = createServer((_request, response) => {
    requests += 1
    answer(response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    requests: () => requests,
    answer(next) {
      answer = next
    },
    publish(...next) {
      answer = jwks(...next)
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

export const first = ecPair('key-1')
export const second = ecPair('key-2')

/** A valid token of the OIDC shape, signed by this key. */
export function tokenBy(key: KeyPair, claims: Members = {}): string {
  return mint({ ...shapes.oidc, key }, claims, { kid: key.kid })
}
