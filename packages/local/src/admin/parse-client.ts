/** The words and flags of `clients`, as a client of a third party. */
import { readFileSync } from 'node:fs'
import type { Credentials } from '@fieldnotes/issuer/issuer-client'
import { type ClientCandidate, storedClientFaults } from '@fieldnotes/issuer/stored-clients'
import { digestOf } from '@fieldnotes/table/digest'
import { UsageError, wordsOf } from '../usage-error.ts'

/** Flags that describe a client. */
export interface ClientFlags {
  readonly scope?: string
  readonly lifetime?: string
  readonly jwks?: string
}

/** What a client proves itself with from now on. @throws UsageError for a file that has no key set */
export function credentialsOf(jwks: string | undefined, secret: string): Credentials {
  return jwks === undefined ? { secretDigests: [digestOf(secret)] } : { jwks: { keys: keysIn(jwks) } }
}

function keysIn(file: string): NonNullable<Credentials['jwks']>['keys'] {
  try {
    const { keys } = JSON.parse(readFileSync(file, 'utf8'))
    if (Array.isArray(keys)) return keys
  } catch (error) {
    // The message of a SyntaxError quotes the file, which may have a private key by mistake.
    if (!(error instanceof SyntaxError)) throw new UsageError(`--jwks ${file} can’t be read: ${wordsOf(error)}.`)
  }
  throw new UsageError(`--jwks ${file} is no key set: { "keys": [ … ] }.`)
}

/** The client that `add` describes. @throws UsageError for one that the rules of the table of grants do not allow */
export function parseClient(id: string, flags: ClientFlags, secret: string): ClientCandidate {
  const { scope = 'notes:read', lifetime = '300', jwks } = flags
  if (!/^[1-9]\d*$/.test(lifetime)) throw new UsageError('--lifetime is not a number of seconds.')
  const grant = { targets: { graphql: scope.split(' ').filter(Boolean) }, lifetimeSeconds: Number(lifetime) }
  const auth = jwks === undefined ? 'client_secret_basic' : 'private_key_jwt'
  const row = { profile: 'machine', auth, grants: { client_credentials: grant } }
  const client = { id, row, credentials: credentialsOf(jwks, secret) }
  const [fault] = storedClientFaults(client)
  if (fault !== undefined) throw new UsageError(`The client can’t be added: ${fault}.`)
  return client
}
