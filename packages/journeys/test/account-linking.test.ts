/**
 * The published rules of account linking, each as a row: what the vendor sends, and what it gets. Google: "Account
 * Linking with OAuth" and "Your Account Linking API". Alexa: "Requirements for Account Linking for Alexa Skills" and
 * "Configure an Authorization Code Grant".
 */
import { createVisitor } from '@fieldnotes/local/test/visitor'
import { beforeAll, describe, expect, it } from 'vitest'
import { agreedAt, alice, atConsent, parametersOf } from './support/command-line.ts'
import { ask as query } from './support/graphql-client.ts'
import { linkedApps } from './support/linked-apps.ts'
import { ephemeralIssuer, outcome } from './support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()
const { add, app, appOf } = linkedApps(issuer)

beforeAll(add)

/** What a vendor demands, and what shows that it is so. */
type Rule = readonly [rule: string, shown: () => Promise<void>]

const assistant = app('assistant')
const skill = app('skill')

/** What follows a vendor's request for a code, when a person has agreed. */
async function answered(request: { readonly url: string }) {
  const url = await agreedAt(cloud, request.url)
  const { code = '', state: returned } = parametersOf({ url })
  return { address: url.split('?')[0], state: returned, code }
}

/** A `state` of the characters and the length that vendors send. */
const state = `AbGdE-_.~${'x'.repeat(600)} +/=&é`

const google: readonly Rule[] = [
  [
    'a request has client_id, redirect_uri, state, response_type, scope and user_locale; the state comes back unchanged',
    async () => {
      const answer = await answered(assistant.ask({ state, user_locale: 'en-US' }))
      expect([answer.address, answer.state, answer.code !== '']).toEqual([
        ...[appOf('assistant').redirectUri, state, true],
      ])
    },
  ],
  [
    'codes are sent to the project’s address and to its sandbox',
    async () => {
      for (const redirect_uri of issuer().redirectUrisOf('assistant')) {
        const { code } = await assistant.newCode({ redirect_uri })
        expect((await assistant.redeem(code, { redirect_uri })).status).toBe(200)
      }
    },
  ],
  [
    'a code is exchanged by a form with client_id, client_secret, code and redirect_uri',
    async () => {
      const { code } = await assistant.newCode()
      const { status, headers, body } = await assistant.redeem(code)
      expect([status, headers.get('content-type')?.split(';')[0], body.token_type]).toEqual([
        ...[200, 'application/json', 'Bearer'],
      ])
    },
  ],
  [
    'the answer has an access_token that is no JWT, a refresh_token, and expires_in as a number',
    async () => {
      const { access_token, refresh_token, expires_in } = await assistant.linked()
      expect([access_token, typeof refresh_token, expires_in]).toEqual([
        expect.stringMatching(/^[\w-]{43}$/),
        'string',
        300,
      ])
    },
  ],
  ['an access token is no JWT', async () => expect((await assistant.linked()).access_token).toMatch(/^[\w-]{43}$/)],
  [
    'a refresh gives a new access token, and the refresh token is kept',
    async () => {
      const { access_token, refresh_token } = await assistant.linked()
      const answers = [await assistant.refresh(refresh_token), await assistant.refresh(refresh_token)]
      expect(answers.map(({ status }) => status)).toEqual([200, 200])
      expect(new Set([access_token, ...answers.map(({ body }) => body.access_token)]).size).toBe(3)
      expect(new Set(answers.map(({ body }) => body.refresh_token))).toEqual(new Set([refresh_token]))
    },
  ],
  [
    'an invalid code, and one of another address, is 400 invalid_grant',
    async () => {
      expect(outcome(await assistant.redeem('x'.repeat(43)))).toEqual([400, 'invalid_grant'])
      const { code } = await assistant.newCode()
      const other = await assistant.redeem(code, { redirect_uri: issuer().redirectUrisOf('assistant')[1] })
      expect(outcome(other)).toEqual([400, 'invalid_grant'])
    },
  ],
  [
    'an invalid refresh token is 400 invalid_grant',
    async () => expect(outcome(await assistant.refresh('x'.repeat(43)))).toEqual([400, 'invalid_grant']),
  ],
  [
    'an unlinking revokes the refresh token (RFC 7009), and the access token ends with it',
    async () => {
      const { access_token, refresh_token } = await assistant.linked()
      expect((await assistant.userInfo(access_token)).status).toBe(200)
      expect((await assistant.revoke(refresh_token, { token_type_hint: 'refresh_token' })).status).toBe(200)
      expect(outcome(await assistant.refresh(refresh_token))).toEqual([400, 'invalid_grant'])
      expect((await assistant.introspect(access_token)).body).toEqual({ active: false })
    },
  ],
  [
    'userinfo answers a bearer token with sub as a text; another is 401 with invalid_token',
    async () => {
      const known = await assistant.userInfo((await assistant.linked()).access_token)
      expect([known.status, await known.json()]).toEqual([200, { sub: expect.any(String), name: 'Alice' }])
      const unknown = await assistant.userInfo('x'.repeat(43))
      expect([unknown.status, unknown.headers.get('www-authenticate')]).toEqual([
        ...[401, expect.stringMatching(/^Bearer .*error="invalid_token"/)],
      ])
    },
  ],
]

const alexa: readonly Rule[] = [
  [
    'each of several redirect URLs receives its codes, with the state of its request',
    async () => {
      const redirects = issuer().redirectUrisOf('skill')
      expect(redirects.length).toBeGreaterThan(1)
      for (const redirect_uri of redirects) {
        const answer = await answered(skill.ask({ redirect_uri, state }))
        expect([answer.address, answer.state]).toEqual([redirect_uri, state])
        expect((await skill.redeem(answer.code, { redirect_uri })).status).toBe(200)
      }
    },
  ],
  [
    'the pages open in the app: they fit a phone, and have no pop-up and no script',
    async () => {
      const login = await createVisitor(cloud.url).open(skill.ask().url)
      const { page } = await atConsent(cloud, skill.ask().url)
      for (const { html } of [login, page]) {
        expect(html).toContain('name="viewport" content="width=device-width')
        expect(html).not.toMatch(/<script|target="_blank"|window\.open/)
      }
    },
  ],
  [
    'a wrong password is said on the page',
    async () => {
      const browser = createVisitor(cloud.url)
      const page = await browser.submit(await browser.open(skill.ask().url), { ...alice, password: 'wrong' }, 'Sign in')
      expect([page.url.startsWith(cloud.url), page.html]).toEqual([true, expect.stringMatching(/role="alert"|wrong/i)])
    },
  ],
  [
    'the access token URI takes credentials by HTTP Basic',
    async () => {
      const { code } = await skill.newCode()
      expect([appOf('skill').sends, (await skill.redeem(code)).status]).toEqual(['basic', 200])
    },
  ],
  [
    'the answer has access_token, refresh_token, token_type and expires_in, and is not stored',
    async () => {
      const { code } = await skill.newCode()
      const { headers, body } = await skill.redeem(code)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(body).toMatchObject({
        ...{ access_token: expect.any(String), refresh_token: expect.any(String) },
        ...{ token_type: 'Bearer', expires_in: 300 },
      })
    },
  ],
  [
    'a token names the person, who is the same at each link',
    async () => {
      const [one, other] = [await skill.linked(), await skill.linked()]
      const subs = await Promise.all(
        [one, other].map(async ({ access_token }) => (await skill.introspect(access_token)).body.sub),
      )
      expect([subs[0] === subs[1], one.access_token === other.access_token]).toEqual([true, false])
    },
  ],
  [
    'a refresh token works again and again, and does not end with the access token',
    async () => {
      const { refresh_token } = await skill.linked()
      for (const _time of [1, 2, 3]) expect((await skill.refresh(refresh_token)).status).toBe(200)
    },
  ],
  [
    'with the switch on, PKCE is sent and demanded',
    async () => {
      const strict = app('strict')
      const { code, code_verifier } = await strict.newCode()
      expect(outcome(await strict.redeem(code))).toEqual([400, 'invalid_grant'])
      expect((await strict.redeem(code, { code_verifier })).status).toBe(200)
    },
  ],
  [
    'a resource server answers an invalid token with 401',
    async () => {
      expect((await query(cloud.url, { token: 'x'.repeat(43), query: '{ me { id } }' })).status).toBe(401)
      const { access_token } = await skill.linked()
      const { status, data } = await query(cloud.url, { token: access_token, query: '{ me { id } }' })
      expect([status, typeof data.me.id]).toEqual([200, 'string'])
    },
  ],
]

describe('Google', () => {
  it.each(google)('%s', (_rule, shown) => shown())
})

describe('Alexa', () => {
  it.each(alexa)('%s', (_rule, shown) => shown())
})
