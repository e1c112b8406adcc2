/**
 * The page on which a person adds a second factor or removes it. It takes the password each time, so that an open
 * session is not enough.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { encode } from 'uqr'
import { alertOf, fieldOf, formOf, noticeOf } from '../../pages/form-fields.ts'
import { type Html, html } from '../../pages/html.ts'
import { type Page, sendPage } from '../../pages/page.ts'
import { readForm } from '../../pages/requests.ts'
import { AccountRefusal } from '../people/account-refusal.ts'
import { createExpiringMap } from '../people/expiring-map.ts'
import { createSecret, secretAddress, usableStep } from '../people/one-time-password.ts'
import { passwordCharsMax } from '../people/password-policy.ts'
import type { People } from '../people/people.ts'
import type { Person } from '../people/pool-person.ts'
import { type Proof, personOf, proofOf } from '../people/proof.ts'
import type { SignIn } from '../people/sign-in.ts'
import { authenticatorField } from './authenticator-field.ts'
import { anyWordsFor, wordsFor } from './words.ts'

/** A person whose password was right, and the secret that a code has to prove: a new one, or that of the account. */
interface Setup {
  readonly proof: Proof
  /** Undefined to remove the second factor. */
  readonly secret: string | undefined
}

function passwordPage(action: string, refusal?: AccountRefusal): Page {
  const fields = [
    fieldOf({ name: 'username', label: 'Name or e-mail', autocomplete: 'username', charactersMax: 254 }),
    fieldOf({
      name: 'password',
      label: 'Password',
      type: 'password',
      autocomplete: 'current-password',
      charactersMax: passwordCharsMax,
    }),
  ]
  const body = html`${alertOf(anyWordsFor(refusal))}
<p>With a second factor a sign-in needs a code of your authenticator app beside the password.</p>
${formOf(action, fields, 'Continue')}`
  return { title: 'Second factor', body, status: refusal ? 400 : 200 }
}

/** A QR code as one path: a square for each dark module. */
function qrOf(text: string): Html {
  const { data, size } = encode(text)
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="QR code of the secret"><path d="${squares.join('')}"/></svg>`
}

function codeForm(action: string, id: string, button: string, refusal?: AccountRefusal): Html {
  return formOf(action, [html`<input type="hidden" name="setup" value="${id}">`, authenticatorField(refusal)], button)
}

interface Shown {
  readonly action: string
  readonly id: string
  readonly setup: Setup
  readonly label: string
  readonly refusal?: AccountRefusal
}

function codePage({ action, id, setup: { secret }, label, refusal }: Shown): Page {
  const status = refusal ? 400 : 200
  const alert = alertOf(wordsFor(refusal))
  if (secret === undefined) {
    const body = html`${alert}<p>Your account has a second factor. A code removes it.</p>
${codeForm(action, id, 'Remove the second factor', refusal)}`
    return { title: 'Remove the second factor', body, status }
  }
  const body = html`${alert}<p>Scan this with your authenticator app, or type the secret into it.</p>
${qrOf(secretAddress(secret, label))}
<p><code id="secret">${secret}</code></p>
${codeForm(action, id, 'Add the second factor', refusal)}`
  return { title: 'Add a second factor', body, status }
}

function donePage(setup: Setup): Page {
  const said = setup.secret === undefined ? 'The second factor is removed.' : 'The second factor is added.'
  return { title: 'Second factor', body: noticeOf(said) ?? html`` }
}

function labelOf({ email, username }: Person): string {
  return email ?? username
}

/** Creates the page at `action`. */
export function createSecondFactorSetup(action: string, people: People, signIn: SignIn) {
  const setups = createExpiringMap<Setup>({ lifeSeconds: 600 })

  async function begin(form: URLSearchParams): Promise<Page> {
    const person = await signIn.byPassword(form.get('username') ?? '', form.get('password') ?? '')
    const id = randomUUID()
    const setup = { proof: proofOf(person), secret: person.secondFactor ? undefined : createSecret() }
    setups.set(id, setup)
    return codePage({ action, id, setup, label: labelOf(person) })
  }

  async function add(person: Person, secret: string, code: string): Promise<void> {
    const usedStep = usableStep({ secret, usedStep: 0 }, code)
    if (usedStep === undefined || person.secondFactor) throw new AccountRefusal('CODE_WRONG')
    people.put({ ...person, secondFactor: { secret, usedStep } })
  }

  async function remove({ proof }: Setup, code: string): Promise<void> {
    const person = await signIn.bySecondFactor(proof, code)
    people.put({ ...person, secondFactor: undefined })
  }

  async function end(id: string, setup: Setup, code: string): Promise<Page> {
    const person = personOf(setup.proof, people.bySub)
    if (!person) return passwordPage(action, new AccountRefusal('ENDED'))
    try {
      await (setup.secret === undefined ? remove(setup, code) : add(person, setup.secret, code))
      setups.delete(id)
      return donePage(setup)
    } catch (error) {
      if (!(error instanceof AccountRefusal)) throw error
      return codePage({ action, id, setup, label: labelOf(person), refusal: error })
    }
  }

  async function answer(form: URLSearchParams): Promise<Page> {
    const id = form.get('setup') ?? ''
    const setup = setups.get(id)
    if (setup) return end(id, setup, (form.get('code') ?? '').trim())
    try {
      return await begin(form)
    } catch (error) {
      if (error instanceof AccountRefusal) return passwordPage(action, error)
      throw error
    }
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    sendPage(response, request.method === 'POST' ? await answer(await readForm(request)) : passwordPage(action))
  }
}
