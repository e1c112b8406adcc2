/** Apps of third parties at our own issuer: what each sends, and what it gets. */
import { addClient } from '@fieldnotes/issuer/stored-clients'
import { createVisitor, type Visitor } from '@fieldnotes/local/test/visitor'
import { digestOf } from '@fieldnotes/table/digest'
import { expect } from 'vitest'
import { agreedAt, alice as aliceLogin, type Login, parametersOf, request } from './command-line.ts'
import { basic, type FormFields, type OwnIssuer, outcome, type TokenAnswer } from './own-issuer.ts'

/** How an app sends its secret. */
export type Sends = 'basic' | 'post' | 'nothing'

/** An app with its credentials. */
export interface App {
  readonly id: string
  readonly sends: Sends
  readonly secret: string
  readonly redirectUri: string
  /** Whether it sends PKCE. */
  readonly pkce: boolean
}

/** The two apps of the laptop, as Google and Alexa link accounts. */
export function exampleApp(issuer: OwnIssuer, id: 'assistant' | 'skill'): App {
  const sends = id === 'skill' ? 'basic' : 'post'
  return { id, sends, secret: issuer.secretOf(id), redirectUri: issuer.redirectUrisOf(id)[0] ?? '', pkce: false }
}

/** What differs between apps that tests add. */
interface NewApp {
  readonly profile?: 'app' | 'alexa'
  readonly auth?: 'none' | 'client_secret_basic' | 'client_secret_post'
  readonly redirectUris?: readonly [string, ...string[]]
}

const sending = { none: 'nothing', client_secret_basic: 'basic', client_secret_post: 'post' } as const

/** Stores an app of a third party that sends PKCE. */
export async function addApp(issuer: OwnIssuer, id: string, change: NewApp = {}): Promise<App> {
  const { profile = 'app', auth = 'none', redirectUris = ['https://app.example/callback'] } = change
  const code = {
    ...{ title: `The app ${id}`, redirectUris, targets: { graphql: ['notes:read', 'notes:write'] } },
    ...{ lifetimeSeconds: 300, refreshSeconds: 3600 },
  }
  const row = { profile, auth, grants: { code }, ...(profile === 'alexa' && { requiresPkce: true }) }
  const credentials = auth === 'none' ? {} : { secretDigests: [digestOf(id)] }
  await addClient(issuer.table, { id, row, credentials }, Date.now())
  return { id, sends: sending[auth], secret: id, redirectUri: redirectUris[0], pkce: true }
}

/** What differs between requests for a code, beside their parameters. */
interface CodeOptions {
  /** Default: as the app does. */
  readonly pkce?: boolean
  /** Default: alice, who signs in once for all requests. */
  readonly login?: Login
}

/** What an app gets when a person has linked it. */
export interface LinkedTokens {
  readonly access_token: string
  readonly refresh_token: string
  /** Seconds. */
  readonly expires_in: number
}

/** What an app sends to an issuer. */
export type AppRequests = ReturnType<typeof appAt>

/** An app at an issuer. */
export function appAt(issuer: () => OwnIssuer, app: () => App) {
  let alice: Visitor | undefined

  /** An authorization request, which goes straight to the user pool. */
  function ask(change: FormFields = {}, { pkce = app().pkce }: CodeOptions = {}) {
    const { id, redirectUri } = app()
    const none = pkce ? {} : { code_challenge: undefined, code_challenge_method: undefined }
    const base = { client_id: id, redirect_uri: redirectUri, scope: 'notes:read', provider: 'Cognito' }
    return request({ ...base, ...none, ...change })
  }

  /** Where the app is when a person has agreed. The user pool remembers alice, and demands her password once. */
  async function agreed(url: string, login: Login | undefined): Promise<string> {
    if (login) return agreedAt(issuer(), url, login)
    alice ??= createVisitor(issuer().url)
    const first = await alice.open(url)
    const page = first.url.endsWith('/oauth/consent') ? first : await alice.submit(first, aliceLogin, 'Sign in')
    return (await alice.submit(page, { answer: 'agree' })).url
  }

  /** A request to the issuer as the app authenticates. */
  function post(parameters: FormFields, path?: string): Promise<TokenAnswer> {
    const { id, sends, secret } = app()
    if (sends === 'basic') return issuer().post(parameters, { authorization: basic(id, secret) }, path)
    const client_secret = sends === 'post' ? secret : undefined
    return issuer().post({ client_id: id, client_secret, ...parameters }, {}, path)
  }

  function redeem(code: string, change: FormFields = {}): Promise<TokenAnswer> {
    return post({ grant_type: 'authorization_code', code, redirect_uri: app().redirectUri, ...change })
  }

  /** A code that a person has agreed to, and the verifier of a request that had a challenge. */
  async function newCode(change: FormFields = {}, options: CodeOptions = {}) {
    const { url, verifier } = ask(change, options)
    const { code = '' } = parametersOf({ url: await agreed(url, options.login) })
    return { code, code_verifier: (options.pkce ?? app().pkce) ? verifier : undefined }
  }

  /** Tokens of a new consent. */
  async function linked(change: FormFields = {}, options: CodeOptions = {}): Promise<LinkedTokens> {
    const { code, code_verifier } = await newCode(change, options)
    const answer = await redeem(code, { code_verifier })
    expect(outcome(answer)).toEqual([200, undefined])
    return answer.body
  }
  return {
    ...{ ask, post, redeem, newCode, linked },
    refresh: (refresh_token: string, change: FormFields = {}) =>
      post({ grant_type: 'refresh_token', refresh_token, ...change }),
    revoke: (token: string, change: FormFields = {}) => post({ token, ...change }, '/revoke'),
    userInfo: (token: string) =>
      fetch(`${issuer().issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } }),
    introspect: (token: string, change: FormFields = {}) => post({ token, ...change }, '/introspect'),
  }
}
