/** The local cloud's HTTP server, on 127.0.0.1 only. */
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { UsageError, wordsOf } from './usage-error.ts'

/** A listening server. */
export interface Listening {
  /** Base URL, for example `http://127.0.0.1:4000`. */
  readonly url: string
  /** Sets the listener for requests. */
  readonly serve: (listener: RequestListener) => void
  readonly stop: () => Promise<void>
}

/** Bytes of headers. API Gateway allows 10,240; a higher limit here lets tests reach the endpoint's own limits. */
const headerBytesMax = 1024 * 1024

/** Milliseconds that running requests have to finish after `stop`. */
const grace = 3_000

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  const force = setTimeout(() => server.closeAllConnections(), grace)
  await closed
  clearTimeout(force)
}

const words: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken. End what uses it, or choose another: PORT=4001 npm start',
  EACCES: 'needs rights that you do not have. Choose one above 1023: PORT=4001 npm start',
}

/**
 * Listens on `port`; 0 selects a free one. Call `serve` before the next tick: earlier requests are not answered.
 * @throws UsageError when the port is in use
 */
export async function listen(port: number): Promise<Listening> {
  const server = createServer({ maxHeaderSize: headerBytesMax })
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  } catch (error) {
    const why = words[(error as NodeJS.ErrnoException).code ?? ''] ?? `can't be used: ${wordsOf(error)}`
    throw new UsageError(`Port ${port} ${why}`)
  }
  const address = server.address()
  const actual = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://127.0.0.1:${actual}`,
    serve: (listener) => server.on('request', listener),
    stop: () => stop(server),
  }
}
