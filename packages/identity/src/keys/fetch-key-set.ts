/** Fetches a key set (RFC 7517 §5) with limits on time, bytes, keys and redirects. */
import { AppError } from '@fieldnotes/core/error'
import type { Bounds } from '../bounds.ts'
import { type Outage, unavailable } from '../refusals.ts'
import { parseStrictJson } from '../token/strict-json.ts'
import type { Algorithm } from '../token/token-profile.ts'
import { type Key, parseKey } from './key.ts'

/** Where a key set is, and what is accepted of it. */
export interface KeySource {
  readonly uri: string
  readonly algorithms: readonly Algorithm[]
  /** Whether keys whose private half is public are accepted. True in local development only. */
  readonly trustPublishedKeys: boolean
  readonly fetch: typeof fetch
  readonly bounds: Bounds
}

/** The usable keys of a key set, by `kid`. */
export interface FetchedKeys {
  readonly keys: ReadonlyMap<string, Key>
  /** How many other keys the key set had. */
  readonly dropped: number
}

/**
 * Fetches a key set once. Errors may quote the response: log only `outageOf(error)`.
 * @throws when the response is not a well-formed key set with status 200, within the limits, without redirect
 */
export async function fetchKeySet(source: KeySource): Promise<FetchedKeys> {
  const response = await source.fetch(source.uri, {
    headers: { accept: 'application/jwk-set+json, application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(source.bounds.keysFetchMillisMax),
  })
  if (response.status !== 200) {
    await response.body?.cancel()
    return unavailable('keys_status')
  }
  return parseKeySet(await read(response, source.bounds.keysBytesMax), source)
}

/** Reads a body and stops at the limit. Bytes count after decompression. */
async function read(response: Response, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > bytesMax) unavailable('keys_too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Drops unfit keys. Refuses a whole set that has two keys with one `kid`, because it does not say which key to use. */
function parseKeySet(body: Uint8Array, { algorithms, trustPublishedKeys, bounds }: KeySource): FetchedKeys {
  const { keys: jwks } = parseStrictJson(body, bounds.jsonDepthMax)
  if (!Array.isArray(jwks)) return unavailable('keys_malformed')
  if (jwks.length > bounds.keysMax) return unavailable('keys_too_many')
  const fit = jwks.flatMap((jwk) => parseKey(jwk, algorithms, trustPublishedKeys) ?? [])
  const keys = new Map(fit.map((key) => [key.kid, key]))
  if (keys.size !== fit.length) return unavailable('keys_ambiguous')
  return { keys, dropped: jwks.length - fit.length }
}

/** The reason of a failed fetch for the log. It contains no message of the network or the parser. */
export function outageOf(error: unknown): Outage {
  if (!(error instanceof AppError)) return 'keys_no_answer'
  return error.code === 'UNAVAILABLE' ? (error.reason as Outage) : 'keys_malformed'
}
