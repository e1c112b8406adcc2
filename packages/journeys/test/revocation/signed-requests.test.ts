/** What a revocation reaches of signed requests, on a running cloud, and for as long as credentials live. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ephemeralCloud } from '../support/ephemeral-cloud.ts'
import { ask } from '../support/graphql-client.ts'
import {
  type Called,
  type Credentials,
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

const program = fileURLToPath(import.meta.resolve('@fieldnotes/local/admin'))

describe('on the running cloud', () => {
  const cloud = ephemeralCloud()

  /** What the command prints. */
  async function revoke(...words: string[]): Promise<string> {
    const given = [program, 'revoke', ...words, '--yes', '--data', cloud.folder]
    return (await promisify(execFile)(process.execPath, given)).stdout
  }

  async function send(credentials: Credentials): Promise<Called> {
    return post(cloud.url, await signedHeaders(cloud.url, credentials))
  }

  async function signedIn(person: string) {
    const tokens = await signIn(cloud.url, person)
    return { ...tokens, credentials: await credentialsFor(cloud.url, tokens.IdToken) }
  }

  const statusOf = async (credentials: Credentials) => (await send(credentials)).status
  const within = { timeout: 10_000, interval: 500 }
  const typeOfGetId = async (token: string) => {
    const input = { IdentityPoolId: identityPoolId, Logins: { [provider]: token } }
    return (await callIdentityPool(cloud.url, 'GetId', input)).body.__type
  }

  it('a person is refused within 10 seconds, gets no credentials for that sign-in, and is not sent in circles', async () => {
    const [alice, bob] = [await signedIn('alice'), await signedIn('bob')]
    expect([await statusOf(alice.credentials), await statusOf(bob.credentials)]).toEqual([200, 200])
    expect(await revoke('person', 'alice')).toContain('refused for 79 minutes, after a new sign-in too')
    await vi.waitFor(async () => expect(await statusOf(alice.credentials)).toBe(401), within)
    const { body } = await send(alice.credentials)
    expect(body.errors[0].extensions).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(body.errors[0].extensions.remedy).toBeUndefined()
    await vi.waitFor(async () => expect(await typeOfGetId(alice.IdToken)).toBe('NotAuthorizedException'), within)
    expect([await statusOf(bob.credentials), await typeOfGetId(bob.IdToken)]).toEqual([200, undefined])
  })

  it('a login is refused as a token and gets no new credentials; those it has go on, as the command prints', async () => {
    const carol = await signedIn('carol')
    const printed = await revoke('login', String(decodeJwt(carol.IdToken).origin_jti))
    expect(printed).toContain('AWS credentials of the same\nperson go on')
    expect(printed).not.toContain('Every door refuses')
    const byToken = async () => (await ask(cloud.url, { token: carol.AccessToken, query: '{ me { id } }' })).status
    await vi.waitFor(async () => expect(await byToken()).toBe(401), within)
    await vi.waitFor(async () => expect(await typeOfGetId(carol.IdToken)).toBe('NotAuthorizedException'), within)
    expect(await statusOf(carol.credentials)).toBe(200)
  })

  it('the user pool is informed of a person, so that refresh tokens end, and of no sign-ins before an instant', async () => {
    const [alice, bob] = [await signIn(cloud.url, 'alice'), await signIn(cloud.url, 'bob')]
    const refreshed = async (token: string) => (await refreshAtPool(cloud.url, token)).status
    const past = new Date(Date.now() - 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
    expect(await revoke('person', 'bob', '--at', past)).not.toContain('pass informs')
    expect(await revoke('person', 'alice')).toContain('The next pass informs cognito')
    await vi.waitFor(async () => expect(await refreshed(alice.RefreshToken)).toBe(400), within)
    expect(await refreshed(bob.RefreshToken)).toBe(200)
    expect(await refreshed((await signIn(cloud.url, 'alice')).RefreshToken)).toBe(200)
  })
})

describe('for as long as credentials live', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.stop())

  it('a revoked person stays refused: 15 minutes of an ID token, and 60 of the credentials it gave at its end', async () => {
    const instance = await world.newInstance()
    expect(await instance.callSigned('alice')).toBe('200')
    expect((await world.admin('revoke', 'person', 'alice', '--yes')).status).toBe(0)
    for (const minutes of [1, 63, 5, 6]) {
      instance.wait(minutes * 60)
      expect(await instance.callSigned('alice')).toBe('401 UNAUTHENTICATED')
      expect(await instance.callSigned('bob')).toBe('200')
    }
    instance.wait(5 * 60)
    expect(await instance.callSigned('alice')).toBe('200')
  })

  it('an app and its client are refused as the web app, and another client’s are not', async () => {
    const instance = await world.newInstance()
    const web = 'localclient0001'
    const revokeAll = [
      ['app', 'dave', web],
      ['app', 'erin', 'another'],
    ]
    for (const words of revokeAll) expect((await world.admin('revoke', ...words, '--yes')).status).toBe(0)
    expect(await instance.callSigned('dave')).toBe('401 UNAUTHENTICATED')
    expect(await instance.callSigned('erin')).toBe('200')
    expect((await world.admin('revoke', 'client', web, '--issuer', 'cognito', '--yes')).status).toBe(0)
    instance.wait(5)
    expect(await instance.callSigned('erin')).toBe('401 UNAUTHENTICATED')
  })
})
