/**
 * The layout of the issuer's pages, and the headers that they are sent with. Only the page of Firebase has a script.
 */
import { createHash } from 'node:crypto'
import { type Html, html, markupOf } from './html.ts'
import { style } from './style.ts'

/** A page. */
export interface Page {
  readonly title: string
  /** What is shown above the title. */
  readonly top?: Html
  readonly body: Html
  /**
   * Whether a form of this page leads on to an app. Chromium applies `form-action` to all redirects that follow a form,
   * also to those of the app itself, which may go to another host or to a scheme of a phone. The page then has none.
   */
  readonly formLeaves?: boolean
  /** A script of our own origin, and the one origin to which it may send requests. */
  readonly script?: { readonly path: string; readonly connect: string }
}

const styleHash = createHash('sha256').update(style).digest('base64')

/** The page as text. */
export function pageText({ title, top, body, script }: Page): string {
  // The style is our own text: it is written as it is, so that the hash of the policy fits.
  const [before = '', after = ''] = markupOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#fdfcf8">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#191815">
<title>${title} · Fieldnotes</title>
<link rel="icon" href="data:,">
<style>\0</style>
${script && html`<script type="module" src="${script.path}"></script>`}
</head>
<body>
<main>
${top}
<h1>${title}</h1>
${body}
</main>
<footer>Fieldnotes requests no more than it uses.</footer>
</body>
</html>
`).split('\0')
  return before + style + after
}

/** Headers of every page: no script but its own, no frame, no copy in a cache, no address for other origins. */
export function pageHeaders({
  formLeaves = false,
  script,
}: Pick<Page, 'formLeaves' | 'script'>): Readonly<Record<string, string>> {
  const policy = [
    ...["default-src 'none'", `style-src 'sha256-${styleHash}'`, 'img-src data:'],
    ...(script ? ["script-src 'self'", `connect-src ${script.connect}`] : []),
    ...(formLeaves ? [] : ["form-action 'self'"]),
    ...["base-uri 'none'", "frame-ancestors 'none'"],
  ]
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  }
}
