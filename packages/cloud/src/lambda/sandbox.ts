import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { FarSide } from './far-side.ts'
import { type Outcome, serveRuntimeApi } from './runtime-api.ts'

/** A Lambda instance. */
export interface Sandbox {
  /** Invokes the function; starts a process when there is none, as Lambda does. */
  invoke(event: unknown): Promise<Outcome>
  /** Number of processes started so far. */
  readonly coldStarts: number
  /** Output of the function so far. */
  readonly log: string
  close(): void
}

interface Settings {
  /** Folder with the bundle and its sealed links. */
  readonly folder: string
  readonly handler?: string
  readonly farSide: FarSide
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutSeconds?: number
}

const runtimeClient = createRequire(import.meta.url).resolve('aws-lambda-ric')

/** One Lambda instance: the deployed bundle in AWS's runtime interface client, as a separate process. */
export async function openSandbox(settings: Settings): Promise<Sandbox> {
  const { folder, farSide, timeoutSeconds = 15 } = settings
  const authority = join(folder, 'far-side.pem')
  writeFileSync(authority, farSide.certificate)
  let child: ChildProcess | undefined
  let coldStarts = 0
  let log = ''
  const api = await serveRuntimeApi({ timeoutSeconds, onTimeout: () => child?.kill('SIGKILL') })

  const start = (): void => {
    const args = ['--no-warnings', '--import', join(import.meta.dirname, 'preload.ts'), runtimeClient]
    const own = spawn(process.execPath, args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...variablesOf(settings, api.port), NODE_EXTRA_CA_CERTS: authority },
    })
    child = own
    coldStarts += 1
    for (const stream of [own.stdout, own.stderr])
      stream.on('data', (chunk) => {
        log += chunk
      })
    own.on('exit', (status, signal) => {
      if (child !== own) return
      child = undefined
      api.giveUp(
        'Runtime.ExitError',
        `Runtime exited with ${status === null ? `signal ${signal}` : `status ${status}`}`,
      )
    })
  }
  return {
    get coldStarts() {
      return coldStarts
    },
    get log() {
      return log
    },
    invoke(event) {
      if (!child || child.killed) start()
      return api.invoke(event)
    },
    close() {
      child?.kill('SIGKILL')
      api.close()
    },
  }
}

/** Variables that Lambda sets, and those of the function; our own environment is not passed. */
function variablesOf({ folder, environment, farSide, handler = 'bundle.handler' }: Settings, port: number) {
  return {
    _HANDLER: handler,
    PATH: process.env.PATH,
    TZ: ':UTC',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
    AWS_LAMBDA_FUNCTION_NAME: 'fieldnotes',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_LOG_GROUP_NAME: '/fieldnotes/production/graphql',
    AWS_LAMBDA_LOG_STREAM_NAME: 'stream',
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
    // The JavaScript transport instead of the native one.
    ...(process.env.FIELDNOTES_RUNTIME !== 'native' && { AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1: 'true' }),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_SESSION_TOKEN: 'none',
    LAMBDA_TASK_ROOT: folder,
    FAR_SIDE_PORT: String(farSide.port),
    ...environment,
  }
}
