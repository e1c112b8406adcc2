/** A database that accepts requests and never answers. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach } from 'vitest'
import type { TableConfig } from '../../src/table-config.ts'

export interface Silent {
  /** The table of the current test. */
  readonly config: () => TableConfig
  /** Requests of the current test so far. */
  readonly requests: () => number
}

/** Starts a silent database before each test and stops it afterwards. */
export function useSilentDatabase(): Silent {
  let requests = 0
  let server: Server
  beforeEach(async () => {
    requests = 0
    server = createServer(() => {
      requests += 1
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    config: () => {
      const { port } = server.address() as AddressInfo
      return { name: 't', region: 'eu-west-1', endpoint: `http://127.0.0.1:${port}` }
    },
    requests: () => requests,
  }
}
