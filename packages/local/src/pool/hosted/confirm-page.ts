/** The page on which a person types the code of a sign-up. */

import { html } from '@fieldnotes/issuer/html'
import { alertOf, formOf, noticeOf } from '../../pages/form-fields.ts'
import { readForm } from '../../pages/requests.ts'
import type { AccountRefusal } from '../people/account-refusal.ts'
import { proofOf } from '../people/proof.ts'
import { codeField } from './code-field.ts'
import { attempt, finish, goTo, pathOf, show, type Visit } from './visit.ts'
import { anyWordsFor } from './words.ts'

interface Shown {
  readonly refusal?: AccountRefusal
  readonly notice?: string
}

function showConfirm(visit: Visit, email: string, { refusal, notice }: Shown = {}): void {
  const body = html`${alertOf(refusal?.reason === 'CODE_WRONG' ? undefined : anyWordsFor(refusal))}${noticeOf(notice)}
<p>We sent six digits to <b>${email}</b>. They are good for 24 hours.</p>
${formOf(pathOf(visit, 'confirm'), [codeField('mail', refusal)], 'Confirm')}
<div class="acts-line">
<form method="post" action="${pathOf(visit, 'resend')}"><button class="button" type="submit">Send a new code</button></form>
<a href="${pathOf(visit, 'signup')}">Another address</a>
</div>`
  show(visit, { title: 'Confirm your address', body, status: refusal ? 400 : 200 })
}

type Confirming = NonNullable<Visit['state']['confirming']>

/** Runs a step for the sign-up of this visit. Without one the visit goes back to the first page. */
function withSignUp(step: (visit: Visit, confirming: Confirming) => Promise<void>) {
  return async (visit: Visit): Promise<void> => {
    const { confirming } = visit.state
    return confirming ? step(visit, confirming) : goTo(visit, '')
  }
}

/** Shows the page. */
export const openConfirm = withSignUp(async (visit, { email }) => showConfirm(visit, email))

/** Sends another code. A sign-up that waits for none any more goes back to the first page. */
export const resend = withSignUp(async (visit, { sub, email }) => {
  await readForm(visit.request)
  await attempt(
    async () => {
      visit.signUp.resend(email, sub)
      showConfirm(visit, email, { notice: 'A new code is on its way.' })
    },
    (refusal) => (refusal.reason === 'ENDED' ? goTo(visit, '', {}) : showConfirm(visit, email, { refusal })),
  )
})

/** Confirms the address, and signs the person in: this browser has sent the password of the sign-up. */
export const confirm = withSignUp(async (visit, { sub, email }) => {
  const code = (await readForm(visit.request)).get('code') ?? ''
  await attempt(
    async () => finish(visit, proofOf(visit.signUp.confirm(sub, code.trim()))),
    (refusal) => showConfirm(visit, email, { refusal }),
  )
})
