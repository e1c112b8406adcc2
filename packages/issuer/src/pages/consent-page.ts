/** The page of consent: which app, what for, until when. To refuse is as easy as to agree. */
import { type Html, html } from './html.ts'
import { icon } from './line-icons.ts'
import { longDate } from './long-date.ts'
import { scopeLines } from './scope-words.ts'
import type { Page } from './sheet.ts'

/** What is shown. */
export interface ConsentContent {
  /** The app, as the table of grants has it. */
  readonly app: { readonly title: string; readonly isOwn: boolean }
  /** Name of the person. */
  readonly name: string | undefined
  /** Scopes as the API names them. */
  readonly scopes: readonly string[]
  /** When the grant ends at the latest, in seconds since the epoch. */
  readonly until: number
  readonly redirectUri: string
  readonly formToken: string
  /** Paths of the form, of another sign-in, and of the page of connected apps. */
  readonly paths: { readonly answer: string; readonly again: string; readonly apps: string }
}

/** The page. */
export function consentPage(content: ConsentContent): Page {
  const { app, name, scopes, until, redirectUri, formToken, paths } = content
  const { host } = new URL(redirectUri)
  const top = html`<p class="request"><span class="logo" aria-hidden="true">${[...app.title][0]}</span>${icon('app')}
${name !== undefined && html`<span class="avatar" aria-hidden="true">${[...name][0]}</span>`}
<span>You are ${name ?? 'signed in'}. <a href="${paths.again}">Not you?</a></span></p>`
  const body = html`${!app.isOwn && makerOf(host)}
<form method="post" action="${paths.answer}">
<input type="hidden" name="token" value="${formToken}">
<h2 id="wanted">It requests</h2>
<ul class="grants" aria-labelledby="wanted">
${scopeLines(scopes)}
<li>${icon('clock')}<span>Until ${longDate(until)}, or until ${app.isOwn ? 'you sign out everywhere' : endBy(paths)}</span></li>
</ul>
${!app.isOwn && never}
<div class="equal">
<button type="submit" name="answer" value="refuse">Refuse</button>
<button type="submit" name="answer" value="agree">Agree</button>
</div>
</form>
<p>Either way you go back to ${host}.</p>`
  return { title: `Let ${app.title} use your notes?`, top, body, formLeaves: true }
}

function makerOf(host: string): Html {
  return html`<p>Not made by Fieldnotes. It answers at <b>${host}</b>: we checked that this address is the app’s, not what
the app does with your notes.</p>`
}

function endBy({ apps }: ConsentContent['paths']): Html {
  return html`you end it<small>You find it under <a href="${apps}">connected apps</a>.</small>`
}

const never = html`<p class="never">${icon('cross')}<span>It can never touch your account, your sessions or your other
apps.</span></p>`

/** The page for a request that leads nowhere: to send the browser on would be an open redirect. */
export function refusalPage(words: string): Page {
  return { title: words, body: html`<p>Go back to the app, and start again there.</p>` }
}
