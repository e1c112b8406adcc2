/** Which of the two media types of GraphQL over HTTP the client takes. */
import Negotiator from 'negotiator'

export type MediaType = 'application/json' | 'application/graphql-response+json'

const offered: MediaType[] = ['application/json', 'application/graphql-response+json']

/** The media type of the answer; `undefined` when the client takes neither (HTTP 406). JSON when it does not say. */
export const mediaTypeOf = (accept: string | undefined): MediaType | undefined => {
  if (!accept || accept === '*/*') return 'application/json'
  return new Negotiator({ headers: { accept } }).mediaType(offered) as MediaType | undefined
}
