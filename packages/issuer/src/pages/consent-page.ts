/** The page of consent: which app, what for, until when. To refuse is as easy as to agree. */
import { type ScopeName, scopes as words } from '@fieldnotes/core/scopes'
import { html } from './html.ts'
import type { Page } from './sheet.ts'

/** What is shown. */
export interface ConsentContent {
  /** Name of the app, as the table of grants has it. */
  readonly app: string
  /** Name of the person. */
  readonly name: string | undefined
  /** Scopes as the API names them. */
  readonly scopes: readonly string[]
  /** When the grant ends at the latest, in seconds since the epoch. */
  readonly until: number
  readonly redirectUri: string
  readonly formToken: string
  /** Paths of the form and of another sign-in. */
  readonly paths: { readonly answer: string; readonly again: string }
}

const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** The page. */
export function consentPage({ app, name, scopes, until, redirectUri, formToken, paths }: ConsentContent): Page {
  const { origin, host } = new URL(redirectUri)
  const wanted = scopes.map((scope) => html`<li>${words[scope.slice(scope.indexOf(':') + 1) as ScopeName]}</li>`)
  const body = html`<p>You are ${name ?? 'signed in'}. <a href="${paths.again}">Not you?</a></p>
<form method="post" action="${paths.answer}">
<input type="hidden" name="token" value="${formToken}">
<h2 id="wanted">It would be able to</h2>
<ul aria-labelledby="wanted">
${wanted}
<li>Until ${date.format(until * 1000)}, or until you sign out everywhere</li>
</ul>
<div class="equal">
<button type="submit" name="answer" value="refuse">Refuse</button>
<button type="submit" name="answer" value="agree">Agree</button>
</div>
</form>
<p>Either way you go back to ${host}.</p>`
  return { title: `Let ${app} use your notes?`, body, formTarget: origin }
}

/** The page for a request that leads nowhere: to send the browser on would be an open redirect. */
export function refusalPage(words: string): Page {
  return { title: words, body: html`<p>Go back to the app, and start again there.</p>` }
}
