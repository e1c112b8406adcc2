/** The way to the second provider and back. It has no page of its own. */

import { html } from '@fieldnotes/issuer/html'
import { alertOf } from '../../pages/form-fields.ts'
import { seeOther } from '../../pages/page.ts'
import { attempt, finish, pathOf, show, type Visit } from './visit.ts'

function showRefused(visit: Visit): void {
  const body = html`${alertOf('Google did not confirm who you are.')}
<p><a class="button wide" href="${pathOf(visit)}">Back to sign-in</a></p>`
  show(visit, { title: 'Not signed in', body, status: 400 })
}

/**
 * Goes to the provider, or signs in by its answer. The answer comes to this address of the sign-in, where the browser
 * has its cookie: the answer of another browser signs no person in.
 */
export async function visitGoogle(visit: Visit): Promise<void> {
  const { google, uid, query, response } = visit
  if (!query.has('state')) return seeOther(response, await google.begin(uid))
  await attempt(
    async () => finish(visit, await google.finish(uid, query)),
    () => showRefused(visit),
  )
}
