/** Gets a key set over the network and believes as little of the answer as possible. */
import type { Bounds } from './bounds.ts'
import type { Algorithm } from './issuer.ts'
import { type Key, parseKey } from './key.ts'
import { parseStrictJson } from './strict-json.ts'

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

/** Throws for every answer that is not one well-formed, small, quick, direct key set. */
export const fetchKeySet = async (source: KeySource): Promise<KeyAnswer> => {
  const response = await source.fetch(source.uri, {
    headers: { accept: 'application/jwk-set+json, application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(source.bounds.keysFetchMillisMax),
  })
  if (response.status !== 200) {
    await response.body?.cancel()
    throw new Error('the key server did not answer 200')
  }
  return parseKeySet(await read(response, source.bounds.keysBytesMax), source)
}

/** Counts what arrives, decompressed, and leaves off at the bound. */
const read = async (response: Response, bytesMax: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > bytesMax) throw new Error('the key set is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Keys that are unfit are dropped; a set with one `kid` for two keys does not say which to use, so all of it is refused. */
const parseKeySet = (body: Uint8Array, { algorithms, trustPublished, bounds }: KeySource): KeyAnswer => {
  const { keys: jwks } = parseStrictJson(body, bounds.jsonDepthMax)
  if (!Array.isArray(jwks) || jwks.length > bounds.keysMax) throw new Error('no list of keys, or too many')
  const fit = jwks.flatMap((jwk) => parseKey(jwk, algorithms, trustPublished) ?? [])
  const keys = new Map(fit.map((key) => [key.kid, key]))
  if (keys.size !== fit.length) throw new Error('one kid names two keys')
  return { keys, dropped: jwks.length - fit.length }
}
