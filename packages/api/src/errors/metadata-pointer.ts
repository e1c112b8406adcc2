/** Where a client without a valid token gets one: the URL of the resource's metadata (RFC 9728 §2). */
import type { GraphQLFormattedError } from 'graphql'

/**
 * Adds the URL to the error of a 401. `WWW-Authenticate` has it too, but a gateway may rename that header: API Gateway
 * returns `x-amzn-remapped-www-authenticate` for REST APIs. Other errors are returned as they are.
 */
export function withMetadataPointer(error: GraphQLFormattedError, metadataUrl: string): GraphQLFormattedError {
  if (error.extensions?.code !== 'UNAUTHENTICATED') return error
  return { ...error, extensions: { ...error.extensions, resourceMetadata: metadataUrl } }
}
