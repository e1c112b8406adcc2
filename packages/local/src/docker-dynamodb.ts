/** DynamoDB Local in a container, for platforms that have no embedded DynamoDB. */
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { shellLeash } from './leash.ts'

const image = 'amazon/dynamodb-local:2.6.1'

/** Milliseconds that a client of Docker has to say whether its daemon answers. */
const patience = 10_000

/** Whether the command `docker` exists and its daemon answers. */
function hasDocker(): boolean {
  const { status } = spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], {
    stdio: 'ignore',
    timeout: patience,
  })
  return status === 0
}

/** Downloads the image unless it is there. The progress is shown on standard error. */
function pullImage(): boolean {
  if (spawnSync('docker', ['image', 'inspect', image], { stdio: 'ignore' }).status === 0) return true
  return spawnSync('docker', ['pull', image], { stdio: ['ignore', 2, 2] }).status === 0
}

/** Why DynamoDB Local can't run in Docker, and what helps. */
export interface DockerFault {
  readonly fault: string
  readonly remedy: string
}

/** Makes Docker ready to run DynamoDB Local, which may download its image; or returns why it can't. */
export function prepareDocker(): DockerFault | undefined {
  if (!hasDocker())
    return { fault: 'Docker does not answer', remedy: 'start Docker, whose DynamoDB Local is then used' }
  if (pullImage()) return undefined
  return { fault: `Docker can't download ${image}`, remedy: `make \`docker pull ${image}\` succeed` }
}

/** The file in which DynamoDB Local stores all tables with `-sharedDb`. */
export function sharedFileIn(folder: string): string {
  return join(folder, 'shared-local-instance.db')
}

/** Root in the container, because the image's own user may not write to a folder of this machine. */
function storage(folder: string | undefined): { readonly mount: readonly string[]; readonly database: string[] } {
  if (folder === undefined) return { mount: [], database: ['-inMemory'] }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return { mount: ['--user', 'root', '--volume', `${resolve(folder)}:/data`], database: ['-dbPath', '/data'] }
}

/**
 * The command line that runs DynamoDB Local on a port of 127.0.0.1 and stores its file in `folder`, or nothing without
 * one. The container ends with the client of Docker, which holds its standard input.
 */
export function dockerLine(port: number, folder: string | undefined): readonly string[] {
  const { mount, database } = storage(folder)
  const container = ['docker', 'run', '--rm', '--interactive', '--publish', `127.0.0.1:${port}:8000`, ...mount]
  const program = ['java', '-jar', 'DynamoDBLocal.jar', '-sharedDb', ...database]
  return [...container, '--entrypoint', 'sh', image, '-c', shellLeash, 'sh', ...program]
}
