/** The pages of a forgotten password: where the code goes, and the new password. */

import { html } from '@fieldnotes/issuer/html'
import { emailCharsMax } from '../../email-address.ts'
import { alertOf, fieldOf, formOf } from '../../pages/form-fields.ts'
import { readForm } from '../../pages/requests.ts'
import type { AccountRefusal } from '../people/account-refusal.ts'
import { passwordCharsMax } from '../people/password-policy.ts'
import { codeField } from './code-field.ts'
import { passwordConditions } from './sign-up-page.ts'
import { attempt, goTo, pathOf, show, type Visit } from './visit.ts'
import { wordsFor } from './words.ts'

/** Shows the page that takes the name or the address. */
export async function openForgotten(visit: Visit): Promise<void> {
  const login = fieldOf({
    name: 'username',
    label: 'Name or e-mail',
    autocomplete: 'username',
    charactersMax: emailCharsMax,
    focus: true,
  })
  const body = html`<p>We send a code to the address of your account. With it you choose a new password.</p>
${formOf(pathOf(visit, 'forgot'), [login], 'Send the code')}
<p><a href="${pathOf(visit)}">Back to sign-in</a></p>`
  show(visit, { title: 'Forgotten password', body })
}

/** Sends a code where there is an account, and goes on in any case. */
export async function forgotten(visit: Visit): Promise<void> {
  const login = ((await readForm(visit.request)).get('username') ?? '').slice(0, emailCharsMax)
  visit.forgotten.sendCode(login)
  goTo(visit, 'reset', { resetting: login })
}

function showReset(visit: Visit, sent?: { readonly password: string; readonly refusal: AccountRefusal }): void {
  const fields = [
    codeField('mail', sent?.refusal),
    fieldOf({
      name: 'password',
      label: 'New password',
      type: 'password',
      autocomplete: 'new-password',
      charactersMax: passwordCharsMax,
      hint: passwordConditions(sent?.password),
      fault: wordsFor(sent?.refusal, 'password'),
    }),
  ]
  const body = html`<p>If <b>${visit.state.resetting}</b> has an account, six digits are on their way to its address. They are good for one hour.</p>
${alertOf(wordsFor(sent?.refusal))}
${formOf(pathOf(visit, 'reset'), fields, 'Set the new password')}
<p><a href="${pathOf(visit, 'forgot')}">Send another code</a></p>`
  show(visit, { title: 'Choose a new password', body, status: sent ? 400 : 200 })
}

/** Shows the page of the code and the new password. */
export async function openReset(visit: Visit): Promise<void> {
  if (visit.state.resetting === undefined) return goTo(visit, 'forgot')
  showReset(visit)
}

/** Sets the new password, ends all sign-ins of the person, and goes back to the first page. */
export async function reset(visit: Visit): Promise<void> {
  const form = await readForm(visit.request)
  const { resetting } = visit.state
  if (resetting === undefined) return goTo(visit, 'forgot')
  const password = form.get('password') ?? ''
  await attempt(
    async () => {
      await visit.forgotten.reset(resetting, (form.get('code') ?? '').trim(), password)
      goTo(visit, '', { changed: true })
    },
    (refusal) => showReset(visit, { password, refusal }),
  )
}
