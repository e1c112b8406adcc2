/** Codes and refresh tokens of the command line at our own issuer: each attack beside the sign-in that works. */
import { writeRevocation } from '@fieldnotes/table/revocations'
import { describe, expect, it } from 'vitest'
import { agreedAt, atConsent, commandLine, parametersOf, redirect_uri, request } from '../support/command-line.ts'
import { ask } from '../support/graphql-client.ts'
import { accessToken, claimsOf, ephemeralIssuer, exchange, outcome } from '../support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()
const { redeem, refresh, newCode, signedIn } = commandLine(issuer)

describe('a sign-in of the command line', () => {
  it('gives alice’s tokens, which the endpoint and the next exchange accept', async () => {
    const { url, verifier, state } = request()
    const answer = parametersOf({ url: await agreedAt(cloud, url) })
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
      const { browser, page } = await atConsent(cloud, request({ redirect_uri: uri }).url)
      const { url } = await browser.submit(page, { answer: 'agree' })
      expect(url.startsWith(`${uri}?`)).toBe(true)
    },
  )

  it('leaves no session: the next request is a sign-in and a consent of its own', async () => {
    const { browser, page } = await atConsent(cloud)
    await browser.submit(page, { answer: 'agree' })
    const again = await browser.open(request().url)
    expect(again.url).toBe(`${cloud.url}/oauth/consent`)
    expect(browser.cookies()).not.toContain('oauth-session')
    const login = await browser.open(request({ prompt: 'login' }).url)
    expect(login.url).toContain('/login/')
  })
})

describe('a code', () => {
  it('is redeemed once, and its second use ends what the first one gave', async () => {
    const { code, verifier } = await newCode()
    const first = await redeem(code, verifier)
    expect((await refresh(first.body.refresh_token)).status).toBe(200)
    expect(outcome(await redeem(code, verifier))).toEqual([400, 'invalid_grant'])
    const { body } = await refresh(first.body.refresh_token)
    expect(body.error).toBe('invalid_grant')
  })

  it('is redeemed by exactly one of eight at the same time', async () => {
    const { code, verifier } = await newCode()
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
    const { code, verifier } = await newCode()
    expect((await redeem(code, verifier, change)).body.error).toBe(error)
  })

  it('is refused to another client', async () => {
    const { code, verifier } = await newCode()
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

  it.each([
    ['another target', { resource: 'https://evil.example/' }, 'invalid_target'],
    ['two targets', { resource: ['https://a.example/', 'https://b.example/'] }, 'invalid_target'],
    ['an audience', { audience: 'https://evil.example/' }, 'invalid_target'],
    ['more scopes than the sign-in', { scope: 'notes:read notes:trash' }, 'invalid_scope'],
  ])('is not used up by a request with %s', async (_name, change, error) => {
    const { refresh_token } = await signedIn()
    expect(outcome(await refresh(refresh_token, change))).toEqual([400, error])
    const next = await refresh(refresh_token)
    expect([next.status, (await refresh(next.body.refresh_token)).status]).toEqual([200, 200])
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
