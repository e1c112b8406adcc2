/** Runs a program that listens on `PORT`, until it is disposed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@fieldnotes/local/free-port'
import { plainEnvironment } from './run.ts'

export interface ServerOptions {
  /** Path of the Node binary. */
  readonly node: string
  /** Modules that Node loads before the program. */
  readonly preload: readonly string[]
  readonly program: string
  readonly environment: Readonly<Record<string, string>>
}

export interface RunningServer extends AsyncDisposable {
  readonly origin: string
}

/** Starts the program and waits until its port is open. @throws Error with the program's output when it ends before */
export async function startServer({ node, preload, program, environment }: ServerOptions): Promise<RunningServer> {
  const port = await freePort()
  const child = spawn(node, [...preload.flatMap((path) => ['--import', path]), program], {
    env: { ...plainEnvironment(), ...environment, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = once(child, 'exit')
  while (!(await isOpen(port))) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}:\n${output}`)
    await sleep(20)
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill()
      await ended
    },
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}
