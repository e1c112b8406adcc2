/** People sign out: which doors refuse what from when, what the issuers do, and who may not. */
import { runningIssuers } from '@fieldnotes/local/issuers-file'
import { mint } from '@fieldnotes/local/local-issuers'
import { readPendingSignOuts } from '@fieldnotes/table/sign-outs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ephemeralCloud } from '../support/ephemeral-cloud.ts'
import { refreshStatus, tokensOf } from '../support/firebase-api.ts'
import { seconds, withinTenSeconds } from '../support/next-second.ts'
import {
  callIdentityPool,
  credentialsFor,
  identityPoolId,
  post,
  provider,
  refreshAtPool,
  signedHeaders,
  signIn,
} from '../support/signed-walk.ts'
import { startWorld, type World } from './instances.ts'

const stepUp = { kind: 'STEP_UP', maxAge: 300 }
const mutation = 'mutation ($input: SignOutInput!) { signOut(input: $input) { everywhere endedUntil refusedFrom } }'

const cloud = ephemeralCloud()

async function send(token: string, query: string, variables: object = {}) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const response = await fetch(`${cloud.url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors = [] } = await response.json()
  return { status: response.status, data, extensions: errors[0]?.extensions }
}

function signOut(token: string, input: object = {}) {
  return send(token, mutation, { input })
}

async function statusOf(token: string): Promise<number> {
  return (await send(token, '{ me { id } }')).status
}

async function becomes(status: number, token: string): Promise<void> {
  await vi.waitFor(async () => expect(await statusOf(token)).toBe(status), withinTenSeconds)
}

async function signedIn(person: string) {
  const tokens = await signIn(cloud.url, person)
  return { ...tokens, credentials: await credentialsFor(cloud.url, tokens.IdToken) }
}

/** A token of a person who signed in so many seconds ago, or of a service. Each person is of one test alone. */
async function minted(issuer: string, person: string, signedInAgo: number, claims: object = {}) {
  const row = runningIssuers(cloud.folder)?.find(({ name }) => name === issuer)
  if (!row) throw new Error(`no issuer ${issuer}`)
  const issuedAt = seconds() - 1
  const contents = { person, issuedAt, expiresAt: issuedAt + 3600, groups: [] }
  return mint(row, contents, { auth_time: issuedAt - signedInAgo, ...claims })
}

describe.concurrent('signOut of one sign-in', () => {
  it('ends its tokens at every door within 10 seconds, refreshed ones too, and no other sign-in', async () => {
    const [one, other] = [await signedIn('carol'), await signedIn('carol')]
    const { data, extensions } = await signOut(one.AccessToken)
    expect(extensions).toBeUndefined()
    expect(data.signOut.everywhere).toBe(false)
    expect(Date.parse(data.signOut.refusedFrom) - Date.parse(data.signOut.endedUntil)).toBe(10_000)
    await becomes(401, one.AccessToken)
    const again = await refreshAtPool(cloud.url, one.RefreshToken)
    expect(await statusOf(String(again.body.access_token))).toBe(401)
    const input = { IdentityPoolId: identityPoolId, Logins: { [provider]: one.IdToken } }
    await vi.waitFor(async () => {
      const { body } = await callIdentityPool(cloud.url, 'GetId', input)
      expect(body.__type).toBe('NotAuthorizedException')
    }, withinTenSeconds)
    expect(await statusOf(other.AccessToken)).toBe(200)
    expect((await post(cloud.url, await signedHeaders(cloud.url, other.credentials))).status).toBe(200)
  })

  it('is refused where the sign-in has no id, and says what to give', async () => {
    const { status, extensions } = await signOut(await minted('cognito', 'dora', 10, { origin_jti: undefined }))
    expect([status, extensions.code, extensions.argument]).toEqual([200, 'BAD_USER_INPUT', 'input.everywhere'])
  })

  it('ends that of Firebase, which has no id there', async () => {
    const [one, other] = [await minted('firebase', 'dora', 10), await minted('firebase', 'dora', 20)]
    expect((await signOut(one)).data.signOut.everywhere).toBe(false)
    await becomes(401, one)
    expect(await statusOf(other)).toBe(200)
  })
})

describe('signOut with another value', () => {
  it.each(['true', 1, [true], {}, [], '\0', 'x'.repeat(100_000)])(
    'is BAD_USER_INPUT, and ends nothing: %#',
    async (value) => {
      const token = await minted('cognito', 'frank', 10)
      expect((await signOut(token, { everywhere: value })).extensions.code).toBe('BAD_USER_INPUT')
      expect((await signOut(token, { everything: true })).extensions.code).toBe('BAD_USER_INPUT')
      expect(await statusOf(token)).toBe(200)
    },
  )
})

describe.concurrent('signOut everywhere', () => {
  it('ends bearers and signed requests within 10 seconds, and refresh tokens at the user pool', async () => {
    const [one, other, bob] = [await signedIn('alice'), await signedIn('alice'), await signedIn('bob')]
    const { data } = await signOut(one.AccessToken, { everywhere: true })
    expect(data.signOut.everywhere).toBe(true)
    // No second has to pass: that of the sign-out has.
    const later = await signIn(cloud.url, 'alice')
    // The issuer was informed before the answer.
    for (const { RefreshToken } of [one, other])
      expect(await refreshAtPool(cloud.url, RefreshToken)).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      })
    expect((await refreshAtPool(cloud.url, bob.RefreshToken)).status).toBe(200)
    for (const { AccessToken } of [one, other]) await becomes(401, AccessToken)
    await vi.waitFor(async () => {
      expect((await post(cloud.url, await signedHeaders(cloud.url, other.credentials))).status).toBe(401)
    }, withinTenSeconds)
    expect(await statusOf(bob.AccessToken)).toBe(200)
    expect(await statusOf(later.AccessToken)).toBe(200)
    expect((await refreshAtPool(cloud.url, later.RefreshToken)).status).toBe(200)
  })

  it('ends the sign-ins at Firebase too', async () => {
    const { idToken, refreshToken } = await tokensOf(cloud.url, 'carol')
    const refresh = () => refreshStatus(cloud.url, refreshToken)
    expect(await refresh()).toBe(200)
    expect((await signOut(idToken, { everywhere: true })).data.signOut.everywhere).toBe(true)
    expect(await refresh()).toBe(400)
    await becomes(401, idToken)
  })

  it('with an old sign-in is FORBIDDEN with STEP_UP, and ends nothing; a fresh one of the same person may', async () => {
    const [old, fresh] = [await minted('cognito', 'dave', 400), await minted('cognito', 'dave', 200)]
    const refusal = await signOut(old, { everywhere: true })
    expect([refusal.status, refusal.data.signOut, refusal.extensions.code]).toEqual([200, null, 'FORBIDDEN'])
    expect(refusal.extensions.remedy).toEqual(stepUp)
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([200, 200])
    expect((await signOut(fresh, { everywhere: true })).data.signOut.everywhere).toBe(true)
    await becomes(401, old)
  })

  it.each([
    ['a literal', 'mutation { signOut(input: { everywhere: true }) { everywhere } }', {}],
    ['a variable', 'mutation ($all: Boolean) { signOut(input: { everywhere: $all }) { everywhere } }', { all: true }],
    ['a default', 'mutation ($all: Boolean = true) { signOut(input: { everywhere: $all }) { everywhere } }', {}],
    ['an alias', 'mutation { me: signOut(input: { everywhere: true }) { everywhere } }', {}],
    [
      'a fragment',
      'mutation { ...F } fragment F on Mutation { signOut(input: { everywhere: true }) { everywhere } }',
      {},
    ],
    [
      'a condition',
      'mutation ($all: Boolean!) { signOut(input: { everywhere: $all }) @include(if: $all) { everywhere } }',
      { all: true },
    ],
  ])('wants a fresh sign-in in every spelling: %s', async (_what, query, variables) => {
    const old = await minted('cognito', 'heidi', 400)
    for (let time = 0; time < 3; time += 1) {
      const { extensions } = await send(old, query, variables)
      expect([extensions.code, extensions.remedy]).toEqual(['FORBIDDEN', stepUp])
    }
    expect(await statusOf(old)).toBe(200)
  })

  it('is FORBIDDEN without a remedy where a new sign-in would not help', async () => {
    const { AccessToken, credentials } = await signedIn('carol')
    const body = JSON.stringify({ query: mutation, variables: { input: { everywhere: true } } })
    const signed = await post(cloud.url, await signedHeaders(cloud.url, credentials, { body }), body)
    const noPerson = { name: undefined, email: undefined, email_verified: undefined, auth_time: undefined }
    const machine = { ...noPerson, sub: 'robot', client_id: 'robot', login_id: undefined }
    const service = await signOut(await minted('fieldnotes', 'robot', 0, machine), { everywhere: true })
    const third = await signOut(await minted('fieldnotes', 'erin', 400, { client_id: 'assistant' }), {
      everywhere: true,
    })
    for (const extensions of [signed.body.errors?.[0].extensions, service.extensions, third.extensions]) {
      expect(extensions.code).toBe('FORBIDDEN')
      expect(extensions).not.toHaveProperty('remedy')
    }
    expect(await statusOf(AccessToken)).toBe(200)
  })
})

describe('after a crash before the issuer was informed', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.stop())

  it('another process informs it: the note is gone within seconds, and the sign-ins are refused all the while', async () => {
    const [token, twin] = [await world.tokenOf('alice'), await world.tokenOf('bob')]
    // The handlers of this world inform no issuer: as if each had ended after the write.
    const instance = await world.newInstance()
    expect(await instance.send(token, mutation, { input: { everywhere: true } })).toBe('200')
    instance.wait(5)
    expect([await instance.call(token), await instance.call(twin)]).toEqual(['401 UNAUTHENTICATED', '200'])
    await vi.waitFor(async () => expect(await readPendingSignOuts(world.access)).toEqual([]), withinTenSeconds)
  })
})
