/** The one HTTP server, on 127.0.0.1 only. */
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { Complaint, wordsOf } from './complaint.ts'

export interface Listening {
  /** Such as `http://127.0.0.1:4000`. */
  readonly url: string
  /** Answers requests with `listener`, from now on. */
  readonly serve: (listener: RequestListener) => void
  readonly stop: () => Promise<void>
}

/** Bytes. API Gateway takes 10,240; this takes more, so that it is the endpoint's own bounds that are seen to hold. */
const headerBytesMax = 1024 * 1024

/** Milliseconds in which requests that are being answered may end. */
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

/** Takes `port`; 0 is any free one. Serve before the next tick: what comes in until then is not answered. @throws Complaint when the port is taken. */
export async function listen(port: number): Promise<Listening> {
  const server = createServer({ maxHeaderSize: headerBytesMax })
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  } catch (error) {
    const why = words[(error as NodeJS.ErrnoException).code ?? ''] ?? `can't be used: ${wordsOf(error)}`
    throw new Complaint(`Port ${port} ${why}`)
  }
  const address = server.address()
  const actual = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://127.0.0.1:${actual}`,
    serve: (listener) => server.on('request', listener),
    stop: () => stop(server),
  }
}
