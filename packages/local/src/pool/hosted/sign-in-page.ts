/** The page of sign-in by name or e-mail address and password. */

import { html } from '@fieldnotes/issuer/html'
import { emailCharsMax } from '../../email-address.ts'
import { alertOf, fieldOf, formOf, noticeOf } from '../../pages/form-fields.ts'
import { icon } from '../../pages/icons.ts'
import { seeOther } from '../../pages/page.ts'
import { readForm } from '../../pages/requests.ts'
import type { AccountRefusal } from '../people/account-refusal.ts'
import { passwordCharsMax } from '../people/password-policy.ts'
import { proofOf } from '../people/proof.ts'
import { attempt, finish, goTo, pathOf, show, type Visit } from './visit.ts'
import { anyWordsFor } from './words.ts'

function showSignIn(visit: Visit, username: string, refusal?: AccountRefusal): void {
  const forgotten = html`<a href="${pathOf(visit, 'forgot')}">Forgotten?</a>`
  const fields = [
    fieldOf({
      name: 'username',
      label: 'Name or e-mail',
      autocomplete: 'username',
      value: username,
      charactersMax: emailCharsMax,
      focus: username === '',
    }),
    fieldOf({
      name: 'password',
      label: 'Password',
      type: 'password',
      autocomplete: 'current-password',
      beside: forgotten,
      charactersMax: passwordCharsMax,
      focus: username !== '',
    }),
  ]
  const body = html`${noticeOf(visit.state.changed ? 'Your new password is set. Sign in with it.' : undefined)}
${alertOf(anyWordsFor(refusal))}
<a class="button wide" href="${pathOf(visit, 'google')}">${icon('google')}Continue with Google</a>
<p class="or">or</p>
${formOf(pathOf(visit), fields, 'Sign in')}
<p>New here? <a href="${pathOf(visit, 'signup')}">Make an account</a></p>
<p class="quietly"><a href="${new URL(visit.issuer).pathname}/second-factor?sign-in=${visit.uid}">Add or remove a second factor</a></p>`
  show(visit, { title: 'Sign in', body, status: refusal ? 400 : 200 })
}

/** Shows the page, or goes on to the one that the app requested. */
export async function openSignIn(visit: Visit): Promise<void> {
  const { params, query, response } = visit
  if (params.identity_provider === 'Google' && !query.has('here')) return seeOther(response, pathOf(visit, 'google'))
  if (params.screen_hint === 'signup' && !query.has('here')) return seeOther(response, pathOf(visit, 'signup'))
  showSignIn(visit, String(params.login_hint ?? '').slice(0, emailCharsMax))
}

/** Checks the password. A person with a second factor goes on to its page, an unconfirmed one to that of the code. */
export async function signIn(visit: Visit): Promise<void> {
  const form = await readForm(visit.request)
  const [username, password] = [form.get('username') ?? '', form.get('password') ?? '']
  await attempt(
    async () => {
      const person = await visit.signIn.byPassword(username, password)
      if (person.secondFactor) return goTo(visit, 'code', { secondFactorOf: proofOf(person) })
      await finish(visit, proofOf(person))
    },
    (refusal) => {
      const email = visit.people.bySub(refusal.sub ?? '')?.email
      if (refusal.sub === undefined || email === undefined) return showSignIn(visit, username, refusal)
      goTo(visit, 'confirm', { confirming: { sub: refusal.sub, email } })
    },
  )
}
