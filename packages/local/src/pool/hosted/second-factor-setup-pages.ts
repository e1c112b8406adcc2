/** The pages on which a person adds a second factor or removes it. */

import { type Html, html } from '@fieldnotes/issuer/html'
import { encode } from 'uqr'
import { emailCharsMax } from '../../email-address.ts'
import { alertOf, fieldOf, formOf, noticeOf } from '../../pages/form-fields.ts'
import type { Page } from '../../pages/page.ts'
import type { AccountRefusal } from '../people/account-refusal.ts'
import { secretAddress } from '../people/one-time-password.ts'
import { passwordCharsMax } from '../people/password-policy.ts'
import { codeField } from './code-field.ts'
import { anyWordsFor, wordsFor } from './words.ts'

/** Where the forms go, and the sign-in that the person came from. */
export interface SetupPaths {
  readonly action: string
  readonly back: string | undefined
}

function passwordFields(): readonly Html[] {
  return [
    fieldOf({
      name: 'username',
      label: 'Name or e-mail',
      autocomplete: 'username',
      charactersMax: emailCharsMax,
      focus: true,
    }),
    fieldOf({
      name: 'password',
      label: 'Password',
      type: 'password',
      autocomplete: 'current-password',
      charactersMax: passwordCharsMax,
    }),
  ]
}

function backTo({ back }: SetupPaths): Html | undefined {
  return back === undefined ? undefined : html`<p><a href="${back}">Back to sign-in</a></p>`
}

/** The first page: it takes the password. */
export function passwordPage(paths: SetupPaths, refusal?: AccountRefusal): Page {
  const body = html`${alertOf(anyWordsFor(refusal))}
<p>With a second factor a sign-in needs a code of your authenticator app beside the password.</p>
${formOf(paths.action, passwordFields(), 'Continue')}
${backTo(paths)}`
  return { title: 'Second factor', body, status: refusal ? 400 : 200 }
}

/** A QR code as one path: a square for each dark module. */
function qrOf(text: string): Html {
  const { data, size } = encode(text)
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="QR code of the secret"><path d="${squares.join('')}"/></svg>`
}

/** What the second page shows. */
export interface Shown {
  readonly id: string
  /** The new secret; undefined to remove the second factor. */
  readonly secret: string | undefined
  /** The account, as an authenticator app lists it. */
  readonly label: string
  readonly refusal?: AccountRefusal
}

const actsOf = { add: 'Add the second factor', remove: 'Remove the second factor' }

/** The second page: it takes a code. */
export function codePage(paths: SetupPaths, { id, secret, label, refusal }: Shown): Page {
  const button = secret === undefined ? actsOf.remove : actsOf.add
  const text =
    secret === undefined
      ? html`<p>Your account has a second factor. A code removes it.</p>`
      : html`<p>Scan this with your authenticator app, or type the secret into it.</p>
${qrOf(secretAddress(secret, label))}
<p><code id="secret">${secret}</code></p>`
  const fields = [html`<input type="hidden" name="setup" value="${id}">`, codeField('authenticator', refusal)]
  const body = html`${alertOf(wordsFor(refusal))}
${text}
${formOf(paths.action, fields, button)}
${backTo(paths)}`
  return { title: button, body, status: refusal ? 400 : 200 }
}

/** The last page. */
export function donePage({ back }: SetupPaths, secret: string | undefined): Page {
  const said = secret === undefined ? 'The second factor is removed.' : 'The second factor is added.'
  const link = back !== undefined && html`<a class="button primary wide" href="${back}">Back to sign-in</a>`
  return { title: 'Second factor', body: html`${noticeOf(said)}${link}` }
}
