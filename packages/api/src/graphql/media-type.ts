/** Decides the media type of every GraphQL response: one of the two of GraphQL over HTTP. */
import Negotiator from 'negotiator'
import { rememberedHeader } from './remembered-header.ts'

/** The media type for a client that states no preference (GraphQL over HTTP §6.1). */
export const defaultMediaType = 'application/json; charset=utf-8'

/** With the charset, so that an `accept` header with `charset=utf-8` matches too. */
const offered = [defaultMediaType, 'application/graphql-response+json; charset=utf-8'] as const

export type MediaType = (typeof offered)[number]

const token = "[\\w!#$%&'*+.^`|~-]+"
const weight = 'q=(?:0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)(?=[ \\t]*(?:[;,]|$))'
const parameter = `(?:${weight}|(?!q=)${token}=(?:${token}|"(?:[^"\\\\]|\\\\.)*"))`
const range = `${token}/${token}(?:[ \\t]*;(?:[ \\t]*${parameter})?)*`

/** A list of media ranges (RFC 9110 §12.5.1). It may have empty elements (§5.6.1). */
const wellFormed = new RegExp(`^[ \\t,]*${range}(?:[ \\t]*,[ \\t,]*${range})*[ \\t,]*$`, 'i')

function negotiate(accept: string): MediaType | 'none' {
  if (!wellFormed.test(accept)) return defaultMediaType
  return (new Negotiator({ headers: { accept } }).mediaType([...offered]) as MediaType | undefined) ?? 'none'
}

const negotiated = rememberedHeader(negotiate)

/**
 * The media type for an `accept` header; `undefined` when it accepts neither (HTTP 406). A header that is missing,
 * empty, malformed, longer than 1,000 characters or of more than 20 media ranges is disregarded, which RFC 9110 §12.5.1
 * permits: the response is `application/json`.
 */
export function mediaTypeOf(accept: string | undefined): MediaType | undefined {
  const mediaType = negotiated(accept) ?? defaultMediaType
  return mediaType === 'none' ? undefined : mediaType
}
