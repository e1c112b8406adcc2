/** Which of the two media types of GraphQL over HTTP the client takes. */
import { createLru } from '@fieldnotes/policy/lru'
import Negotiator from 'negotiator'

export type MediaType = 'application/json; charset=utf-8' | 'application/graphql-response+json; charset=utf-8'

/** With their charset, which clients may ask for too: a type without it would match none of their names. */
const offered: MediaType[] = ['application/json; charset=utf-8', 'application/graphql-response+json; charset=utf-8']

const negotiate = (accept: string): MediaType | undefined =>
  new Negotiator({ headers: { accept } }).mediaType(offered) as MediaType | undefined

/** Clients say the same again and again. Characters of a header that is remembered, and of one that is read: what comes after them counts for nothing. */
const charactersMax = 200
const charactersRead = 2_000
const negotiated = createLru<string, { readonly mediaType: MediaType | undefined }>(100)

/** The media type of the answer; `undefined` when the client takes neither (HTTP 406). JSON when it does not say. */
export const mediaTypeOf = (accept: string | undefined): MediaType | undefined => {
  if (!accept || accept === '*/*') return 'application/json; charset=utf-8'
  if (accept.length > charactersMax) return negotiate(accept.slice(0, charactersRead))
  return negotiated.get(accept, () => ({ mediaType: negotiate(accept) })).mediaType
}
