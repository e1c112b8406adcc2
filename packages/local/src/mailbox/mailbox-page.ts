/** The page of the local mailbox. */
import { type Html, html } from '@fieldnotes/issuer/html'
import { icon } from '../pages/icons.ts'
import type { Page } from '../pages/page.ts'
import type { SentMail } from './mailbox.ts'

function mailOf({ to, subject, text, code, link, sentAt }: SentMail): Html {
  const time = sentAt.toISOString()
  return html`<li>
${icon('mail')}
<div class="what">
<b>${subject}</b>
<small>to ${to}, <time datetime="${time}">${time.slice(11, 19)} UTC</time></small>
<p>${text}</p>
${code !== undefined && html`<p><code class="handle">${code}</code></p>`}
${link !== undefined && html`<p><a href="${link}">Open the link</a></p>`}
</div>
</li>
`
}

/** The mails that were sent since the cloud started. */
export function mailboxPage(mails: readonly SentMail[]): Page {
  const body =
    mails.length > 0
      ? html`<ul class="rows">${mails.map(mailOf)}</ul>`
      : html`<p>No mail yet. Codes and links that a sign-in sends are listed here. Load this page again to see new ones.</p>`
  return { title: 'Mailbox', body }
}
