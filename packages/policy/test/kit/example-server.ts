/** Runs an example of `examples/` as a process. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** A running example. `errorOutput` is what it has written to its standard error. */
export interface ExampleServer extends AsyncDisposable {
  readonly origin: string
  readonly errorOutput: () => string
}

/** Starts the example and waits until it answers. @throws Error with its output when it ends before */
export async function startExample(file: string): Promise<ExampleServer> {
  const port = await freePort()
  const program = join(import.meta.dirname, '../../examples', file)
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, PORT: String(port), NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const ended = once(child, 'exit')
  const origin = `http://127.0.0.1:${port}`
  while (!(await isReached(origin))) {
    if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode}:\n${output}`)
    await new Promise(setImmediate)
  }
  return {
    origin,
    errorOutput: () => output,
    async [Symbol.asyncDispose]() {
      child.kill()
      await ended
    },
  }
}

function isReached(origin: string): Promise<boolean> {
  return fetch(origin, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }).then(
    () => true,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}
