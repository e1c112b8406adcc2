/** Decides the media type of every GraphQL response: one of the two of GraphQL over HTTP. */
import Negotiator from 'negotiator'
import { rememberedHeader } from './remembered-header.ts'

export type MediaType = 'application/json; charset=utf-8' | 'application/graphql-response+json; charset=utf-8'

/** With the charset, so that an `accept` header with `charset=utf-8` matches too. */
const offered: MediaType[] = ['application/json; charset=utf-8', 'application/graphql-response+json; charset=utf-8']

function negotiate(accept: string): MediaType | 'none' {
  return (new Negotiator({ headers: { accept } }).mediaType(offered) as MediaType | undefined) ?? 'none'
}

const negotiated = rememberedHeader(negotiate)

/**
 * The media type for an `accept` header: `application/json` without one or with one that is too long, `undefined` when
 * it accepts neither (HTTP 406).
 */
export function mediaTypeOf(accept: string | undefined): MediaType | undefined {
  const mediaType = negotiated(accept) ?? 'application/json; charset=utf-8'
  return mediaType === 'none' ? undefined : mediaType
}
