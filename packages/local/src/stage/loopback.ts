/** Receives the answer of a sign-in on this machine (RFC 8252 §7.3): a listener for one redirect. */
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { CommandFailed, wordsOf } from '../usage-error.ts'

/** A listener at a redirect URI. */
export interface Loopback {
  /** With the port on which it listens. */
  readonly redirectUri: string
  /** The first request to the URI that has the parameter `state` of the sign-in. */
  readonly answer: Promise<URL>
  readonly close: () => void
}

const headers = {
  'content-type': 'text/plain; charset=utf-8',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
}

/** Both loopback addresses: a browser may try either for `localhost`, where another program could listen. */
const addresses = ['127.0.0.1', '::1']

/** A machine without IPv6 has no `::1`. */
const absent = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])

async function listenAt(host: string, port: number, listener: RequestListener): Promise<Server | undefined> {
  const server = createServer(listener)
  try {
    server.listen({ host, port, ipv6Only: true })
    await once(server, 'listening')
    return server
  } catch (error) {
    if (host === '::1' && absent.has((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

function close(servers: readonly Server[]): void {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
}

function portOf(server: Server | undefined): number | undefined {
  const address = server?.address()
  return typeof address === 'object' ? address?.port : undefined
}

/** Listens at both addresses. A port that is taken at one of them is not used. */
async function listenOn(port: number, listener: RequestListener): Promise<readonly Server[]> {
  const servers: Server[] = []
  try {
    for (const host of addresses) {
      const server = await listenAt(host, portOf(servers[0]) ?? port, listener)
      if (server) servers.push(server)
    }
    return servers
  } catch (error) {
    close(servers)
    throw error
  }
}

/** An error is an answer too (RFC 6749 §4.1.2.1). */
function wordsFor({ searchParams }: URL): string {
  const outcome = searchParams.has('error')
    ? 'You are not signed in: the terminal says why.'
    : 'Go back to the terminal.'
  return `${outcome} You can close this page.\n`
}

/** Answers the redirect, and refuses everything else: only the browser of this sign-in knows `state`. */
function receiver({ path, state, found }: { path: string; state: string; found: (url: URL) => void }): RequestListener {
  return (request, response) => {
    const url = URL.parse(request.url ?? '', 'http://localhost')
    const isOurs = request.method === 'GET' && url?.pathname === path && url.searchParams.get('state') === state
    response.writeHead(isOurs ? 200 : 404, headers)
    response.end(isOurs ? wordsFor(url) : 'Nothing here.\n')
    if (isOurs) found(url)
  }
}

/**
 * Listens at the first redirect URI whose port is free.
 * @throws CommandFailed when there is none
 */
export async function openLoopback(redirects: readonly string[], state: string): Promise<Loopback> {
  const { promise: answer, resolve } = Promise.withResolvers<URL>()
  let reason = 'the app has no redirect to this machine'
  for (const redirect of redirects) {
    const url = new URL(redirect)
    const found = (at: URL) => resolve(new URL(`${url.pathname}${at.search}`, url))
    try {
      const servers = await listenOn(Number(url.port), receiver({ path: url.pathname, state, found }))
      url.port = String(portOf(servers[0]) ?? url.port)
      return { redirectUri: url.href, answer, close: () => close(servers) }
    } catch (error) {
      reason = wordsOf(error)
    }
  }
  throw new CommandFailed(`No redirect of the app can be received: ${reason}.`)
}
