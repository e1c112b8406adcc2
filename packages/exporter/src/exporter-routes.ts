/** The routes of the exporter, beside the table of the endpoint. */
import type { RouteRow } from '@fieldnotes/core/routes'

/** The function judges its callers itself, by a token that is meant for it. Pages of other origins may read answers. */
const row = { function: 'exporter', authorizer: 'none', cookies: false, cors: true, throttle: 0.1 } as const

/** Path of the exporter. Together with the origin it is the `aud` of its tokens. */
export const exporterPath = '/exporter'

/** Paths below the origin; those that end with `/` are followed by the id of an export. */
export const exporterPaths = {
  exports: `${exporterPath}/exports`,
  export: `${exporterPath}/exports/`,
  archive: `${exporterPath}/archives/`,
  metadata: `/.well-known/oauth-protected-resource${exporterPath}`,
} as const

/** One row for each path. */
export const exporterRoutes: readonly RouteRow[] = [
  { ...row, path: exporterPaths.exports, methods: ['POST'] },
  { ...row, path: `${exporterPaths.export}{id}`, methods: ['GET'] },
  { ...row, path: `${exporterPaths.archive}{id}`, methods: ['GET'] },
  { ...row, path: exporterPaths.metadata, methods: ['GET'], throttle: 1 },
]
