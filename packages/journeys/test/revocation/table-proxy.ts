/** A proxy of the database that counts requests, refuses them, or leaves them without an answer. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** `open`: requests pass; `cut`: connections are closed; `silent`: no request is answered. */
export type Line = 'open' | 'cut' | 'silent'

export interface TableProxy {
  readonly endpoint: string
  readonly set: (line: Line) => void
  /** How many queries arrived. */
  readonly queries: () => number
  /** The commands that arrived, in their order, such as `GetItem`. */
  readonly commands: () => readonly string[]
  /**
   * Leaves this command without an answer the `nth` time from now, and every one after it: the process that sent it is
   * as good as gone.
   */
  readonly stopAt: (command: string, nth?: number) => void
  readonly close: () => Promise<void>
}

function headersOf({ headers }: IncomingMessage) {
  const kept = Object.entries(headers).filter(([name]) => /^(x-amz|content-type|authorization)/.test(name))
  return kept.map(([name, value]) => [name, String(value)] as [string, string])
}

/** Opens a proxy of the DynamoDB at `target`. */
export async function openTableProxy(target: string): Promise<TableProxy> {
  let line: Line = 'open'
  const commands: string[] = []
  let stop: { readonly command: string; left: number } | undefined
  const server = createServer(async (request, response) => {
    commands.push(String(request.headers['x-amz-target']).replace(/^.*\./, ''))
    if (stop && commands.at(-1) === stop.command && --stop.left === 0) line = 'silent'
    if (line === 'silent') return
    if (line === 'cut') return void response.destroy()
    const answer = await fetch(target, { method: 'POST', headers: headersOf(request), body: await text(request) })
    const body = Buffer.from(await answer.arrayBuffer())
    const contentType = answer.headers.get('content-type') ?? 'application/x-amz-json-1.0'
    response.writeHead(answer.status, { 'content-type': contentType }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    set: (next) => {
      line = next
    },
    queries: () => commands.filter((command) => command === 'Query').length,
    commands: () => commands,
    stopAt: (command, nth = 1) => {
      stop = { command, left: nth }
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
