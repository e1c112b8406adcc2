/** Responses with the headers that all of them have: personal, never stored, never sniffed. */
import { AppError, errors, publicExtensions } from '@fieldnotes/core/error'
import type { Result } from './event.ts'

const common = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** What a response has beside its body. */
export interface Beside {
  readonly headers?: Readonly<Record<string, string>>
  /** Values of `Set-Cookie`. */
  readonly cookies?: readonly string[]
}

function withBeside(result: Result, { headers, cookies }: Beside): Result {
  return {
    ...result,
    headers: { ...common, ...result.headers, ...headers },
    ...(cookies && { cookies: [...cookies] }),
  }
}

/** A JSON body with status 200. */
export function jsonAnswer(body: unknown): Result {
  const headers = { 'content-type': 'application/json' }
  return withBeside({ statusCode: 200, headers, body: JSON.stringify(body) }, {})
}

/** 204 without a body. */
export function noContent(beside: Beside): Result {
  return withBeside({ statusCode: 204 }, beside)
}

/** A redirect with a GET (RFC 9110 §15.4.4). */
export function seeOther(location: string, cookies: readonly string[]): Result {
  return withBeside({ statusCode: 303, headers: { location } }, { cookies })
}

/** The status of an error: that of its code, unless the error has one of its own. */
function statusOf({ code, extensions }: AppError): number {
  return typeof extensions.status === 'number' ? extensions.status : errors[code].status
}

/** The response to an error, with the members that the endpoint's errors have. It contains nothing that was sent. */
export function errorAnswer(error: AppError, beside: Beside = {}): Result {
  const { status: _, ...extensions } = publicExtensions(error)
  const body = JSON.stringify({ errors: [{ message: error.message, extensions }] })
  const headers = { 'content-type': 'application/json', ...(error.remedy?.kind === 'RETRY' && { 'retry-after': '1' }) }
  return withBeside({ statusCode: statusOf(error), headers, body }, beside)
}

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
} as const

/** The error of a sign-in that this browser has started, with the path that starts it again. */
export class SignInRefused extends AppError {
  override readonly remedy: AppError['remedy']
  readonly againPath: string

  constructor(error: AppError, againPath: string) {
    const { code, reason, cause, remedy } = error
    super(code, reason, { cause })
    this.remedy = remedy
    this.againPath = againPath
  }
}

/**
 * The page for a person whose sign-in could not be finished. It is the same for every reason of one code, and sets no
 * cookie: any other site can lead a browser here, and must not end a sign-in that goes on in another tab. The next
 * sign-in is a new one at the provider: by the provider's own cookie it could be refused for the same reason again.
 */
export function signInFailed(error: AppError): Result {
  const words =
    error.code === 'UNAVAILABLE' ? 'Sign-in does not work right now.' : 'This sign-in could not be finished.'
  const againPath = error instanceof SignInRefused ? error.againPath : '/session/login?prompt=login'
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sign in · Fieldnotes</title>
<h1>${words}</h1>
<p><a href="${againPath.replaceAll('&', '&amp;')}">Start again</a></p>
</html>
`
  return withBeside({ statusCode: statusOf(error), headers: pageHeaders, body }, {})
}
