/**
 * The layout of the local pages of sign-in, sign-up and consent, and the headers they are sent with. They work without
 * scripts.
 */
import type { ServerResponse } from 'node:http'
import { type Html, html, markupOf } from '@fieldnotes/issuer/html'
import { icon } from './icons.ts'
import { stylePath } from './style-sheet.ts'

/** A page in the common layout. */
export interface Page {
  readonly title: string
  readonly body: Html
  /** 200 by default. */
  readonly status?: number
  /**
   * Whether a form of this page leads on to an app. Chromium applies `form-action` to all redirects that follow a form,
   * also to those of the app itself. The page then has none.
   */
  readonly formLeaves?: boolean
}

function documentOf({ title, body }: Page): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#fdfcf8">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#191815">
<title>${title} · Fieldnotes</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${stylePath}">
</head>
<body class="hosted">
<main class="sheet">
<a class="brand" href="/" aria-label="Fieldnotes, home">${icon('brand')}<span>Fieldnotes</span></a>
<h1>${title}</h1>
${body}
</main>
<footer><span>Served by your own machine.</span><a href="/mailbox">Mailbox</a></footer>
</body>
</html>
`
}

function policy(formLeaves: boolean): string {
  const forms = formLeaves ? '' : " form-action 'self';"
  return `default-src 'none'; style-src 'self'; img-src data:;${forms} base-uri 'none'; frame-ancestors 'none'`
}

/**
 * Headers of every local page: no script, no frame, no copy in a cache. `same-origin` keeps the address of the page
 * from other origins, and keeps the `origin` of a form, which `no-referrer` would replace by `null`.
 */
export function pageHeaders(formLeaves = false): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy(formLeaves),
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  }
}

/** The page as text. */
export function pageText(page: Page): string {
  return markupOf(documentOf(page))
}

/** Sends a page. */
export function sendPage(response: ServerResponse, page: Page): void {
  response.writeHead(page.status ?? 200, pageHeaders(page.formLeaves)).end(pageText(page))
}

/** Redirects with a GET, whatever the method was (RFC 9110 §15.4.4). */
export function seeOther(response: ServerResponse, location: string): void {
  response.writeHead(303, { location, 'cache-control': 'no-store', 'referrer-policy': 'same-origin' }).end()
}
