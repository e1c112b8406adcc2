/** The API's scopes that app clients of a stage's user pool can get, from the link `Notes`. */
import { scopesFaults } from '@fieldnotes/core/scopes'
import type { LinkReader } from './link-reader.ts'

/** App client → the API's scopes. */
export type ClientScopes = Readonly<Record<string, readonly string[]>>

/** Reads them; undefined for a stage that was deployed without them. */
export function readClientScopes(read: LinkReader<'Notes'>): ClientScopes | undefined {
  const given = read.member('Notes', 'clientScopes')
  if (given === undefined) return undefined
  if (isRows(given)) {
    read.fail(given.flatMap(({ scopes }) => scopesFaults(scopes)).map((fault) => `Notes.clientScopes ${fault}`))
    return Object.fromEntries(given.map(({ id, scopes }) => [id, scopes]))
  }
  read.fail(['Notes.clientScopes is not a list of clients'])
  return undefined
}

interface Row {
  readonly id: string
  readonly scopes: readonly string[]
}

/** Their scopes are checked apart. */
function isRows(given: unknown): given is readonly Row[] {
  return Array.isArray(given) && given.every((row) => typeof row?.id === 'string' && row.id !== '')
}
