/** The pages of the sign-in, and their scripts. */
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { html, markupOf } from '@fieldnotes/issuer/html'
import { type Page, pageHeaders, pageText } from '../../pages/page.ts'
import { RequestRefusal, readForm } from '../../pages/requests.ts'
import { ApiError } from '../api-error.ts'
import type { Parts } from '../operations/define-operation.ts'
import { actionPage } from './action-page.ts'
import { googlePage } from './google-page.ts'

type Form = URLSearchParams | undefined

/** Longest query of a page, in characters: it is repeated as the target of the form. */
const queryMax = 8192

const pages: Readonly<Record<string, (parts: Parts, query: URLSearchParams, form: Form) => Page | Promise<Page>>> = {
  '/emulator/action': actionPage,
  '/emulator/auth/handler': googlePage,
}

const scripts: Readonly<Record<string, string>> = {
  '/emulator/auth/handler.js': 'handler.js',
  '/emulator/auth/iframe.js': 'iframe.js',
}

/** Scripts of this origin alone: those of `handler.js`. */
function withScripts(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const name = 'content-security-policy'
  return { ...headers, [name]: `script-src 'self'; ${headers[name]}` }
}

/**
 * The frame is invisible, and belongs to apps of this machine. The SDK loads Google's frame library into the app's page
 * from the same address.
 */
const frameHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; script-src 'self' https://apis.google.com; base-uri 'none'; form-action 'none'; " +
    'frame-ancestors http://localhost:* http://127.0.0.1:*',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

const frame = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Sign-in</title>
<script src="https://apis.google.com/js/api.js" defer></script>
<script src="/emulator/auth/iframe.js" defer></script>
</head>
<body></body>
</html>
`

function sendScript(response: ServerResponse, file: string): true {
  const headers = { 'content-type': 'text/javascript; charset=utf-8', 'x-content-type-options': 'nosniff' }
  response.writeHead(200, { ...headers, 'cache-control': 'no-cache', 'cross-origin-resource-policy': 'same-origin' })
  response.end(readFileSync(join(import.meta.dirname, file)))
  return true
}

async function formOf(request: IncomingMessage): Promise<Form> {
  if (request.method === 'GET') return undefined
  try {
    return await readForm(request)
  } catch (error) {
    if (!(error instanceof RequestRefusal)) throw error
    throw new ApiError(error.status === 413 ? 413 : error.status === 415 ? 415 : 403, error.message)
  }
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

/** Answers a request for a page or a script of it; false for every other one. */
export async function servePage(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<boolean> {
  const isGet = request.method === 'GET'
  const script = own(scripts, url.pathname)
  if (isGet && script) return sendScript(response, script)
  if (isGet && url.pathname === '/emulator/auth/iframe') {
    response.writeHead(200, frameHeaders).end(markupOf(frame))
    return true
  }
  const page = own(pages, url.pathname)
  if (!page || !(isGet || request.method === 'POST')) return false
  if (url.search.length > queryMax) throw new ApiError(400, 'The address is too long.')
  const shown = await page(parts, url.searchParams, await formOf(request))
  response.writeHead(shown.status ?? 200, withScripts(pageHeaders())).end(pageText(shown))
  return true
}
