/**
 * Where people sign in at our own issuer: the choice, and the page for people of Firebase. Each attack beside its twin.
 */
import { createVisitor, type View, type Visitor } from '@fieldnotes/local/test/visitor'
import { describe, expect, it } from 'vitest'
import { alice, atConsent, commandLine, parametersOf, request } from '../support/command-line.ts'
import { tokensOf } from '../support/firebase-api.ts'
import { ask } from '../support/graphql-client.ts'
import { atFirebase, firebasePath, sendIdToken, tokenIn } from '../support/issuer-pages.ts'
import {
  claimsOf,
  ephemeralIssuer,
  exchange,
  form,
  idToken,
  outcome,
  type SubjectChange,
} from '../support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()
const { redeem } = commandLine(issuer)

function idTokenOf(change?: SubjectChange): Promise<string> {
  return issuer().newIdToken(change)
}

function statusOf({ status, url }: View) {
  return [status, new URL(url).pathname]
}

describe('the choice of a provider', () => {
  async function atChoice(query = 'again') {
    const browser = createVisitor(cloud.url)
    await browser.open(request().url)
    return { browser, page: await browser.open(`/oauth/sign-in?${query}`) }
  }

  it('has a link to the user pool and one to the page of Firebase, and takes no password', async () => {
    const { browser, page } = await atChoice()
    const pool = await browser.follow(page, 'Sign in with Fieldnotes')
    expect(new URL(pool.url).pathname).toMatch(/^\/cognito\/.*login/)
    expect(new URL((await browser.follow(page, 'Sign in with Firebase')).url).pathname).toBe(firebasePath)
    expect(page.html).not.toMatch(/<script|<form|<input/)
  })

  it('is shown for an app of a third party, and names it', async () => {
    const [redirect_uri] = issuer().redirectUrisOf('skill')
    const browser = createVisitor(cloud.url)
    const page = await browser.open(request({ client_id: 'skill', redirect_uri, scope: 'notes:read' }).url)
    expect([page.status, new URL(page.url).pathname]).toEqual([200, '/oauth/sign-in'])
    expect(page.html).toMatch(/to answer <b>[^<]+<\/b>/)
    const login = await browser.follow(page, 'Sign in with Fieldnotes')
    const consent = await browser.submit(login, alice, 'Sign in')
    for (const text of ['Not made by Fieldnotes', 'It can never touch your account', 'until you end it'])
      expect(consent.html).toContain(text)
    const { page: own } = await atConsent(cloud)
    expect(own.html).not.toContain('Not made by Fieldnotes')
  })

  it.each([
    ['Cognito', /^\/cognito\//],
    ['Firebase', /^\/oauth\/sign-in\/firebase$/],
  ])('is made by the request with provider=%s', async (provider, path) => {
    const page = await createVisitor(cloud.url).open(request({ provider }).url)
    expect([page.status, new URL(page.url).pathname]).toEqual([200, expect.stringMatching(path)])
  })

  it.each(['Google', 'firebase', '__proto__', ['Cognito', 'Firebase']])(
    'is none of the provider %j: the app reads invalid_request',
    async (provider) => {
      const response = await fetch(cloud.url + request({ provider }).url, { redirect: 'manual' })
      expect(parametersOf({ url: response.headers.get('location') ?? '' }).error).toBe('invalid_request')
    },
  )

  it.each([
    'again&provider=Firebase',
    'again&client_id=portal',
    'redirect_uri=https://evil.example/',
    'state=<script>',
  ])('takes nothing of its own address: %s', async (query) => {
    const { page } = await atChoice(query)
    expect(page.html).not.toMatch(/evil|<script>|portal/)
    expect(new URL(page.url).pathname).toMatch(/^\/cognito\//)
  })

  it('is none without a request, and prompt=none shows no page', async () => {
    expect((await createVisitor(cloud.url).open('/oauth/sign-in')).status).toBe(400)
    const silent = await fetch(cloud.url + request({ provider: 'Firebase', prompt: 'none' }).url, {
      redirect: 'manual',
    })
    expect(parametersOf({ url: silent.headers.get('location') ?? '' }).error).toBe('login_required')
  })
})

describe('the page of Firebase', () => {
  it('sends the password to Identity Toolkit alone, by its one script', async () => {
    const { page } = await atFirebase(cloud.url)
    const policy = page.headers.get('content-security-policy')
    expect(policy).toContain(`script-src 'self'; connect-src ${cloud.url}; form-action 'self' http://127.0.0.1:53682;`)
    expect(policy).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/)
    expect([...page.html.matchAll(/<script[^>]*>/g)].map(String)).toEqual([
      '<script type="module" src="/oauth/sign-in/firebase.js">',
    ])
    expect(page.html).toMatch(/<noscript>.*JavaScript/)
    for (const id of ['email', 'password']) expect(page.html).toMatch(new RegExp(`<input id="${id}" (?!.*name=)`))
  })

  it('signs a person of Firebase in, who is the same person at the endpoint', async () => {
    const { idToken: own } = await tokensOf(cloud.url, 'alice')
    const { url, verifier } = request({ provider: 'Firebase' })
    const { browser, page } = await atFirebase(cloud.url, url)
    const consent = await sendIdToken(browser, page, own)
    expect(consent.html).toContain('You are Alice')
    const { code = '' } = parametersOf(await browser.submit(consent, { answer: 'agree' }))
    const { body } = await redeem(code, verifier)
    const [direct, by] = await Promise.all(
      [own, body.access_token].map((token) => ask(cloud.url, { token, query: '{ me { id } }' })),
    )
    expect([by?.status, by?.data]).toEqual([200, direct?.data])
    expect(claimsOf(body.access_token).auth_time).toBe(claimsOf(own).auth_time)
  })

  const twins: readonly (readonly [what: string, token: () => Promise<string>, status: number])[] = [
    ['a fresh one', () => idTokenOf(), 200],
    ['one of a sign-in 4 minutes ago', () => idTokenOf({ age: 240 }), 200],
    ['one of a sign-in 6 minutes ago', () => idTokenOf({ age: 360 }), 400],
    ['an expired one', () => idTokenOf({ age: 200, expiresIn: -100 }), 401],
    [
      'one of another project',
      () => idTokenOf({ claims: { aud: 'evil', iss: 'https://securetoken.google.com/evil' } }),
      401,
    ],
    ['one for another project', () => idTokenOf({ claims: { aud: 'evil' } }), 401],
    ['one with a space before it', async () => ` ${await idTokenOf()}`, 400],
    ['one with a space after it', async () => `${await idTokenOf()} `, 400],
    ['one with another signature', async () => `${(await idTokenOf()).slice(0, -8)}AAAAAAAA`, 401],
    ['one without a signature', async () => (await idTokenOf()).replace(/[^.]+$/, ''), 400],
    ['a token of the user pool', () => issuer().subject('cognito'), 401],
    ['a token of this issuer', () => issuer().subject('fieldnotes'), 401],
    ['none', async () => '', 400],
    ['a text', async () => 'a.b.c', 401],
    ['a long one', async () => `${'a'.repeat(90_000)}.b.c`, 401],
  ]
  it.each(twins)('takes ID tokens: %s', async (_what, token, status) => {
    const { browser, page } = await atFirebase(cloud.url)
    const answer = await sendIdToken(browser, page, await token())
    expect(statusOf(answer)).toEqual([status, status === 200 ? '/oauth/consent' : firebasePath])
    if (status === 200) return
    const consent = await browser.open('/oauth/consent')
    expect(consent.status).toBe(400)
    expect(statusOf(await sendIdToken(browser, page, await idTokenOf()))).toEqual([200, '/oauth/consent'])
  })

  it('takes an ID token once: not again here, of eight at once, or after it has begun a session', async () => {
    const used = await idTokenOf()
    const visits = await Promise.all(Array.from({ length: 8 }, () => atFirebase(cloud.url)))
    const answers = await Promise.all(visits.map(({ browser, page }) => sendIdToken(browser, page, used)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(400)])
    const exchanged = await issuer().as('firebase-session', {
      ...{ grant_type: exchange, subject_token: used },
      ...{ subject_token_type: idToken, resource: issuer().targets.graphql },
    })
    expect(outcome(exchanged)).toEqual([400, 'invalid_request'])
  })

  it.each([
    ['another token', 'x'.repeat(43)],
    ['no token', ''],
  ])('is refused with %s', async (_what, token) => {
    const { browser, page } = await atFirebase(cloud.url)
    const body = form({ token, id_token: await idTokenOf() })
    expect((await browser.request(firebasePath, { method: 'POST', body })).status).toBe(400)
    expect((await sendIdToken(browser, page, await idTokenOf())).status).toBe(200)
  })

  it('is of the browser that has begun the sign-in: an attacker’s person signs in nowhere else', async () => {
    const attacker = await atFirebase(cloud.url)
    const body = async () => form({ token: tokenIn(attacker.page), id_token: await idTokenOf({ person: 'bob' }) })
    const victim = (await atFirebase(cloud.url)).browser
    for (const browser of [createVisitor(cloud.url), victim] satisfies Visitor[])
      expect((await browser.request(firebasePath, { method: 'POST', body: await body() })).status).toBe(400)
    expect((await victim.open('/oauth/consent')).status).toBe(400)
  })

  it('gives a person no more than they have: a scope beyond it is invalid_scope', async () => {
    const { browser, page } = await atFirebase(cloud.url, request({ provider: 'Firebase', scope: 'notes:share' }).url)
    const token = await idTokenOf({ claims: { scope: 'notes:read' } })
    expect(parametersOf(await sendIdToken(browser, page, token)).error).toBe('invalid_scope')
  })

  it('is another person’s after “Not you?”, and the first page of consent agrees to nothing', async () => {
    const { browser, page: first } = await atConsent(cloud)
    const choice = await browser.follow(first, 'Not you?')
    const page = await browser.follow(choice, 'Sign in with Firebase')
    const consent = await sendIdToken(browser, page, await idTokenOf({ person: 'bob' }))
    expect(consent.html).toContain('You are Bob')
    expect((await browser.submit(first, { answer: 'agree' })).status).toBe(400)
    expect(parametersOf(await browser.submit(consent, { answer: 'agree' })).code).toBeDefined()
  })
})
