/** The command line at our own issuer: its requests, a browser in which a person signs in, and its tokens. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { createVisitor, type View, type Visitor } from '@fieldnotes/local/test/visitor'
import { expect } from 'vitest'
import type { Person } from '../session/world.ts'
import type { LocalCloud } from './local-cloud.ts'
import { type FormFields, form, type OwnIssuer, type TokenAnswer } from './own-issuer.ts'

export const redirect_uri = 'http://127.0.0.1:53682/callback'

export const alice = loginOf('alice')

/** The login and password of a person at the user pool. */
export type Login = ReturnType<typeof loginOf>

/** The login of a person of the laptop. */
export function loginOf(name: Person) {
  return { username: name, password: `fieldnotes-${name}` }
}

/** An authorization request, and what redeems its code. */
export function request(change: FormFields = {}) {
  const verifier = randomBytes(32).toString('base64url')
  const code_challenge = createHash('sha256').update(verifier).digest('base64url')
  const state = randomUUID()
  const pkce = { code_challenge, code_challenge_method: 'S256' }
  const base = { client_id: 'terminal', response_type: 'code', redirect_uri, state, scope: 'notes:read notes:write' }
  return { url: `/oauth/authorize?${form({ ...base, ...pkce, ...change })}`, verifier, state }
}

/** The parameters of an answer, in the query or in the fragment. */
export function parametersOf({ url }: Pick<View, 'url'>): Readonly<Record<string, string>> {
  const { search, hash } = new URL(url)
  return Object.fromEntries(new URLSearchParams(search || hash.slice(1)))
}

/** A browser in which a person of the user pool sees the page of consent, for an app of others after the choice. */
export async function atConsent(
  { url: origin }: Pick<LocalCloud, 'url'>,
  url = request().url,
  login: Login = alice,
): Promise<{ readonly browser: Visitor; readonly page: View }> {
  const browser = createVisitor(origin)
  const first = await browser.open(url)
  const isChoice = new URL(first.url).pathname === '/oauth/sign-in'
  const pool = isChoice ? await browser.follow(first, 'Sign in with Fieldnotes') : first
  const page = await browser.submit(pool, login, 'Sign in')
  expect([page.status, page.url]).toEqual([200, `${origin}/oauth/consent`])
  return { browser, page }
}

/** Where the app is when a person has signed in and agreed. */
export async function agreedAt(cloud: Pick<LocalCloud, 'url'>, url: string, login?: Login): Promise<string> {
  const { browser, page } = await atConsent(cloud, url, login)
  return (await browser.submit(page, { answer: 'agree' })).url
}

/** Headers of a request. */
type Sent = Readonly<Record<string, string>>

/** The command line at an issuer. */
export function commandLine(issuer: () => OwnIssuer) {
  function redeem(code: string, verifier: string, change: FormFields = {}, headers: Sent = {}): Promise<TokenAnswer> {
    const base = {
      grant_type: 'authorization_code',
      client_id: 'terminal',
      code,
      code_verifier: verifier,
      redirect_uri,
    }
    return issuer().post({ ...base, ...change }, headers)
  }

  function refresh(refresh_token: string, change: FormFields = {}, headers: Sent = {}): Promise<TokenAnswer> {
    return issuer().post({ grant_type: 'refresh_token', client_id: 'terminal', refresh_token, ...change }, headers)
  }

  /** A code that a person has agreed to, and its verifier. */
  async function newCode(change: FormFields = {}, login?: Login) {
    const { url, verifier } = request(change)
    return { code: parametersOf({ url: await agreedAt(issuer(), url, login) }).code ?? '', verifier }
  }

  /** Tokens of a new sign-in. */
  async function signedIn(change: FormFields = {}, login?: Login) {
    const { code, verifier } = await newCode(change, login)
    const { status, body } = await redeem(code, verifier)
    expect(status).toBe(200)
    return body
  }
  return { redeem, refresh, newCode, signedIn }
}
