/** Answers requests of the Firebase SDK. Loaded at the first of them. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { loadOnce } from '@fieldnotes/core/load-once'
import type { Log } from '@fieldnotes/core/log'
import { UsageError, wordsOf } from '../usage-error.ts'
import { allowOrigin, assertLocal, assertSender, isForeignPage, isOwner } from './access.ts'
import { ApiError, apiError, errorBody } from './api-error.ts'
import { revocation } from './new-account.ts'
import { openParts, type PartsOptions } from './open-parts.ts'
import type { Parts } from './operations/define-operation.ts'
import { servePage } from './pages/serve-page.ts'
import { readBody } from './read-body.ts'
import { routeOf } from './routes.ts'

/** Answers a request. */
export type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>

function sendJson(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(text)
}

async function callApi(parts: Parts, request: IncomingMessage, url: URL): Promise<object> {
  const route = routeOf(parts.projectId, request.method ?? '', url.pathname)
  const { headers } = request
  const sent = { headers, apiKey: url.searchParams.get('key') ?? undefined, isOwner: isOwner(headers) }
  assertSender(route.sender, sent)
  const body = await readBody(request)
  if (body.tenantId !== undefined) throw apiError('UNSUPPORTED_TENANT_OPERATION')
  return route.operation({ ...parts, isOwner: sent.isOwner, isForeignPage: isForeignPage(headers, parts.origin) }, body)
}

/** What is not an ApiError is logged. The data folder's faults are reported with the way to correct them. */
function apiErrorOf(error: unknown, log: Log): ApiError {
  if (error instanceof ApiError) return error
  log('error', 'firebase', { cause: wordsOf(error) })
  return error instanceof UsageError ? new ApiError(503, error.message) : new ApiError(500, 'INTERNAL')
}

function refuse(request: IncomingMessage, response: ServerResponse, error: ApiError): void {
  if (response.headersSent) return void response.destroy()
  if (error.status === 413) response.setHeader('connection', 'close')
  request.resume()
  sendJson(response, error.status, errorBody(error))
}

/** The sign-in while it runs. */
export interface Served {
  readonly serve: Serve
  /** Ends every sign-in of an account, if there is one. @throws UsageError as the accounts' file */
  readonly endSignIns: (localId: string) => Promise<void>
}

/** The whole sign-in. The accounts are opened with the first request; after a failure the next request tries again. */
export function createServe(options: PartsOptions): Served {
  const open = loadOnce(() => openParts(options))
  return {
    serve: async (request, response) => {
      try {
        assertLocal(request.headers)
        const url = new URL(request.url ?? '/', options.origin)
        const parts = await open()
        if (await servePage(parts, request, response, url)) return
        if (allowOrigin(request, response)) return
        sendJson(response, 200, await callApi(parts, request, url))
      } catch (error) {
        refuse(request, response, apiErrorOf(error, options.log))
      }
    },
    endSignIns: async (localId) => {
      const { accounts, now } = await open()
      const account = accounts.get(localId)
      if (account) accounts.put({ ...account, ...revocation(account, now()) })
    },
  }
}
