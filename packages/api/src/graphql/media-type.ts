/** Decides the media type of every GraphQL response: one of the two of GraphQL over HTTP. */
import { createLru } from '@fieldnotes/policy/lru'
import Negotiator from 'negotiator'

export type MediaType = 'application/json; charset=utf-8' | 'application/graphql-response+json; charset=utf-8'

/** With the charset, so that an `accept` header with `charset=utf-8` matches too. */
const offered: MediaType[] = ['application/json; charset=utf-8', 'application/graphql-response+json; charset=utf-8']

function negotiate(accept: string): MediaType | undefined {
  return new Negotiator({ headers: { accept } }).mediaType(offered) as MediaType | undefined
}

/** Characters of `accept` that are read. The rest is ignored. */
const charactersRead = 300
/** Clients repeat the same header. */
const negotiated = createLru<string, { readonly mediaType: MediaType | undefined }>(100)

/** A copy: a slice would keep the whole header in memory. */
function beginningOf(accept: string): string {
  return Buffer.from(accept.slice(0, charactersRead)).toString()
}

/**
 * The media type for an `accept` header: `application/json` without one, `undefined` when it accepts neither (HTTP
 * 406).
 */
export function mediaTypeOf(accept: string | undefined): MediaType | undefined {
  if (!accept || accept === '*/*') return 'application/json; charset=utf-8'
  const read = accept.length > charactersRead ? beginningOf(accept) : accept
  return negotiated.get(read, () => ({ mediaType: negotiate(read) })).mediaType
}
