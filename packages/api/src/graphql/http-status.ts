/** Decides the HTTP status of every GraphQL response, with the headers that a status needs (GraphQL over HTTP §6.4). */
import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server'
import { type AppError, errors as codes } from '@fieldnotes/core/error'
import type { Identity } from '@fieldnotes/identity/identity'
import type { GraphQLError } from 'graphql'
import { appErrorOf } from '../errors/map-error.ts'
import { withMetadataPointer } from '../errors/metadata-pointer.ts'
import type { Context } from '../resolvers/context.ts'
import { defaultMediaType, mediaTypeOf } from './media-type.ts'

type Operation = GraphQLRequestContextWillSendResponse<Context>

/** Codes of documents that GraphQL over HTTP answers with 200 for `application/json` (§6.4.1). */
const documentFailures = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'])

/** The status of a request that is refused as a whole: that of its code, unless the error has a more specific one. */
export function statusOf({ code, extensions }: AppError): number {
  return typeof extensions.status === 'number' ? extensions.status : codes[code].status
}

/** Whether at least one root field has a value. */
function hasData(data: unknown): boolean {
  return typeof data === 'object' && data !== null && Object.values(data).some((value) => value !== null)
}

/** The status of a response with no data, whose cause is a failure of the service. */
function failureStatus(errors: readonly GraphQLError[]): number | undefined {
  const found = new Set(errors.map((error) => appErrorOf(error).code))
  if (found.has('UNAVAILABLE')) return 503
  return found.has('INTERNAL') ? 500 : undefined
}

interface Head {
  readonly spec?: unknown
}

/** Whether the error's own status applies for every media type. Policy says so of the requests that it refuses. */
function hasOwnStatus({ extensions: { http } }: GraphQLError): boolean {
  return (http as Head | undefined)?.spec === false
}

function isDocumentFailure(error: GraphQLError): boolean {
  if (hasOwnStatus(error)) return false
  return documentFailures.has(String(error.extensions.code)) && appErrorOf(error).code === 'BAD_USER_INPUT'
}

/** The status of an operation's response; undefined for the one that Apollo has set. */
function statusOfOperation({ response, errors = [] }: Operation, isLegacy: boolean): number | undefined {
  if (errors.length === 0 || response.body.kind !== 'single') return undefined
  const { data } = response.body.singleResult
  const failure = failureStatus(errors)
  if (failure && !hasData(data)) return failure
  // Apollo's 500 is for errors that it does not know: an operation that we refused before it ran.
  if (data === undefined && response.http.status === 500) return Math.max(...errors.map(appErrorOf).map(statusOf))
  // Apollo's 200 is for an unknown persisted query. `application/graphql-response+json` has no 2xx without data.
  if (!isLegacy && data === undefined && response.http.status === 200) return 400
  return isLegacy && response.http.status === 400 && errors.every(isDocumentFailure) ? 200 : undefined
}

/** The wait of an error, after which the request may be worth sending again. */
function secondsOf({ remedy }: AppError): readonly number[] {
  return remedy?.kind === 'RETRY' ? [remedy.after ?? 1] : []
}

/** The header that belongs to a status. */
function headerOf(status: number | undefined, { errors = [] }: Operation, challenge: Identity['challenge']) {
  const found = errors.map(appErrorOf)
  const seconds = status === 503 || status === 429 ? found.flatMap(secondsOf) : []
  if (seconds.length > 0) return ['retry-after', String(Math.max(...seconds))] as const
  const refused = found.find((error) => status === 401 || (status === 403 && error.remedy))
  const value = refused && challenge(refused)
  return value ? (['www-authenticate', value] as const) : undefined
}

/** Adds the URL of the metadata to the errors of a 401. */
function addPointer({ response: { body } }: Operation, metadataUrl: string): void {
  if (body.kind !== 'single' || !body.singleResult.errors) return
  body.singleResult.errors = body.singleResult.errors.map((error) => withMetadataPointer(error, metadataUrl))
}

/** Sets media type, status and headers of a response, and the pointer of a 401. */
export function createHttpStatus({
  challenge,
  metadataUrl,
}: Pick<Identity, 'challenge' | 'metadataUrl'>): ApolloServerPlugin<Context> {
  const setHead = async (operation: Operation): Promise<void> => {
    const { http, body } = operation.response
    const mediaType = mediaTypeOf(operation.request.http?.headers.get('accept'))
    const status = statusOfOperation(operation, mediaType === defaultMediaType)
    const header = headerOf(status ?? http.status, operation, challenge)
    if (mediaType) http.headers.set('content-type', mediaType)
    if (status) http.status = status
    if (header) http.headers.set(header[0], header[1])
    if (http.status === 401) addPointer(operation, metadataUrl)
    if (status && status >= 500 && body.kind === 'single') body.singleResult.data = null
  }
  return { requestDidStart: async () => ({ willSendResponse: setHead }) }
}
