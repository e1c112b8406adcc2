/** Responses as API Gateway takes them, with the headers that all of them have. */
import type { AppError } from '@fieldnotes/core/error'
import { publicError } from '../errors/map-error.ts'
import { withMetadataPointer } from '../errors/metadata-pointer.ts'
import { statusOf } from '../graphql/http-status.ts'
import { defaultMediaType, mediaTypeOf } from '../graphql/media-type.ts'
import type { Event, Result } from './route.ts'

type Headers = Readonly<Record<string, string>>

/** A response belongs to one caller, has the type that it names, and depends on what the client accepts. */
const common: Headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  vary: 'accept, accept-encoding',
}

/** 204 without a body. */
export function noContent(): Result {
  return { statusCode: 204, headers: common }
}

/** A response with a JSON body. The common headers replace those of the same name, such as Apollo's `cache-control`. */
export function jsonResponse(statusCode: number, body: string, headers: Headers = {}): Result {
  return {
    statusCode,
    headers: { 'content-type': defaultMediaType, ...headers, ...common },
    body,
  }
}

/** What a refusal depends on. */
interface Refused {
  readonly accept: string | undefined
  /** In the response to an INTERNAL error. */
  readonly requestId: string
  /** URL of the resource's metadata, in the body of a 401. */
  readonly metadataUrl?: string
}

/** The refused request of an event. */
export function refusedOf({ headers, requestContext }: Event): Refused {
  return { accept: headers.accept, requestId: requestContext.requestId }
}

/**
 * The response to a request that was refused outside the execution of an operation, in the media type that `accept`
 * names.
 */
export function errorResponse(error: AppError, refused: Refused, headers: Headers = {}): Result {
  const { accept, requestId, metadataUrl } = refused
  const found = publicError({ message: '', extensions: { requestId } }, error)
  const body = JSON.stringify({ errors: [metadataUrl ? withMetadataPointer(found, metadataUrl) : found] })
  const mediaType = mediaTypeOf(accept)
  return jsonResponse(statusOf(error), body, {
    ...(mediaType && { 'content-type': mediaType }),
    ...(error.remedy?.kind === 'RETRY' && { 'retry-after': String(error.remedy.after ?? 1) }),
    ...headers,
  })
}
