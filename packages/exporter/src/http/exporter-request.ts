/** Types of the function, and what it reads of an event. */
import { AppError } from '@fieldnotes/core/error'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { exporterPaths } from '../exporter-routes.ts'

/** An event of API Gateway's HTTP API, payload format 2.0. */
export type Event = APIGatewayProxyEventV2
export type Result = APIGatewayProxyStructuredResultV2

/** A request to one of the paths. `id` is not checked yet. */
export interface ExporterRequest {
  readonly route: keyof typeof exporterPaths
  readonly id: string
}

/** The path without the stage: API Gateway prefixes the name of a stage, except `$default`. */
function pathOf({ rawPath, requestContext: { stage } }: Event): string {
  const prefix = `/${stage}/`
  return stage !== undefined && stage !== '$default' && rawPath.startsWith(prefix)
    ? rawPath.slice(prefix.length - 1)
    : rawPath
}

/** The route of an event. @throws NOT_FOUND for any other path */
export function requestOf(event: Event): ExporterRequest {
  const path = pathOf(event)
  for (const [route, fixed] of Object.entries(exporterPaths)) {
    const id = path.slice(fixed.length)
    const isFound = fixed.endsWith('/') ? path.startsWith(fixed) && id !== '' && !id.includes('/') : path === fixed
    if (isFound) return { route: route as ExporterRequest['route'], id }
  }
  throw new AppError('NOT_FOUND', 'no such route')
}

/** Whether a text has the form of an export's id: 22 base64url characters. */
export function isExportId(id: string): boolean {
  return /^[\w-]{22}$/.test(id)
}

/** @throws BAD_USER_INPUT for a request with a body */
export function assertNoBody({ body }: Event): void {
  if (body === undefined || body === '') return
  throw new AppError('BAD_USER_INPUT', 'body', { message: 'Send no body.' })
}
