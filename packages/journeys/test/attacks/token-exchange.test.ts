/** Token exchange at the running cloud: each attack beside the request of which it differs in one thing. */
import { randomUUID } from 'node:crypto'
import { personId } from '@fieldnotes/identity/person-id'
import { writeRevocation } from '@fieldnotes/table/revocations'
import { describe, expect, it, vi } from 'vitest'
import { ask } from '../support/graphql-client.ts'
import {
  accessToken,
  claimsOf,
  ephemeralIssuer,
  exchange,
  type FormFields,
  idToken,
  jwt,
  type OwnIssuer,
  type TokenAnswer,
} from '../support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()

/** A request of the portal that succeeds: alice's token of the user pool, for the exporter. */
async function good(): Promise<FormFields> {
  return {
    grant_type: exchange,
    subject_token: await issuer().subject('cognito'),
    subject_token_type: accessToken,
    resource: issuer().targets.exporter,
    scope: 'notes:read',
  }
}

interface Attack {
  readonly client?: string
  readonly change: FormFields
}

async function attempt({ client = 'portal', change }: Attack): Promise<TokenAnswer> {
  return issuer().as(client, { ...(await good()), ...change })
}

/** Changes the subject alone. */
async function subject(...[name, change]: Parameters<OwnIssuer['subject']>): Promise<Attack> {
  return { change: { subject_token: await issuer().subject(name, change) } }
}

const third = { sub: 'a', act: { sub: 'b', act: { sub: 'c' } } }

/** Attack → the code of its refusal. */
const attacks: readonly (readonly [name: string, code: string, attack: () => Promise<Attack> | Attack])[] = [
  ['a subject that has expired', 'invalid_request', () => subject('cognito', { expiresIn: -1, age: 60 })],
  [
    'a subject of an unknown issuer',
    'invalid_request',
    () => subject('cognito', { claims: { iss: 'https://evil.example' } }),
  ],
  [
    'a subject of the other issuer’s name',
    'invalid_request',
    () => subject('cognito', { claims: { iss: `${cloud.url}/oauth` } }),
  ],
  [
    'a subject with another signature',
    'invalid_request',
    async () => {
      const token = await issuer().subject('cognito')
      return { change: { subject_token: `${token.slice(0, -8)}AAAAAAAA` } }
    },
  ],
  ['an ID token of the user pool', 'invalid_request', () => subject('cognito', { claims: { token_use: 'id' } })],
  [
    'an access token that is called an ID token',
    'invalid_request',
    () => ({ change: { subject_token_type: idToken } }),
  ],
  ['an ID token of Firebase that is called an access token', 'invalid_request', () => subject('firebase')],
  [
    'a refresh token',
    'invalid_request',
    () => ({ change: { subject_token_type: accessToken.replace('access', 'refresh') } }),
  ],
  ['a subject that is no token', 'invalid_request', () => ({ change: { subject_token: 'a b' } })],
  ['a subject without a type', 'invalid_request', () => ({ change: { subject_token_type: undefined } })],
  ['no subject', 'invalid_request', () => ({ change: { subject_token: undefined } })],
  ['two subjects', 'invalid_request', () => ({ change: { subject_token: ['a', 'b'] } })],
  [
    'a program of the user pool',
    'invalid_request',
    () =>
      subject('cognito', { claims: { client_id: 'localmachine0001', sub: 'localmachine0001', username: undefined } }),
  ],
  [
    'a client of the pool that is not listed',
    'invalid_request',
    () => subject('cognito', { claims: { client_id: 'localmachine0001' } }),
  ],
  ['a token of a third party', 'invalid_request', () => subject('fieldnotes', { claims: { client_id: 'assistant' } })],
  [
    'an own client that is called like an app',
    'invalid_request',
    () => subject('fieldnotes', { claims: { client_id: 'web' } }),
  ],
  [
    'a token of a service for another target',
    'invalid_request',
    () => subject('fieldnotes', { claims: { aud: issuer().targets.exporter } }),
  ],
  [
    'a token of the issuer without a sign-in',
    'invalid_request',
    () => subject('fieldnotes', { claims: { login_id: undefined } }),
  ],
  [
    'a bound token without its proof',
    'invalid_request',
    () => subject('fieldnotes', { claims: { cnf: { jkt: 'x'.repeat(43) } } }),
  ],
  [
    'a sign-in at Firebase of yesterday',
    'invalid_request',
    async () => ({
      change: {
        ...(await subject('firebase', { claims: { auth_time: Math.floor(Date.now() / 1000) - 3700 } })).change,
        subject_token_type: idToken,
      },
    }),
  ],
  [
    'a refresh token',
    'invalid_request',
    async () => {
      const subject_token = await issuer().subject('firebase', { age: 5 })
      const sent = { grant_type: exchange, subject_token, subject_token_type: idToken }
      const { body } = await issuer().as('firebase-session', { ...sent, resource: issuer().targets.graphql })
      expect(body.refresh_token).toEqual(expect.any(String))
      return { change: { subject_token: body.refresh_token } }
    },
  ],
  [
    'an actor token',
    'invalid_request',
    async () => ({
      change: { actor_token: await issuer().subject('cognito', { person: 'bob' }), actor_token_type: accessToken },
    }),
  ],
  ['another form of token', 'invalid_request', () => ({ change: { requested_token_type: idToken } })],
  [
    'a client that receives other tokens',
    'invalid_request',
    () => ({ client: 'exporter', change: { resource: issuer().targets.graphql } }),
  ],
  ['a client without the grant', 'unauthorized_client', () => ({ client: 'robot', change: {} })],
  ['a scope beyond the subject', 'invalid_scope', () => subject('cognito', { scope: 'notes:write' })],
  ['a scope beyond the target', 'invalid_scope', () => ({ change: { scope: 'notes:write' } })],
  ['one scope of two beyond the target', 'invalid_scope', () => ({ change: { scope: 'notes:read notes:write' } })],
  ['a scope that does not exist', 'invalid_scope', () => ({ change: { scope: 'openid' } })],
  [
    'nothing in common',
    'invalid_scope',
    async () => ({
      change: { ...(await subject('cognito', { scope: 'notes:trash' })).change, scope: undefined },
    }),
  ],
  ['a target that does not exist', 'invalid_target', () => ({ change: { resource: 'https://evil.example' } })],
  [
    'a target with a slash at its end',
    'invalid_target',
    () => ({ change: { resource: `${issuer().targets.exporter}/` } }),
  ],
  [
    'the audience that the client receives',
    'invalid_target',
    () => ({ change: { resource: issuer().targets.graphql } }),
  ],
  [
    'two targets',
    'invalid_target',
    () => ({ change: { resource: [issuer().targets.exporter, issuer().targets.graphql] } }),
  ],
  ['two names of targets', 'invalid_target', () => ({ change: { audience: issuer().targets.graphql } })],
  ['no target', 'invalid_target', () => ({ change: { resource: undefined } })],
]

describe('token exchange refuses', () => {
  it.each(attacks)('%s: %s', async (_name, code, attack) => {
    const { status, body, headers } = await attempt(await attack())
    expect([status, body.error, body.access_token]).toEqual([400, code, undefined])
    expect(headers.get('cache-control')).toBe('no-store')
    expect((await attempt({ change: {} })).status).toBe(200)
  })

  it('a fourth actor, after a third', async () => {
    const two = { claims: { aud: issuer().targets.exporter, client_id: 'portal', act: third.act } }
    const chain = { client: 'exporter', change: { resource: issuer().targets.graphql } }
    const token = await issuer().subject('fieldnotes', two)
    const allowed = await attempt({ ...chain, change: { ...chain.change, subject_token: token } })
    expect(claimsOf(allowed.body.access_token).act).toEqual({ sub: 'exporter', act: third.act })
    const longer = await issuer().subject('fieldnotes', { claims: { ...two.claims, act: third } })
    const refused = await attempt({ ...chain, change: { ...chain.change, subject_token: longer } })
    expect([refused.status, refused.body.error]).toEqual([400, 'invalid_request'])
  })

  it('a subject of a login that was revoked', { timeout: 30_000 }, async () => {
    const loginId = randomUUID()
    const change = { subject_token: await issuer().subject('cognito', { claims: { origin_jti: loginId } }) }
    expect((await attempt({ change })).status).toBe(200)
    await writeRevocation(issuer().table, { kind: 'login', loginId }, Date.now())
    const refused = await vi.waitFor(
      async () => {
        const answer = await attempt({ change })
        expect(answer.status).toBe(400)
        return answer
      },
      { timeout: 20_000, interval: 500 },
    )
    expect(refused.body.error).toBe('invalid_request')
    expect((await attempt({ change: {} })).status).toBe(200)
  })
})

describe('an exchanged token', () => {
  it('has the person, the sign-in, the actor and the one target, and nothing else', async () => {
    const change = {
      subject_token: await issuer().subject('cognito', { claims: { origin_jti: 'l-1', 'cognito:groups': ['staff'] } }),
    }
    const { body } = await attempt({ change })
    const { token_type, issued_token_type, expires_in, scope } = body
    expect([token_type, issued_token_type, scope]).toEqual(['Bearer', accessToken, 'notes:read'])
    const claims = claimsOf(body.access_token)
    const { sub, auth_time } = claimsOf(change.subject_token)
    expect(claims).toEqual({
      iss: issuer().issuer,
      sub: personId(`${cloud.url}/cognito/eu-west-1_Local0001`, String(sub)),
      aud: issuer().targets.exporter,
      client_id: 'portal',
      scope: 'notes:read',
      act: { sub: 'portal' },
      ...{ auth_time, login_id: 'l-1', jti: expect.any(String), iat: expect.any(Number), exp: expect.any(Number) },
    })
    // Of a person with groups: policies that are up to 30 seconds old stay in force for 300 seconds at most.
    expect([expires_in, Number(claims.exp) - Number(claims.iat)]).toEqual([270, 270])
  })

  it('never outlives its subject', async () => {
    const change = { subject_token: await issuer().subject('cognito', { expiresIn: 40 }) }
    const { body } = await attempt({ change })
    expect(claimsOf(body.access_token).exp).toBe(claimsOf(change.subject_token).exp)
    expect(body.expires_in).toBeLessThanOrEqual(40)
  })

  it('gets all that subject, client and target have when no scope is requested', async () => {
    expect((await attempt({ change: { scope: undefined } })).body.scope).toBe('notes:read')
  })

  it.each([
    ['firebase', idToken],
    ['firebase', jwt],
    ['fieldnotes', accessToken],
    ['cognito', jwt],
  ] as const)('is given for a subject of %s as %s', async (name, subject_token_type) => {
    const change = { subject_token: await issuer().subject(name), subject_token_type }
    const { status, body } = await attempt({ change })
    expect([status, claimsOf(body.access_token).act]).toEqual([200, { sub: 'portal' }])
  })

  it('of one sign-in at Firebase has one login, and of another one a different one', async () => {
    const now = Math.floor(Date.now() / 1000)
    const loginOf = async (authTime: number, exp: number) => {
      const subject_token = await issuer().subject('firebase', { age: 60, claims: { auth_time: authTime, exp } })
      const { body } = await attempt({ change: { subject_token, subject_token_type: idToken } })
      return claimsOf(body.access_token).login_id
    }
    const first = await loginOf(now - 100, now + 100)
    expect(await loginOf(now - 100, now + 200)).toBe(first)
    expect(await loginOf(now - 200, now + 200)).not.toBe(first)
  })

  it('names the target by audience as well', async () => {
    const change = { resource: undefined, audience: issuer().targets.exporter }
    expect(claimsOf((await attempt({ change })).body.access_token).aud).toBe(issuer().targets.exporter)
    expect((await attempt({ change: { audience: issuer().targets.exporter } })).status).toBe(200)
  })

  it('of a stranger whose subject says alice’s id is not alice’s', async () => {
    const alice = claimsOf((await attempt({ change: {} })).body.access_token).sub
    const change = { subject_token: await issuer().subject('cognito', { claims: { sub: alice } }) }
    expect(claimsOf((await attempt({ change })).body.access_token).sub).not.toBe(alice)
  })
})

describe('the next hop', () => {
  const me = '{ me { id } }'

  it('is refused with a token for another one, and reads with its own, as the same person', async () => {
    const hers = String((await good()).subject_token)
    const first = (await attempt({ change: { subject_token: hers } })).body.access_token
    expect((await ask(cloud.url, { token: first, query: me })).status).toBe(401)
    const change = { subject_token: first, resource: issuer().targets.graphql }
    const { body } = await attempt({ client: 'exporter', change })
    expect(claimsOf(body.access_token).act).toEqual({ sub: 'exporter', act: { sub: 'portal' } })
    const [direct, exchanged] = [hers, body.access_token].map((token) => ask(cloud.url, { token, query: me }))
    expect((await exchanged)?.data.me.id).toBe((await direct)?.data.me.id)
    const create = 'mutation { createNote(input: { title: "no" }) { note { id } } }'
    expect((await ask(cloud.url, { token: body.access_token, query: create })).codes).toEqual({
      createNote: 'FORBIDDEN',
    })
  })

  it('never gets a token that lasts longer than the first one', async () => {
    const hers = await issuer().subject('cognito', { expiresIn: 30 })
    const first = (await attempt({ change: { subject_token: hers } })).body.access_token
    const change = { subject_token: first, resource: issuer().targets.graphql }
    const { body } = await attempt({ client: 'exporter', change })
    expect(claimsOf(body.access_token).exp).toBe(claimsOf(hers).exp)
  })
})
