/** The page on which a person makes an account. */

import { type Html, html } from '@fieldnotes/issuer/html'
import { emailCharsMax } from '../../email-address.ts'
import { alertOf, fieldOf, formOf } from '../../pages/form-fields.ts'
import { icon } from '../../pages/icons.ts'
import { readForm } from '../../pages/requests.ts'
import type { AccountRefusal } from '../people/account-refusal.ts'
import { passwordCharsMax, passwordPolicy } from '../people/password-policy.ts'
import { nameCharsMax } from '../people/sign-up-input.ts'
import { attempt, goTo, pathOf, show, type Visit } from './visit.ts'
import { wordsFor } from './words.ts'

/** The conditions of a new password. Once one was sent, each says whether it holds. */
export function passwordConditions(password: string | undefined): Html {
  const items = passwordPolicy.map(({ words, holds }) => {
    if (password === undefined) return html`<li>${words}</li>`
    const fine = holds(password)
    const said = html`<span class="visually-hidden">${fine ? ': yes' : ': not yet'}</span>`
    return html`<li data-holds="${fine ? 'yes' : 'no'}">${icon(fine ? 'yes' : 'no', 'small')}${words}${said}</li>`
  })
  return html`<ul class="meets">${items}</ul>`
}

interface Sent {
  readonly name: string
  readonly email: string
  readonly password: string
}

function showSignUp(visit: Visit, sent?: Sent, refusal?: AccountRefusal): void {
  const fields = [
    fieldOf({
      name: 'name',
      label: 'Name',
      autocomplete: 'name',
      value: sent?.name,
      hint: html`Seen by the people you share a note with.`,
      focus: refusal === undefined,
      fault: wordsFor(refusal, 'name'),
      charactersMax: nameCharsMax,
    }),
    fieldOf({
      name: 'email',
      label: 'E-mail',
      type: 'email',
      autocomplete: 'username',
      inputmode: 'email',
      value: sent?.email,
      fault: wordsFor(refusal, 'email'),
      charactersMax: emailCharsMax,
    }),
    fieldOf({
      name: 'password',
      label: 'Password',
      type: 'password',
      autocomplete: 'new-password',
      hint: passwordConditions(sent?.password),
      fault: wordsFor(refusal, 'password'),
      charactersMax: passwordCharsMax,
    }),
  ]
  const body = html`${alertOf(wordsFor(refusal))}
<a class="button wide" href="${pathOf(visit, 'google')}">${icon('google')}Continue with Google</a>
<p class="or">or</p>
${formOf(pathOf(visit, 'signup'), fields, 'Make an account')}
<p>Already here? <a href="${pathOf(visit)}">Sign in</a></p>`
  show(visit, { title: 'Make an account', body, status: refusal ? 400 : 200 })
}

/** Shows the empty page. */
export async function openSignUp(visit: Visit): Promise<void> {
  showSignUp(visit)
}

/** Stores the sign-up, and goes on to the page of the code: for a taken address as for a new one. */
export async function signUp(visit: Visit): Promise<void> {
  const form = await readForm(visit.request)
  const sent = { name: form.get('name') ?? '', email: form.get('email') ?? '', password: form.get('password') ?? '' }
  await attempt(
    async () => {
      const sub = await visit.signUp.signUp(sent)
      goTo(visit, 'confirm', { confirming: { sub, email: sent.email.trim() } })
    },
    (refusal) => showSignUp(visit, sent, refusal),
  )
}
