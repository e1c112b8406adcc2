/** The page of connected apps: which apps of third parties a person has let in, each with a button that ends it. */
import { type Html, html } from './html.ts'
import { longDate } from './long-date.ts'
import { scopeWords } from './scope-words.ts'
import type { Page } from './sheet.ts'

/** An app in the list. Instants are in seconds since the epoch. */
export interface ShownApp {
  readonly clientId: string
  readonly name: string
  /** Scopes as the API names them. */
  readonly scopes: readonly string[]
  readonly since: number
  readonly lastUsedAt: number
  readonly expiresAt: number
  /** Of the form that ends this app. */
  readonly formToken: string
}

/** What is shown. */
export interface AppsContent {
  /** Name of the person. */
  readonly name: string | undefined
  readonly apps: readonly ShownApp[]
  /** Paths of the forms, and of another sign-in. */
  readonly paths: { readonly form: string; readonly again: string }
}

/** The page. */
export function appsPage({ name, apps, paths }: AppsContent): Page {
  const body = html`<p>You are ${name ?? 'signed in'}. <a href="${paths.again}">Not you?</a></p>
${apps.length === 0 ? html`<p>No app of others may use your notes.</p>` : html`<ul class="rows">${apps.map((app) => row(app, paths.form))}</ul>`}
<p>An app that is ended is refused within ten seconds. None of these can touch your account, your sessions or your other
apps.</p>
<p>This page works for ten minutes after your sign-in.</p>`
  return { title: 'Connected apps', body }
}

function row({ clientId, name, scopes, since, lastUsedAt, expiresAt, formToken }: ShownApp, path: string): Html {
  return html`<li><div><h2>${name}</h2>
<ul class="grants">${scopes.map((scope) => html`<li>${scopeWords(scope)}</li>`)}</ul>
<small>Since ${longDate(since)}, until ${longDate(expiresAt)}. Last used on ${longDate(lastUsedAt)}.</small></div>
<form method="post" action="${path}">
<input type="hidden" name="token" value="${formToken}">
<input type="hidden" name="client_id" value="${clientId}">
<button type="submit" aria-label="End ${name}">End</button>
</form></li>`
}
