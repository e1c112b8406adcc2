/** Gets a key set over the network and believes as little of the answer as possible. */
import { AppError } from '@fieldnotes/core/error'
import type { Bounds } from '../bounds.ts'
import type { Algorithm } from '../issuers/issuer.ts'
import { type Outage, unavailable } from '../refusals.ts'
import { parseStrictJson } from '../token/strict-json.ts'
import { type Key, parseKey } from './key.ts'

export interface KeySource {
  readonly uri: string
  readonly algorithms: readonly Algorithm[]
  /** Only the local cloud believes keys whose private half is published. */
  readonly trustPublished: boolean
  readonly fetch: typeof fetch
  readonly bounds: Bounds
}

export interface KeyAnswer {
  readonly keys: ReadonlyMap<string, Key>
  /** Keys in the answer that were not fit for use. */
  readonly dropped: number
}

/** Throws for every answer that is not one well-formed, small, quick, direct key set. What it throws may quote the answer: see `faultOf`. */
export async function fetchKeySet(source: KeySource): Promise<KeyAnswer> {
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

/** Counts what arrives, decompressed, and leaves off at the bound. */
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

/** Keys that are unfit are dropped; a set with one `kid` for two keys does not say which to use, so all of it is refused. */
function parseKeySet(body: Uint8Array, { algorithms, trustPublished, bounds }: KeySource): KeyAnswer {
  const { keys: jwks } = parseStrictJson(body, bounds.jsonDepthMax)
  if (!Array.isArray(jwks)) return unavailable('keys_malformed')
  if (jwks.length > bounds.keysMax) return unavailable('keys_too_many')
  const fit = jwks.flatMap((jwk) => parseKey(jwk, algorithms, trustPublished) ?? [])
  const keys = new Map(fit.map((key) => [key.kid, key]))
  if (keys.size !== fit.length) return unavailable('keys_ambiguous')
  return { keys, dropped: jwks.length - fit.length }
}

/** Why a fetch failed, in a word of our own: neither the network's messages nor the parser's go to the log. */
export function faultOf(error: unknown): Outage {
  if (!(error instanceof AppError)) return 'keys_no_answer'
  return error.code === 'UNAVAILABLE' ? (error.reason as Outage) : 'keys_malformed'
}
