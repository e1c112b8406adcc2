/** Debian's Chromium, headless, and pages of foreign origins for it to open. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type Browser, chromium } from 'playwright-core'

/** Debian's Chromium. */
export const chromiumPath = '/usr/bin/chromium'

/** A foreign host name that Chromium resolves to this machine. */
export const strangersHost = 'localhost.example'

const quiet = ['gpu', 'quic', 'background-networking', 'component-update', 'sync'].map((name) => `--disable-${name}`)

/** Starts Chromium with a new profile, which Playwright deletes at the end. It connects to this machine only. */
export function startBrowser(): Promise<Browser> {
  const args = [
    ...quiet,
    '--no-first-run',
    `--host-resolver-rules=MAP ${strangersHost} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1`,
  ]
  return chromium.launch({ executablePath: chromiumPath, chromiumSandbox: false, args })
}

/** A running server of pages. */
export interface Pages {
  readonly port: number
  readonly stop: () => void
}

/** Serves an empty page at every path of a free port of 127.0.0.1, and `script` as `/script.js`. */
export async function servePages(script = ''): Promise<Pages> {
  const server = createServer((request, response) => {
    const [type, body] = request.url === '/script.js' ? ['text/javascript', script] : ['text/html', '<!doctype html>']
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const stop = (): void => {
    server.close()
    server.closeAllConnections()
  }
  return { port: typeof address === 'object' && address ? address.port : 0, stop }
}
