/** `clients.json`: clients of the running cloud with their secrets, for tools that get tokens as an app does. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { writePrivately } from '../data-folder.ts'

/** A client, as listed in `clients.json`. */
export interface ListedClient {
  readonly name: string
  readonly client_id: string
  readonly client_secret?: string
  readonly redirect_uris: readonly string[]
  readonly grants: readonly string[]
  /** Sent in `x-api-key`, beside a token of the client. */
  readonly api_key?: string
}

/** Writes the clients to a file that only the owner of the folder can read. Returns a function that deletes it. */
export function publishClients(folder: string, clients: readonly ListedClient[]): () => void {
  const file = join(folder, 'clients.json')
  writePrivately(file, `${JSON.stringify({ clients }, null, 2)}\n`)
  return () => rmSync(file, { force: true })
}
