/** `/emulator/action`: the page behind a link of an e-mail. Its form uses the code; opening the link does not. */

import { type Html, html } from '@fieldnotes/issuer/html'
import { fieldOf, formOf, noticeOf } from '../../pages/form-fields.ts'
import type { Page } from '../../pages/page.ts'
import { ApiError } from '../api-error.ts'
import { type Code, codeModes } from '../codes.ts'
import { applyCode, readCode, resetPassword } from '../operations/apply-code.ts'
import { isLocalUrl } from '../operations/checks.ts'
import type { Parts } from '../operations/define-operation.ts'

/** A form for each type of code. `fault` is what was wrong with the last attempt. */
const forms: Readonly<Record<Code['requestType'], (action: string, code: Code, fault?: string) => Page>> = {
  PASSWORD_RESET: (action, { email }, fault) => ({
    title: 'Choose a new password',
    status: fault === undefined ? 200 : 400,
    body: html`<p>For <b>${email}</b>. Saving it ends every session.</p>
${formOf(action, [passwordField(fault)], 'Save the password')}`,
  }),
  VERIFY_EMAIL: (action, { email }) => ({
    title: 'Confirm your address',
    body: html`<p>Is <b>${email}</b> yours?</p>
${formOf(action, [], 'Confirm')}`,
  }),
  VERIFY_AND_CHANGE_EMAIL: (action, { email, newEmail }) => ({
    title: 'Change your address',
    body: html`<p>You sign in with <b>${newEmail}</b> from now on, and no more with <b>${email}</b>. Every session ends.</p>
${formOf(action, [], 'Change the address')}`,
  }),
}

function passwordField(fault: string | undefined): Html {
  const hint = fault === undefined ? html`<p>Six characters or more.</p>` : undefined
  const type = 'password'
  return fieldOf({ name: 'password', label: 'New password', type, autocomplete: 'new-password', hint, fault })
}

const done: Readonly<Record<Code['requestType'], string>> = {
  PASSWORD_RESET: 'Your new password is saved.',
  VERIFY_EMAIL: 'Your address is confirmed.',
  VERIFY_AND_CHANGE_EMAIL: 'Your address is changed.',
}

const spent: Page = {
  title: 'This link is of no use any more',
  status: 400,
  body: html`<p>It was used, is older than an hour, or a newer one was sent. Request another one in the app.</p>`,
}

function donePage({ requestType }: Code, continueUrl: string | null): Page {
  const back = continueUrl !== null && isLocalUrl(continueUrl)
  const link = back && html`<a class="button primary wide" href="${continueUrl}">Back to the app</a>`
  return { title: 'Done', body: html`${noticeOf(done[requestType])}${link}` }
}

/** The code of the link. @throws ApiError as `readCode`, and INVALID_OOB_CODE for a link of another mode */
function codeOf(parts: Parts, query: URLSearchParams): Code {
  const code = readCode(parts, query.get('oobCode') ?? '')
  if (query.get('mode') !== codeModes[code.requestType]) throw new ApiError(400, 'INVALID_OOB_CODE')
  return code
}

async function use(parts: Parts, { requestType, oobCode }: Code, newPassword: string): Promise<void> {
  const context = { ...parts, isOwner: false, isForeignPage: false }
  if (requestType === 'PASSWORD_RESET') await resetPassword(context, { oobCode, newPassword })
  else await applyCode(context, { oobCode })
}

/** Words for a refused password: the form is shown again, and the code stays valid. */
function passwordFault(error: ApiError): string | undefined {
  const isPassword = /^(WEAK_PASSWORD|Invalid value at 'newPassword')/.test(error.message)
  return isPassword ? 'Use 6 to 4096 characters.' : undefined
}

/** The page for a link; `form` is what its form has sent. */
export async function actionPage(parts: Parts, query: URLSearchParams, form?: URLSearchParams): Promise<Page> {
  const action = `/emulator/action?${query}`
  try {
    const code = codeOf(parts, query)
    if (!form) return forms[code.requestType](action, code)
    return await answerForm(parts, code, { action, form, continueUrl: query.get('continueUrl') })
  } catch (error) {
    if (error instanceof ApiError) return spent
    throw error
  }
}

interface Sent {
  readonly action: string
  readonly form: URLSearchParams
  readonly continueUrl: string | null
}

async function answerForm(parts: Parts, code: Code, { action, form, continueUrl }: Sent): Promise<Page> {
  const password = form.get('password') ?? ''
  if (code.requestType === 'PASSWORD_RESET' && password === '') return forms.PASSWORD_RESET(action, code, 'Choose one.')
  try {
    await use(parts, code, password)
    return donePage(code, continueUrl)
  } catch (error) {
    const fault = error instanceof ApiError ? passwordFault(error) : undefined
    if (fault === undefined) throw error
    return forms[code.requestType](action, code, fault)
  }
}
