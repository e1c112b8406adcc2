/** Sign-ins of the command line at our own issuer: each attack beside the sign-in that works. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { createVisitor, type View, type Visitor } from '@fieldnotes/local/test/visitor'
import { writeRevocation } from '@fieldnotes/table/revocations'
import { describe, expect, it } from 'vitest'
import { ask } from '../support/graphql-client.ts'
import {
  accessToken,
  claimsOf,
  ephemeralIssuer,
  exchange,
  type FormFields,
  form,
  type TokenAnswer,
} from '../support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()
const redirect_uri = 'http://127.0.0.1:53682/callback'

/** An authorization request of the command line, and what redeems its code. */
function request(change: FormFields = {}) {
  const verifier = randomBytes(32).toString('base64url')
  const code_challenge = createHash('sha256').update(verifier).digest('base64url')
  const state = randomUUID()
  const pkce = { code_challenge, code_challenge_method: 'S256' }
  const base = { client_id: 'terminal', response_type: 'code', redirect_uri, state, scope: 'notes:read notes:write' }
  return { url: `/oauth/authorize?${form({ ...base, ...pkce, ...change })}`, verifier, state }
}

const password = { username: 'alice', password: 'fieldnotes-alice' }

/** A browser in which alice sees the page of consent. */
async function atConsent(url = request().url, person = password): Promise<{ browser: Visitor; page: View }> {
  const browser = createVisitor(cloud.url)
  const page = await browser.submit(await browser.open(url), person, 'Sign in')
  expect([page.status, page.url]).toEqual([200, `${cloud.url}/oauth/consent`])
  return { browser, page }
}

function parametersOf(view: Pick<View, 'url'>) {
  const { search, hash } = new URL(view.url)
  return Object.fromEntries(new URLSearchParams(search || hash.slice(1)))
}

/** Signs alice in, who agrees: the parameters of the answer. */
async function answered(url?: string, person = password) {
  const { browser, page } = await atConsent(url, person)
  return parametersOf(await browser.submit(page, { answer: 'agree' }))
}

function redeem(code: string, verifier: string, change: FormFields = {}): Promise<TokenAnswer> {
  const base = { grant_type: 'authorization_code', client_id: 'terminal', code, code_verifier: verifier, redirect_uri }
  return issuer().post({ ...base, ...change })
}

/** Tokens of a new sign-in. */
async function signedIn(change: FormFields = {}, person = password) {
  const { url, verifier } = request(change)
  const { code = '' } = await answered(url, person)
  const { status, body } = await redeem(code, verifier)
  expect(status).toBe(200)
  return body
}

function refresh(refresh_token: string, change: FormFields = {}): Promise<TokenAnswer> {
  return issuer().post({ grant_type: 'refresh_token', client_id: 'terminal', refresh_token, ...change })
}

function outcome({ status, body }: TokenAnswer) {
  return [status, body.error]
}

describe('a sign-in of the command line', () => {
  it('gives alice’s tokens, which the endpoint and the next exchange accept', async () => {
    const { url, verifier, state } = request()
    const answer = await answered(url)
    expect(answer).toEqual({ code: expect.any(String), state, iss: issuer().issuer })
    const { status, headers, body } = await redeem(answer.code ?? '', verifier)
    expect([status, headers.get('cache-control'), body.token_type, body.scope, body.expires_in]).toEqual([
      ...[200, 'no-store', 'Bearer', 'notes:read notes:write', 300],
    ])
    const claims = claimsOf(body.access_token)
    expect(claims).toMatchObject({ client_id: 'terminal', auth_time: expect.any(Number), login_id: expect.any(String) })
    expect([claims.act, claims.groups, claims.name, body.id_token]).toEqual(Array(4).fill(undefined))
    const query = '{ me { id } }'
    const direct = await ask(cloud.url, { token: await issuer().subject('cognito'), query })
    const own = await ask(cloud.url, { token: body.access_token, query })
    expect([own.status, own.data]).toEqual([200, direct.data])
    const onward = { grant_type: exchange, subject_token: body.access_token, subject_token_type: accessToken }
    const next = await issuer().as('portal', { ...onward, resource: issuer().targets.exporter })
    expect(claimsOf(next.body.access_token)).toMatchObject({ sub: claims.sub, act: { sub: 'portal' } })
  })

  it('without a scope is one for all that the command line may have', async () => {
    expect((await signedIn({ scope: undefined })).scope).toBe('notes:read notes:write notes:share notes:trash')
  })

  it.each(['http://127.0.0.1/callback', 'http://127.0.0.1:1/callback', 'http://[::1]:65535/callback'])(
    'returns to %s (RFC 8252 §7.3)',
    async (uri) => {
      const { browser, page } = await atConsent(request({ redirect_uri: uri }).url)
      const { url } = await browser.submit(page, { answer: 'agree' })
      expect(url.startsWith(`${uri}?`)).toBe(true)
    },
  )

  it('leaves no session: the next request is a sign-in and a consent of its own', async () => {
    const { browser, page } = await atConsent()
    await browser.submit(page, { answer: 'agree' })
    const again = await browser.open(request().url)
    expect(again.url).toBe(`${cloud.url}/oauth/consent`)
    expect(browser.cookies()).not.toContain('oauth-session')
    const login = await browser.open(request({ prompt: 'login' }).url)
    expect(login.url).toContain('/login/')
  })
})

const unsafe: readonly (readonly [name: string, uri: string])[] = [
  ['another host', 'https://evil.example/callback'],
  ['a suffix', 'http://127.0.0.1:53682/callback/more'],
  ['a query', 'http://127.0.0.1:53682/callback?a=b'],
  ['a fragment', 'http://127.0.0.1:53682/callback#a'],
  ['userinfo', 'http://a@127.0.0.1:53682/callback'],
  ['upper case', 'http://127.0.0.1:53682/CALLBACK'],
  ['a way up', 'http://127.0.0.1:53682/x/../callback'],
  ['the other name of this machine', 'http://localhost:53682/callback'],
  ['a host that begins alike', 'http://127.0.0.1.evil.example/callback'],
  ['another scheme', 'https://127.0.0.1:53682/callback'],
  ['no address', ''],
]

describe('an authorization request', () => {
  it.each(unsafe)('with a redirect address of %s ends on a page, and leads nowhere', async (_name, uri) => {
    const response = await fetch(cloud.url + request({ redirect_uri: uri }).url, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
    const text = await response.text()
    expect(text).not.toContain('evil')
  })

  it.each([
    ['no challenge', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no method', { code_challenge_method: undefined }, 'invalid_request'],
    ['a short challenge', { code_challenge: 'abc' }, 'invalid_request'],
    ['another type of response', { response_type: 'token' }, 'unsupported_response_type'],
    ['an ID token as response', { response_type: 'code id_token' }, 'unsupported_response_type'],
    ['a scope of operators', { scope: 'notes:read notes:audit' }, 'invalid_scope'],
    ['a scope that does not exist', { scope: 'notes:admin' }, 'invalid_scope'],
    ['another target', { resource: 'https://evil.example/' }, 'invalid_target'],
    ['no interaction', { prompt: 'none' }, 'login_required'],
    ['a request object', { request: 'a.b.c' }, 'request_not_supported'],
    ['a reference to one', { request_uri: 'https://evil.example/r' }, 'request_uri_not_supported'],
  ])('with %s returns to the app with its code, the state and the issuer', async (_name, change, error) => {
    const { url, state } = request(change)
    const response = await fetch(cloud.url + url, { redirect: 'manual' })
    const location = response.headers.get('location') ?? ''
    const answer = parametersOf({ url: location })
    expect([/^http:..127.0.0.1:53682.callback[?#]/.test(location), answer.error, answer.state, answer.iss]).toEqual([
      ...[true, error, state, issuer().issuer],
    ])
    expect(location).not.toContain('evil')
  })

  it.each(['portal', 'robot', 'firebase-session', 'nobody', '__proto__'])(
    'of the client %s is refused',
    async (client_id) => {
      const response = await fetch(cloud.url + request({ client_id }).url, { redirect: 'manual' })
      expect([response.status, response.headers.get('location')]).toEqual([400, null])
    },
  )

  it.each(['form_post', 'fragment', 'jwt', 'x'])('for an answer by %s ends on a page', async (response_mode) => {
    const response = await fetch(cloud.url + request({ response_mode }).url, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
    expect(await response.text()).not.toContain('<script')
  })

  it('is a GET', async () => {
    const response = await fetch(cloud.url + request().url, { method: 'POST', redirect: 'manual' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET'])
  })
})

describe('the page of consent', () => {
  it('names app, person, scopes and end, and has no script, no frame and no copy', async () => {
    const { page } = await atConsent()
    expect(page.html).toContain('Let Fieldnotes on the command line use your notes?')
    for (const text of ['You are Alice', 'Read your notes', 'Create, change, share', 'Until ', '127.0.0.1:53682'])
      expect(page.html).toContain(text)
    expect(page.html).not.toMatch(/<script|put notes into the trash and out<\/li>\s*<li>Put/)
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';.* frame-ancestors 'none'$/)
    expect(policy).toContain(`form-action 'self' http://127.0.0.1:53682;`)
    const { headers } = page
    expect([headers.get('x-frame-options'), headers.get('cache-control')]).toEqual(['DENY', 'no-store'])
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it('refuses in one step, and the app reads access_denied', async () => {
    const { url, state } = request()
    const { browser, page } = await atConsent(url)
    const answer = parametersOf(await browser.submit(page, { answer: 'refuse' }))
    expect(answer).toMatchObject({ error: 'access_denied', state, iss: issuer().issuer })
    expect(answer.code).toBeUndefined()
  })

  it.each([
    ['another token', { token: 'x'.repeat(43) }],
    ['no token', { token: '' }],
  ])('is refused with %s, and the right one still works', async (_name, change) => {
    const { browser, page } = await atConsent()
    const body = form({ answer: 'agree', ...change })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const wrong = await browser.request('/oauth/consent', { method: 'POST', headers, body })
    expect([wrong.status, wrong.headers.get('location')]).toEqual([400, null])
    expect(parametersOf(await browser.submit(page, { answer: 'agree' })).code).toBeDefined()
  })

  it('is answered once, also of eight at the same time', async () => {
    const { browser, page } = await atConsent()
    const token = /name="token" value="([^"]+)"/.exec(page.html)?.[1]
    const send = () => browser.request('/oauth/consent', { method: 'POST', body: form({ token, answer: 'agree' }) })
    const statuses = (await Promise.all(Array.from({ length: 8 }, send))).map(({ status }) => status)
    expect(statuses.sort()).toEqual([303, ...Array(7).fill(400)])
  })

  it('is of the browser that has begun the sign-in', async () => {
    const { page } = await atConsent()
    const token = /name="token" value="([^"]+)"/.exec(page.html)?.[1]
    const other = createVisitor(cloud.url)
    await other.open(request().url)
    for (const browser of [createVisitor(cloud.url), other]) {
      const answer = await browser.request('/oauth/consent', { method: 'POST', body: form({ token, answer: 'agree' }) })
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    }
  })

  it('lets another person sign in', async () => {
    const { browser, page } = await atConsent()
    const login = await browser.follow(page, 'Not you?')
    const bob = await browser.submit(login, { username: 'bob', password: 'fieldnotes-bob' }, 'Sign in')
    expect(bob.html).toContain('You are Bob')
  })
})

describe('the callback of the user pool', () => {
  it.each([
    ['a browser that began nothing', (url: string) => createVisitor(cloud.url).open(url), 400],
    [
      'a browser with a sign-in of its own',
      async (url: string) => {
        const browser = createVisitor(cloud.url)
        await browser.open(request().url)
        return browser.open(url)
      },
      400,
    ],
  ])('is refused in %s', async (_name, open, status) => {
    const browser = createVisitor(cloud.url)
    const login = await browser.open(request().url)
    let location = await browser.submitOnly(login, password, 'Sign in')
    while (!location.includes('/oauth/callback'))
      location = (await browser.request(location)).headers.get('location') ?? ''
    expect((await open(location)).status).toBe(status)
    expect((await browser.open(location)).url).toBe(`${cloud.url}/oauth/consent`)
  })

  it.each(['', '?code=x', '?code=x&state=y', '?error=access_denied', '?state[]=a'])(
    'is refused with %s',
    async (query) => {
      const browser = createVisitor(cloud.url)
      await browser.open(request().url)
      expect((await browser.open(`/oauth/callback${query}`)).status).toBe(400)
    },
  )
})

describe('a code', () => {
  it('is redeemed once, and its second use ends what the first one gave', async () => {
    const { url, verifier } = request()
    const { code = '' } = await answered(url)
    const first = await redeem(code, verifier)
    expect((await refresh(first.body.refresh_token)).status).toBe(200)
    expect(outcome(await redeem(code, verifier))).toEqual([400, 'invalid_grant'])
    const { body } = await refresh(first.body.refresh_token)
    expect(body.error).toBe('invalid_grant')
  })

  it('is redeemed by exactly one of eight at the same time', async () => {
    const { url, verifier } = request()
    const { code = '' } = await answered(url)
    const all = await Promise.all(Array.from({ length: 8 }, () => redeem(code, verifier)))
    expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(400)])
  })

  it.each([
    ['another verifier', { code_verifier: 'x'.repeat(43) }, 'invalid_grant'],
    ['no verifier', { code_verifier: undefined }, 'invalid_grant'],
    ['another redirect address', { redirect_uri: 'http://127.0.0.1:1/callback' }, 'invalid_grant'],
    ['no redirect address', { redirect_uri: undefined }, 'invalid_request'],
    ['another target', { resource: 'https://evil.example/' }, 'invalid_target'],
    ['a secret', { client_secret: 'x' }, 'invalid_client'],
  ])('is refused with %s', async (_name, change, error) => {
    const { url, verifier } = request()
    const { code = '' } = await answered(url)
    expect((await redeem(code, verifier, change)).body.error).toBe(error)
  })

  it('is refused to another client', async () => {
    const { url, verifier } = request()
    const { code = '' } = await answered(url)
    const parameters = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri }
    expect(outcome(await issuer().as('portal', parameters))).toEqual([400, 'unauthorized_client'])
    expect((await redeem(code, verifier)).status).toBe(200)
  })
})

describe('a refresh token of a public client', () => {
  it('is another one after each refresh, and names the same sign-in', async () => {
    const first = await signedIn()
    const { body } = await refresh(first.refresh_token)
    expect(body.refresh_token).not.toBe(first.refresh_token)
    const { sub, auth_time, login_id, aud } = claimsOf(first.access_token)
    expect(claimsOf(body.access_token)).toMatchObject({ sub, auth_time, login_id, aud })
    expect((await refresh(body.refresh_token)).status).toBe(200)
  })

  it('that is used twice ends the grant, with the one that replaced it', async () => {
    const first = await signedIn()
    const second = (await refresh(first.refresh_token)).body
    expect(outcome(await refresh(first.refresh_token))).toEqual([400, 'invalid_grant'])
    expect(outcome(await refresh(second.refresh_token))).toEqual([400, 'invalid_grant'])
    expect((await signedIn()).refresh_token).toBeDefined()
  })

  it('ends with the sign-in, and a sign-in of another person goes on', async () => {
    const [hers, his] = [await signedIn(), await signedIn({}, { username: 'bob', password: 'fieldnotes-bob' })]
    const loginId = String(claimsOf(hers.access_token).login_id)
    await writeRevocation(issuer().table, { kind: 'login', loginId }, Date.now())
    expect(outcome(await refresh(hers.refresh_token))).toEqual([400, 'invalid_grant'])
    expect((await refresh(his.refresh_token)).status).toBe(200)
  })

  it('is revoked by its client, which has no secret', async () => {
    const { refresh_token } = await signedIn()
    const answer = await issuer().post({ token: refresh_token, client_id: 'terminal' }, {}, '/revoke')
    expect([answer.status, outcome(await refresh(refresh_token))]).toEqual([200, [400, 'invalid_grant']])
  })
})
