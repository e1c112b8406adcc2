/**
 * `/emulator/auth/handler`: the window that `signInWithPopup` and `signInWithRedirect` of the SDK open. The person
 * selects a Google account; a script then hands it to the app's page.
 */

import { html } from '@fieldnotes/issuer/html'
import { accountsPage, type GoogleAccount, parseAccount } from '../../google/accounts-page.ts'
import { googleSubject } from '../../google/google-subject.ts'
import type { Page } from '../../pages/page.ts'
import type { Choices } from '../choices.ts'
import { isLocalUrl } from '../operations/checks.ts'
import type { Parts } from '../operations/define-operation.ts'

/** What the SDK says about the sign-in that it started. */
interface Request {
  readonly authType: string
  readonly eventId: string | null
  /** Key of the app in the session storage of this origin. */
  readonly storageKey: string
  readonly redirectUrl: string | null
}

const authTypes = /^(signIn|link|reauth)Via(Popup|Redirect)$/

/** Longest parameter, in characters. */
const parameterMax = 2048

function requestOf(query: URLSearchParams): Request | undefined {
  const [authType = '', apiKey, appName] = ['authType', 'apiKey', 'appName'].map((name) => query.get(name) ?? '')
  const redirectUrl = query.get('redirectUrl')
  const isComplete = authTypes.test(authType) && query.get('providerId') === 'google.com' && apiKey && appName
  const isShort = [...query.values()].every((value) => value.length <= parameterMax)
  const hasTarget = authType.endsWith('Popup') || (redirectUrl !== null && isLocalUrl(redirectUrl))
  if (!isComplete || !isShort || !hasTarget) return undefined
  return { authType, eventId: query.get('eventId'), storageKey: `${apiKey}:${appName}`, redirectUrl }
}

/** A credential with the mark of this selection. */
function credentialOf(choices: Choices, { email, name }: GoogleAccount): string {
  const sub = googleSubject(email)
  return JSON.stringify({ sub, email, email_verified: true, name, choice: choices.add({ rawId: sub, email }) })
}

/** The event that the SDK waits for (`AuthEvent` of its popup and redirect flow). */
function eventOf({ origin, choices }: Parts, { authType, eventId }: Request, account: GoogleAccount): string {
  const urlResponse = new URL('/emulator/auth/handler', origin)
  urlResponse.search = String(
    new URLSearchParams({ providerId: 'google.com', id_token: credentialOf(choices, account) }),
  )
  const unused = { postBody: '', tenantId: null, error: null, sessionId: 'local' }
  return JSON.stringify({ type: authType, eventId, urlResponse: urlResponse.href, ...unused })
}

function deliveryPage(parts: Parts, request: Request, account: GoogleAccount): Page {
  const { storageKey, redirectUrl, authType } = request
  const target = authType.endsWith('Redirect') && redirectUrl !== null && redirectUrl
  const body = html`<p id="state" role="status">Going back to the app as ${account.name}.</p>
<div id="event" data-event="${eventOf(parts, request, account)}" data-storage-key="${storageKey}"${
    target && html` data-redirect-url="${target}"`
  }></div>
<script src="/emulator/auth/handler.js" defer></script>`
  return { title: 'Signing in', body }
}

const refused: Page = {
  title: 'This page can’t be shown',
  status: 400,
  body: html`<p>An app opens it to sign in with Google. Start there.</p>`,
}

/** The page for the request of the SDK; `form` is the account that was selected. */
export function googlePage(parts: Parts, query: URLSearchParams, form?: URLSearchParams): Page {
  const request = requestOf(query)
  if (!request) return refused
  const account = form && parseAccount(form)
  return account ? deliveryPage(parts, request, account) : accountsPage(`/emulator/auth/handler?${query}`, form)
}
