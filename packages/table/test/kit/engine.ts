/** A DynamoDB for tests: the embedded engine on a free port, or the one that DYNAMODB_ENDPOINT names. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { createTableIfMissing } from '../../scripts/create-table.ts'
import type { TableConfig } from '../../src/table-config.ts'
import type { TableName } from '../../src/table-shapes.ts'

export interface Engine {
  readonly endpoint: string
  /** Creates a new table, of the notes unless another shape is given. */
  readonly newTable: (shape?: TableName) => Promise<TableConfig>
  readonly stop: () => Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** setpriv(1), with which the kernel ends the engine when the process of the tests was killed. */
const setpriv = '/usr/bin/setpriv'
const leash = existsSync(setpriv) ? [setpriv, '--pdeathsig', 'KILL'] : []

async function spawnEngine(): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const port = String(await freePort())
  const binary = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide')
  const line = [...leash, binary, 'serve', '--host', '127.0.0.1', '--port', port]
  const child = spawn(line[0] ?? '', line.slice(1), { stdio: 'ignore' })
  const ended = once(child, 'exit')
  const stop = async () => {
    child.kill()
    await ended
  }
  const endpoint = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 200; tries += 1) {
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    )
    if (answered) return { endpoint, stop }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  await stop()
  throw new Error('the embedded DynamoDB does not answer')
}

/** Starts the engine. The caller stops it. */
export async function startEngine(): Promise<Engine> {
  const given = process.env.DYNAMODB_ENDPOINT
  const { endpoint, stop } = given ? { endpoint: given, stop: async () => undefined } : await spawnEngine()
  const newTable = async (shape: TableName = 'notes') => {
    const config = { name: `fieldnotes-${randomUUID()}`, region: 'eu-west-1', endpoint }
    await createTableIfMissing(config, shape)
    return config
  }
  return { endpoint, newTable, stop }
}
