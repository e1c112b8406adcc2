/** The pages of a sign-in, by address and method. A new page is a new row. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { confirm, openConfirm, resend } from './confirm-page.ts'
import { forgotten, openForgotten, openReset, reset } from './forgotten-page.ts'
import { visitGoogle } from './google-page.ts'
import { checkCode, openCode } from './second-factor-page.ts'
import { openSignIn, signIn } from './sign-in-page.ts'
import { openSignUp, signUp } from './sign-up-page.ts'
import { type HostedParts, type Step, visitOf } from './visit.ts'

interface Steps {
  readonly GET?: Step
  readonly POST?: Step
}

const pages: Readonly<Record<string, Steps>> = {
  '': { GET: openSignIn, POST: signIn },
  signup: { GET: openSignUp, POST: signUp },
  confirm: { GET: openConfirm, POST: confirm },
  resend: { POST: resend },
  forgot: { GET: openForgotten, POST: forgotten },
  reset: { GET: openReset, POST: reset },
  code: { GET: openCode, POST: checkCode },
  google: { GET: visitGoogle },
}

const address = /^\/login\/([\w-]{1,64})(?:\/([a-z]{1,16}))?$/

/**
 * Finds the page at `path` (relative to the pool) for the request, or undefined. The page refuses a browser that has
 * not begun this sign-in.
 */
export function pageAt(path: string, method = 'GET') {
  const [, uid, page = ''] = address.exec(path) ?? []
  if (uid === undefined || !Object.hasOwn(pages, page)) return undefined
  const step = method === 'GET' || method === 'POST' ? pages[page]?.[method] : undefined
  if (!step) return undefined
  return async (parts: HostedParts, request: IncomingMessage, response: ServerResponse, query: URLSearchParams) =>
    step(await visitOf(parts, { uid, request, response, query }))
}
