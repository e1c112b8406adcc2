/**
 * Where people sign in on the laptop: the user pool with its pages and its API, the second provider, and the mailbox.
 * Everything is loaded by the first request that needs it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { loadOnce } from '@fieldnotes/core/load-once'
import { html } from '@fieldnotes/issuer/html'
import { mailboxPage } from './mailbox/mailbox-page.ts'
import { sendPage } from './pages/page.ts'
import { isOurs, RequestRefusal } from './pages/requests.ts'
import { stylePath, styleSheet } from './pages/style-sheet.ts'
import type { PoolHandler, PoolSettings } from './pool/pool.ts'
import type { Claims } from './pool/token-contents.ts'
import { UsageError } from './usage-error.ts'

/** Paths at which the site may have something. */
const paths = /^\/(?:cognito\/[^/]+\/(?!\.well-known\/)|google\/|aws\/cognito-idp\/?$|mailbox$|pages\/)/

/** Paths of things that need no pool. */
const isSmall = /^\/(?:mailbox$|pages\/)/

function sendStyle(response: ServerResponse): void {
  const headers = { 'content-type': 'text/css; charset=utf-8', 'x-content-type-options': 'nosniff' }
  response
    .writeHead(200, { ...headers, 'cache-control': 'no-cache', 'cross-origin-resource-policy': 'same-origin' })
    .end(styleSheet())
}

function sendRefusal(response: ServerResponse, { status, message }: { status: number; message: string }): true {
  if (status === 413) response.setHeader('connection', 'close')
  const back = html`<p>${message}</p>`
  if (response.headersSent) response.destroy()
  else sendPage(response, { title: 'This page can’t be shown', body: back, status })
  return true
}

/** The site, and what the cloud does with its people. */
export interface SignInSite {
  readonly site: PoolHandler
  /** Ends every session and every refresh token of a person of the pool. */
  readonly endSignIns: (sub: string) => Promise<void>
  /** Whether the sign-in of a verified token of the pool has not been ended. */
  readonly isCurrent: (claims: Claims) => Promise<boolean>
}

/** What the site shows and starts. The pool gets the settings at its first request. */
export function createSignInSite(settings: PoolSettings): SignInSite {
  /** After a failure the next request tries again, because the file may have been repaired. */
  const pool = loadOnce(async () => (await import('./pool/pool.ts')).createPool(settings))

  /** Small things that need no pool, by path. */
  const small: Readonly<Record<string, (response: ServerResponse) => void>> = {
    [stylePath]: sendStyle,
    '/mailbox': (response) => sendPage(response, mailboxPage(settings.mailbox.mails())),
  }

  async function answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    const send = request.method === 'GET' && Object.hasOwn(small, path) ? small[path] : undefined
    send?.(response)
    if (send || isSmall.test(path)) return send !== undefined
    return (await pool()).answer(request, response)
  }

  const site: PoolHandler = async (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1)
    if (!paths.test(path) || !isOurs(request.headers.host)) return false
    try {
      return await answer(request, response, path)
    } catch (error) {
      if (error instanceof RequestRefusal) return sendRefusal(response, error)
      if (!(error instanceof UsageError)) throw error
      settings.log('error', 'pool', { cause: error.message })
      return sendRefusal(response, { status: 503, message: error.message })
    }
  }
  return {
    site,
    endSignIns: async (sub) => (await pool()).endSignIns(sub),
    isCurrent: async (claims) => (await pool()).isCurrent(claims),
  }
}
