/**
 * The local sign-in beside Google's own emulator, request by request: status, error code and members of the response
 * are equal. Where they differ on purpose, a row says how.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAuthEmulator } from './support/auth-emulator.ts'
import type { Emulator } from './support/emulator.ts'
import { type Answer, type Api, apiAt, dora, projectId, send, tokens } from './support/firebase-api.ts'
import { steps } from './support/firebase-steps.ts'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud } from './support/local-cloud.ts'

const folder = createFolder()

let emulator: Emulator
let cloud: LocalCloud

beforeAll(async () => {
  ;[emulator, cloud] = await Promise.all([startAuthEmulator(projectId), startLocalCloud(folder, ['--ephemeral'])])
  // Projects made since September 2023 have it on.
  const emailPrivacyConfig = { enableImprovedEmailPrivacy: true }
  const init = { method: 'PATCH', headers: { 'content-type': 'application/json' } }
  const config = `${emulator.url}/emulator/v1/projects/${projectId}/config`
  expect((await send(config, { ...init, body: JSON.stringify({ emailPrivacyConfig }) })).status).toBe(200)
})

afterAll(async () => {
  await cloud?.end()
  await emulator?.end()
  deleteFolder(folder)
})

/**
 * Members that the local sign-in leaves out on purpose: hashes of passwords, an invented access token, and the account
 * that has the address of an unverified Google credential.
 */
const leftOut = ['passwordHash', 'oauthAccessToken', 'verifiedProvider']

/** What both must have in common: the code of a refusal, or the members of a response. */
function outlineOf({ status, body }: Answer): unknown {
  if (body.error) return [status, body.error.message.split(' : ')[0]]
  const hidden = body.needConfirmation ? [...leftOut, 'localId'] : leftOut
  const members = Object.keys(body).filter((name) => body[name] !== undefined && !hidden.includes(name))
  return [status, members.sort()]
}

/** The token with another header and without a signature. */
function unsigned(idToken: string): string {
  return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${idToken.split('.')[1]}.`
}

function refreshTokenOf(localId: string): string {
  const record = { _AuthEmulatorRefreshToken: 'x', localId, provider: 'password', extraClaims: {}, projectId }
  return Buffer.from(JSON.stringify(record)).toString('base64')
}

const erik = { email: 'erik@example.com', password: 'correct horse' }

/** Their status or code, ours, and a step that only differs where the local sign-in is stricter. */
const differences: readonly [string, unknown, unknown, (api: Api) => Promise<Answer>][] = [
  [
    'an unsigned ID token',
    200,
    'INVALID_ID_TOKEN',
    async (api) => api.call('lookup', { idToken: unsigned((await api.call('signUp', erik)).body.idToken) }),
  ],
  [
    'a made-up refresh token',
    200,
    'INVALID_REFRESH_TOKEN',
    async (api) =>
      api.refresh({ grant_type: 'refresh_token', refresh_token: refreshTokenOf((await tokens(api, erik)).localId) }),
  ],
  [
    'a refresh token of before a new password',
    200,
    'TOKEN_EXPIRED',
    async (api) => {
      const { idToken, refreshToken } = await tokens(api, erik)
      expect((await api.call('update', { idToken, password: erik.password })).status).toBe(200)
      return api.refresh({ grant_type: 'refresh_token', refresh_token: refreshToken })
    },
  ],
  [
    'a custom token without a signature',
    200,
    'OPERATION_NOT_ALLOWED',
    ({ call }) => call('signInWithCustomToken', { token: '{"uid":"x"}' }),
  ],
  [
    'an address whose host has no ending',
    200,
    'INVALID_EMAIL',
    ({ call }) => call('signUp', { ...erik, email: 'erik@host' }),
  ],
  [
    'a change of address that the holder of an old password requested',
    200,
    'INVALID_OOB_CODE',
    async (api) => {
      const person = { ...erik, email: 'h@example.com' }
      const { idToken } = (await api.call('signUp', person)).body
      const change = { requestType: 'VERIFY_AND_CHANGE_EMAIL', newEmail: 'thief@example.com', idToken }
      await api.call('sendOobCode', change)
      const oobCode = await api.codeFor(person.email)
      expect((await api.call('update', { idToken, password: 'another horse' })).status).toBe(200)
      return api.call('update', { oobCode })
    },
  ],
  ['an anonymous account', 200, 'ADMIN_ONLY_OPERATION', ({ call }) => call('signUp', {})],
  [
    'the last way to sign in',
    200,
    'OPERATION_NOT_ALLOWED',
    async (api) =>
      api.call('update', {
        idToken: (await api.call('signUp', { ...erik, email: 'f@example.com' })).body.idToken,
        deleteProvider: ['password'],
      }),
  ],
  [
    'a sixth guess',
    'INVALID_LOGIN_CREDENTIALS',
    'TOO_MANY_ATTEMPTS_TRY_LATER',
    async ({ call }) => {
      const guess = { ...erik, password: 'x' }
      for (let guesses = 0; guesses < 5; guesses++) await call('signInWithPassword', guess)
      return call('signInWithPassword', guess)
    },
  ],
  [
    'a guess for a disabled account',
    'USER_DISABLED',
    'INVALID_LOGIN_CREDENTIALS',
    ({ call }) => call('signInWithPassword', { ...dora, password: 'x' }),
  ],
]

function verdictOf({ status, body }: Answer): unknown {
  return body.error ? body.error.message.split(' : ')[0] : status
}

describe("beside Google's emulator", () => {
  it.each(steps)('%s', async (_name, step) => {
    const [theirs, ours] = [await step(apiAt(emulator.url)), await step(apiAt(cloud.url))]
    expect(outlineOf(ours)).toEqual(outlineOf(theirs))
  })

  it.each(differences)('is stricter on purpose: %s', async (_name, theirs, ours, step) => {
    expect([verdictOf(await step(apiAt(emulator.url))), verdictOf(await step(apiAt(cloud.url)))]).toEqual([
      theirs,
      ours,
    ])
  })
})
