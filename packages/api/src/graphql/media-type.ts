/** Which of the two media types of GraphQL over HTTP the client takes. */
import { createLru } from '@fieldnotes/policy/lru'
import Negotiator from 'negotiator'

export type MediaType = 'application/json; charset=utf-8' | 'application/graphql-response+json; charset=utf-8'

/** With their charset, which clients may ask for too: a type without it would match none of their names. */
const offered: MediaType[] = ['application/json; charset=utf-8', 'application/graphql-response+json; charset=utf-8']

function negotiate(accept: string): MediaType | undefined {
  return new Negotiator({ headers: { accept } }).mediaType(offered) as MediaType | undefined
}

/** Clients say the same again and again, so that it is remembered. Characters that are read: what comes after them counts for nothing. */
const charactersRead = 300
const negotiated = createLru<string, { readonly mediaType: MediaType | undefined }>(100)

/** A copy: a part of a text would keep the whole of it in memory. */
function beginningOf(accept: string): string {
  return Buffer.from(accept.slice(0, charactersRead)).toString()
}

/** The media type of the answer; `undefined` when the client takes neither (HTTP 406). JSON when it does not say. */
export function mediaTypeOf(accept: string | undefined): MediaType | undefined {
  if (!accept || accept === '*/*') return 'application/json; charset=utf-8'
  const read = accept.length > charactersRead ? beginningOf(accept) : accept
  return negotiated.get(read, () => ({ mediaType: negotiate(read) })).mediaType
}
