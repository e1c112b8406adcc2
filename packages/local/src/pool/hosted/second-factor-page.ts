/** The page on which a person types the code of the authenticator app. */

import { html } from '@fieldnotes/issuer/html'
import { alertOf, formOf } from '../../pages/form-fields.ts'
import { readForm } from '../../pages/requests.ts'
import type { AccountRefusal } from '../people/account-refusal.ts'
import { proofOf } from '../people/proof.ts'
import { codeField } from './code-field.ts'
import { attempt, finish, goTo, pathOf, show, type Visit } from './visit.ts'
import { wordsFor } from './words.ts'

function showCode(visit: Visit, refusal?: AccountRefusal): void {
  const body = html`${alertOf(wordsFor(refusal))}
<p>Your password is right. This account has a second factor too.</p>
${formOf(pathOf(visit, 'code'), [codeField('authenticator', refusal)], 'Sign in')}
<p><a href="${pathOf(visit)}">Sign in as another person</a></p>`
  show(visit, { title: 'Second factor', body, status: refusal ? 400 : 200 })
}

/** Shows the page, to a person whose password was right. */
export async function openCode(visit: Visit): Promise<void> {
  if (visit.state.secondFactorOf === undefined) return goTo(visit, '')
  showCode(visit)
}

/** Checks the code, and signs the person in. */
export async function checkCode(visit: Visit): Promise<void> {
  const code = (await readForm(visit.request)).get('code') ?? ''
  const { secondFactorOf } = visit.state
  if (secondFactorOf === undefined) return goTo(visit, '')
  await attempt(
    async () => finish(visit, proofOf(await visit.signIn.bySecondFactor(secondFactorOf, code.trim()))),
    (refusal) => showCode(visit, refusal),
  )
}
