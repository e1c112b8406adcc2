/** Refresh tokens of our own issuer at the running cloud: each attack beside the refresh that works. */
import type { Revocation } from '@fieldnotes/core/revocation'
import { lastingEnd } from '@fieldnotes/table/lasting-ends'
import { writeRevocation } from '@fieldnotes/table/revocations'
import { describe, expect, it } from 'vitest'
import { ask } from '../support/graphql-client.ts'
import {
  accessToken,
  claimsOf,
  ephemeralIssuer,
  exchange,
  type FormFields,
  idToken,
  outcome,
  type SubjectChange,
  type TokenAnswer,
} from '../support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()

/** The sign-in of a person of Firebase by the client of browser sessions. */
async function signIn(change: SubjectChange = {}, more: FormFields = {}): Promise<TokenAnswer> {
  return issuer().as('firebase-session', {
    ...{ grant_type: exchange, subject_token: await issuer().newIdToken(change) },
    ...{ subject_token_type: idToken, resource: issuer().targets.graphql, ...more },
  })
}

function refresh(token: string, more: FormFields = {}, client = 'firebase-session'): Promise<TokenAnswer> {
  return issuer().as(client, { grant_type: 'refresh_token', refresh_token: token, ...more })
}

/** A refresh token that has worked once. */
async function working(change: SubjectChange = {}): Promise<string> {
  const { body } = await signIn(change)
  expect((await refresh(body.refresh_token)).status).toBe(200)
  return body.refresh_token
}

function secondsAgo(age: number): number {
  return Math.floor(Date.now() / 1000) - age
}

function signedInAgo(age: number): SubjectChange {
  return { claims: { auth_time: secondsAgo(age) } }
}

describe('a sign-in by an ID token', () => {
  it('gives tokens of the app itself, which the endpoint and the next exchange accept', async () => {
    const { status, headers, body } = await signIn(signedInAgo(60), { scope: 'notes:read notes:write' })
    expect([status, headers.get('cache-control'), body.token_type, body.issued_token_type]).toEqual([
      200,
      'no-store',
      'Bearer',
      accessToken,
    ])
    const claims = claimsOf(body.access_token)
    expect(claims).toMatchObject({
      client_id: 'firebase-session',
      scope: 'notes:read notes:write',
      auth_time: expect.any(Number),
    })
    expect([claims.act, claims.groups]).toEqual([undefined, undefined])
    expect(Number(claims.exp) - Number(claims.iat)).toBeLessThanOrEqual(300)
    const query = '{ me { id } }'
    const direct = await ask(cloud.url, { token: await issuer().subject('firebase'), query })
    expect((await ask(cloud.url, { token: body.access_token, query })).data).toEqual(direct.data)
    const onward = { grant_type: exchange, subject_token: body.access_token, subject_token_type: accessToken }
    const next = await issuer().as('portal', { ...onward, resource: issuer().targets.exporter })
    expect(claimsOf(next.body.access_token)).toMatchObject({ sub: claims.sub, act: { sub: 'portal' } })
  })

  it('is taken once, also of twenty at the same time and in another spelling', async () => {
    const subject_token = await issuer().subject('firebase')
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn({}, { subject_token })))
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
    for (const other of [
      subject_token,
      ` ${subject_token}`,
      `  ${subject_token}`,
      `${subject_token} `,
      `${subject_token}=`,
    ])
      expect(outcome(await signIn({}, { subject_token: other }))).toEqual([400, 'invalid_request'])
  })

  it.each([' ', '   ', '\t', '\n', '\u00a0'])('is refused with %j in front, also the first time', async (front) => {
    const subject_token = await issuer().newIdToken()
    expect(outcome(await signIn({}, { subject_token: front + subject_token }))).toEqual([400, 'invalid_request'])
    expect((await signIn({}, { subject_token })).status).toBe(200)
  })

  it.each([
    ['a sign-in of six minutes ago', () => signIn(signedInAgo(360)), 'invalid_request'],
    ['a sign-in without its time', () => signIn({ claims: { auth_time: undefined } }), 'invalid_request'],
    [
      'a token of the user pool',
      async () => signIn({}, { subject_token: await issuer().subject('cognito'), subject_token_type: accessToken }),
      'invalid_request',
    ],
    [
      'another project',
      () => signIn({ claims: { aud: 'other', iss: 'https://securetoken.google.com/other' } }),
      'invalid_request',
    ],
    ['another target', () => signIn({}, { resource: issuer().targets.exporter }), 'invalid_target'],
    ['a scope that does not exist', () => signIn({}, { scope: 'notes:admin' }), 'invalid_scope'],
    ['a scope of which the provider gives none', () => signIn({}, { scope: 'notes:audit' }), 'invalid_scope'],
  ] as const)('is refused for %s', async (_name, attempt, code) => {
    expect((await signIn(signedInAgo(290))).status).toBe(200)
    expect(outcome(await attempt())).toEqual([400, code])
  })

  it('gives no refresh token to a service, which acts for the person once', async () => {
    const subject = { subject_token: await issuer().subject('firebase'), subject_token_type: idToken }
    const parameters = { grant_type: exchange, ...subject, resource: issuer().targets.exporter }
    const { status, body } = await issuer().as('portal', parameters)
    expect([status, body.refresh_token]).toEqual([200, undefined])
  })
})

describe('a refresh', () => {
  it('gives a token of the same sign-in, and a confidential client keeps its refresh token', async () => {
    const first = (await signIn(signedInAgo(100))).body
    const { body } = await refresh(first.refresh_token)
    const { sub, auth_time, login_id, aud, client_id, scope } = claimsOf(first.access_token)
    expect(claimsOf(body.access_token)).toMatchObject({ sub, auth_time, login_id, aud, client_id, scope })
    expect([body.refresh_token, body.expires_in, body.id_token]).toEqual([first.refresh_token, 300, undefined])
    expect((await ask(cloud.url, { token: body.access_token, query: '{ me { id } }' })).status).toBe(200)
  })

  it('may have fewer scopes, for that token alone', async () => {
    const token = await working()
    const fewer = await refresh(token, { scope: 'notes:read' })
    expect([fewer.body.scope, (await refresh(token)).body.scope.split(' ')]).toEqual([
      'notes:read',
      expect.arrayContaining(['notes:read', 'notes:write']),
    ])
  })

  it.each([
    ['more scopes than the sign-in', { scope: 'notes:read notes:audit' }, 'invalid_scope'],
    ['another target', { resource: 'https://evil.example/' }, 'invalid_target'],
    ['two targets', { resource: ['https://a.example/', 'https://b.example/'] }, 'invalid_target'],
    ['no token', { refresh_token: undefined }, 'invalid_request'],
    ['two tokens', { refresh_token: ['a', 'b'] }, 'invalid_request'],
    ['a token that was never given', { refresh_token: 'x'.repeat(43) }, 'invalid_grant'],
    ['a token of 40 kB', { refresh_token: 'x'.repeat(40_000) }, 'invalid_grant'],
    ['an access token', { refresh_token: 'a.b.c' }, 'invalid_grant'],
  ])('is refused for %s, and repeats nothing', async (_name, change, code) => {
    const token = await working()
    const { status, body } = await refresh(token, change)
    expect([status, body.error, Object.keys(body)]).toEqual([400, code, ['error', 'error_description']])
    expect((await refresh(token)).status).toBe(200)
  })

  it.each([
    ['a client without the grant', 'portal', 'unauthorized_client'],
    ['a program', 'robot', 'unauthorized_client'],
  ])('is refused to %s', async (_name, client, code) => {
    const token = await working()
    const { status, body } = await refresh(token, {}, client)
    expect([status, body.error, body.error_description]).toEqual([400, code, expect.any(String)])
    expect((await refresh(token)).status).toBe(200)
  })

  it('needs the secret of the client', async () => {
    const token = await working()
    const parameters = { grant_type: 'refresh_token', refresh_token: token, client_id: 'firebase-session' }
    expect(outcome(await issuer().post(parameters))).toEqual([401, 'invalid_client'])
  })
})

describe('a refresh token ends', () => {
  /** What ends the sign-in of a token, and what ends another one. */
  const ends: readonly (readonly [name: string, revocation: (of: Readonly<Record<string, unknown>>) => Revocation])[] =
    [
      ['its person', ({ sub }) => ({ kind: 'person', personId: String(sub), at: secondsAgo(0) })],
      ['its sign-in', ({ login_id }) => ({ kind: 'login', loginId: String(login_id) })],
      [
        'its app',
        ({ sub }) => ({ kind: 'app', personId: String(sub), clientId: 'firebase-session', at: secondsAgo(0) }),
      ],
    ]

  it.each(ends)('with the revocation of %s, and no other does', async (name, revocationOf) => {
    const [hers, his] = [(await signIn({ person: name, age: 5 })).body, (await signIn({ person: 'bob' })).body]
    const revocation = revocationOf(claimsOf(hers.access_token))
    await writeRevocation(issuer().table, revocation, Date.now())
    expect(outcome(await refresh(hers.refresh_token))).toEqual([400, 'invalid_grant'])
    expect((await refresh(his.refresh_token)).status).toBe(200)
  })

  it('with a revocation that the list has long forgotten', async () => {
    const { access_token, refresh_token } = (await signIn({ person: 'carol', ...signedInAgo(200) })).body
    const revocation = { kind: 'person', personId: String(claimsOf(access_token).sub), at: secondsAgo(190) } as const
    await issuer().table.write({
      put: lastingEnd(revocation, secondsAgo(0)) ?? { pk: '', sk: '' },
      when: [[['absent', 'pk']]],
    })
    expect(outcome(await refresh(refresh_token))).toEqual([400, 'invalid_grant'])
    const later = (await signIn({ person: 'carol' })).body
    expect((await refresh(later.refresh_token)).status).toBe(200)
  })

  it('when its client revokes it, and answers 200 to each repetition (RFC 7009 §2.2)', async () => {
    const token = await working()
    const first = await issuer().revoke('firebase-session', token, { token_type_hint: 'refresh_token' })
    const again = await issuer().revoke('firebase-session', token)
    expect([first.status, first.body, again.status]).toEqual([200, '', 200])
    expect(outcome(await refresh(token))).toEqual([400, 'invalid_grant'])
  })

  it('by no other request: another client, a wrong secret, another spelling', async () => {
    const token = await working()
    expect((await issuer().revoke('portal', token)).status).toBe(200)
    expect(outcome(await issuer().post({ token, client_id: 'firebase-session' }, {}, '/revoke'))).toEqual([
      401,
      'invalid_client',
    ])
    for (const other of [` ${token}`, `${token}A`, token.toUpperCase()])
      expect((await issuer().revoke('firebase-session', other)).status).toBe(200)
    expect((await refresh(token)).status).toBe(200)
  })

  it('is refused for a JWT and for no token', async () => {
    const { body } = await signIn()
    expect(outcome(await issuer().revoke('firebase-session', body.access_token))).toEqual([
      400,
      'unsupported_token_type',
    ])
    expect(outcome(await issuer().revoke('firebase-session', ''))).toEqual([400, 'invalid_request'])
  })
})
