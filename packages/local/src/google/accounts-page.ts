/** The page of the second provider on which a person chooses an account. */
import { lineFault } from '@fieldnotes/core/visible-text'
import { type Html, html } from '@fieldnotes/issuer/html'
import { emailCharsMax, isEmailAddress } from '../email-address.ts'
import { fieldOf, formOf } from '../pages/form-fields.ts'
import type { Page } from '../pages/page.ts'

/** An account of the second provider. */
export interface GoogleAccount {
  readonly email: string
  readonly name: string
}

/** Accounts that the page offers. */
const offered: readonly GoogleAccount[] = ['alice', 'bob', 'carol'].map((person) => ({
  email: `${person}@gmail.example`,
  name: `${person.charAt(0).toUpperCase()}${person.slice(1)} of Google`,
}))

function nameFault(name: string): string | undefined {
  return lineFault(name, 100) === undefined ? undefined : 'Use one line of 1 to 100 characters that can be seen.'
}

function emailFault(email: string): string | undefined {
  return isEmailAddress(email) ? undefined : 'An address looks like alice@example.org.'
}

function sentIn(form: URLSearchParams): GoogleAccount {
  return { email: (form.get('email') ?? '').trim().toLowerCase(), name: (form.get('name') ?? '').trim() }
}

/** The account of the form, or undefined when a field has a fault. */
export function parseAccount(form: URLSearchParams): GoogleAccount | undefined {
  const account = sentIn(form)
  return emailFault(account.email) || nameFault(account.name) ? undefined : account
}

function choice(action: string, { email, name }: GoogleAccount): Html {
  return html`<form method="post" action="${action}">
<input type="hidden" name="email" value="${email}"><input type="hidden" name="name" value="${name}">
<button class="button wide" type="submit">${name}<span class="quietly">${email}</span></button>
</form>`
}

/** The page; `form` is what was sent with a fault. */
export function accountsPage(action: string, form: URLSearchParams | undefined): Page {
  const sent = form && sentIn(form)
  const fields = [
    fieldOf({
      name: 'name',
      label: 'Name',
      value: sent?.name,
      fault: sent && nameFault(sent.name),
      charactersMax: 100,
    }),
    fieldOf({
      name: 'email',
      label: 'E-mail',
      type: 'email',
      inputmode: 'email',
      value: sent?.email,
      fault: sent && emailFault(sent.email),
      charactersMax: emailCharsMax,
    }),
  ]
  const body = html`<p>This is your own machine in the place of Google. Every account exists, and none has a password.</p>
${offered.map((account) => choice(action, account))}
<p class="or">or another account</p>
${formOf(action, fields, 'Continue')}`
  return { title: 'Choose a Google account', body, status: form ? 400 : 200 }
}
