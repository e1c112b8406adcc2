/** Runs an example of `examples/` as a process, and sends it requests. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A running example. */
export interface Example {
  readonly port: number
  readonly stop: () => Promise<unknown>
}

/** Runs an example as it is. Its issuer's key set is requested at `origin`. */
export async function startExample(file: string, origin: string): Promise<Example> {
  const port = await freePort()
  const preload = new URL('./redirect-issuer.mjs', import.meta.url).href
  const child = spawn(process.execPath, ['--import', preload, file], {
    env: { PATH: process.env.PATH, PORT: String(port), ISSUER_ORIGIN: origin },
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  const stop = () => {
    child.kill()
    return ended
  }
  while (child.exitCode === null) {
    const answer = await send(port).catch(() => undefined)
    if (answer !== undefined) return { port, stop }
    await new Promise(setImmediate)
  }
  throw new Error('the example ended')
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

/** The parts of a response that tests compare. */
export interface HttpResponse {
  readonly status: number | undefined
  readonly challenge: string | undefined
  readonly type: string | undefined
  readonly body: string
}

/** Sends one header line for each `authorization`. */
export async function send(port: number, authorization: string[] = [], target = '/'): Promise<HttpResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpResponse>()
  const headers = ['host', 'api.example.com', ...authorization.flatMap((value) => ['authorization', value])]
  const outgoing = request({ host: '127.0.0.1', port, path: target, headers }, async (response) => {
    let body = ''
    for await (const chunk of response) body += chunk
    const { 'www-authenticate': challenge, 'content-type': type } = response.headers
    resolve({ status: response.statusCode, challenge, type, body })
  })
  outgoing.on('error', reject).end()
  return promise
}
