/**
 * The local sign-in beside Google's own emulator, request by request: status, error code and members of the response
 * are equal. Where they differ on purpose, a row says how.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAuthEmulator } from './support/auth-emulator.ts'
import type { Emulator } from './support/emulator.ts'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud } from './support/local-cloud.ts'

const projectId = 'demo-fieldnotes'
const folder = createFolder()

let emulator: Emulator
let cloud: LocalCloud

interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: its shape is that of the operation
  readonly body: any
}

/** Sends operations to one of the two. */
interface Api {
  readonly call: (name: string, body: object) => Promise<Answer>
  readonly administer: (name: string, body: object) => Promise<Answer>
  readonly refresh: (form: Readonly<Record<string, string>>) => Promise<Answer>
  /** The last code that was sent to `email`. */
  readonly codeFor: (email: string) => Promise<string>
}

async function send(url: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(url, init)
  return { status: response.status, body: await response.json() }
}

function apiAt(url: string): Api {
  const toolkit = `${url}/identitytoolkit.googleapis.com/v1`
  const post = (to: string, body: object, headers = {}) =>
    send(to, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  return {
    call: (name, body) => post(`${toolkit}/accounts:${name}?key=any`, body),
    administer: (name, body) =>
      post(`${toolkit}/projects/${projectId}/accounts${name}`, body, { authorization: 'Bearer owner' }),
    refresh: (form) =>
      send(`${url}/securetoken.googleapis.com/v1/token?key=any`, { method: 'POST', body: new URLSearchParams(form) }),
    async codeFor(email) {
      const { body } = await send(`${url}/emulator/v1/projects/${projectId}/oobCodes`)
      return body.oobCodes.findLast((code: { email: string }) => code.email === email)?.oobCode ?? ''
    },
  }
}

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

const dora = { email: 'dora@example.com', password: 'correct horse' }
const google = {
  sub: 'g-1',
  email: 'gina@gmail.example',
  email_verified: true,
  name: 'Gina',
  picture: 'https://x.test',
}

function withGoogle(claims: object) {
  const postBody = `providerId=google.com&id_token=${encodeURIComponent(JSON.stringify(claims))}`
  return { requestUri: 'http://localhost', postBody, returnSecureToken: true, returnIdpCredential: true }
}

async function tokens({ call }: Api, credential: object = dora) {
  return (await call('signInWithPassword', credential)).body
}

/** Steps in order: later ones use the accounts of earlier ones. */
const steps: readonly [string, (api: Api) => Promise<Answer>][] = [
  ['signs up', ({ call }) => call('signUp', { ...dora, displayName: 'Dora', returnSecureToken: true })],
  ['signs up twice', ({ call }) => call('signUp', dora)],
  ['signs up in capitals', ({ call }) => call('signUp', { ...dora, email: 'DORA@EXAMPLE.COM' })],
  ['signs up without a password', ({ call }) => call('signUp', { email: 'x@example.com' })],
  ['signs up without an address', ({ call }) => call('signUp', { password: 'correct horse' })],
  ['signs up with a short password', ({ call }) => call('signUp', { ...dora, email: 'y@example.com', password: '1' })],
  ['signs up with no address', ({ call }) => call('signUp', { ...dora, email: 'x' })],
  ['signs in', ({ call }) => call('signInWithPassword', dora)],
  ['signs in with a wrong password', ({ call }) => call('signInWithPassword', { ...dora, password: 'x' })],
  ['signs in as a stranger', ({ call }) => call('signInWithPassword', { ...dora, email: 'z@example.com' })],
  ['signs in without a password', ({ call }) => call('signInWithPassword', { email: dora.email })],
  ['signs in without an address', ({ call }) => call('signInWithPassword', { password: 'x' })],
  ['signs in with no address', ({ call }) => call('signInWithPassword', { email: 'x', password: 'x' })],
  [
    'refreshes',
    async (api) => api.refresh({ grant_type: 'refresh_token', refresh_token: (await tokens(api)).refreshToken }),
  ],
  ['refreshes with a text', ({ refresh }) => refresh({ grant_type: 'refresh_token', refresh_token: 'x' })],
  ['refreshes with nothing', ({ refresh }) => refresh({ grant_type: 'refresh_token' })],
  ['refreshes without a grant', async (api) => api.refresh({ refresh_token: (await tokens(api)).refreshToken })],
  [
    'refreshes with another grant',
    async (api) => api.refresh({ grant_type: 'password', refresh_token: (await tokens(api)).refreshToken }),
  ],
  ['looks itself up', async (api) => api.call('lookup', { idToken: (await tokens(api)).idToken })],
  ['looks up nothing', ({ call }) => call('lookup', {})],
  ['looks up a text', ({ call }) => call('lookup', { idToken: 'x' })],
  ['changes its name', async (api) => api.call('update', { idToken: (await tokens(api)).idToken, displayName: 'D' })],
  [
    'sets its own claims',
    async (api) => api.call('update', { idToken: (await tokens(api)).idToken, customAttributes: '{}' }),
  ],
  [
    'changes to a short password',
    async (api) => api.call('update', { idToken: (await tokens(api)).idToken, password: '1' }),
  ],
  ['requests a reset', ({ call }) => call('sendOobCode', { requestType: 'PASSWORD_RESET', email: dora.email })],
  [
    'requests a reset as a stranger',
    ({ call }) => call('sendOobCode', { requestType: 'PASSWORD_RESET', email: 'z@example.com' }),
  ],
  ['requests nothing', ({ call }) => call('sendOobCode', {})],
  [
    'requests the link',
    ({ call }) => call('sendOobCode', { requestType: 'PASSWORD_RESET', email: dora.email, returnOobLink: true }),
  ],
  ['reads the code', async ({ call, codeFor }) => call('resetPassword', { oobCode: await codeFor(dora.email) })],
  [
    'resets with a short password',
    async ({ call, codeFor }) => call('resetPassword', { oobCode: await codeFor(dora.email), newPassword: '1' }),
  ],
  [
    'resets',
    async ({ call, codeFor }) =>
      call('resetPassword', { oobCode: await codeFor(dora.email), newPassword: dora.password }),
  ],
  ['resets with a text', ({ call }) => call('resetPassword', { oobCode: 'x', newPassword: 'correct horse' })],
  ['resets with nothing', ({ call }) => call('resetPassword', {})],
  [
    'requests a verification',
    async (api) => api.call('sendOobCode', { requestType: 'VERIFY_EMAIL', idToken: (await tokens(api)).idToken }),
  ],
  ['verifies with a text', ({ call }) => call('update', { oobCode: 'x' })],
  [
    'reads its sign-in methods',
    ({ call }) => call('createAuthUri', { identifier: dora.email, continueUri: 'http://localhost' }),
  ],
  ['signs in with Google', ({ call }) => call('signInWithIdp', withGoogle(google))],
  ['signs in with Google again', ({ call }) => call('signInWithIdp', withGoogle(google))],
  [
    'signs in with an unverified Google',
    ({ call }) =>
      call('signInWithIdp', withGoogle({ ...google, sub: 'g-2', email: dora.email, email_verified: false })),
  ],
  ['signs in with Google without a subject', ({ call }) => call('signInWithIdp', withGoogle({ email: 'a@b.test' }))],
  ['signs in with Google without a URL', ({ call }) => call('signInWithIdp', { postBody: 'providerId=google.com' })],
  ['looks accounts up as owner', ({ administer }) => administer(':lookup', { email: [dora.email] })],
  ['looks nothing up as owner', ({ administer }) => administer(':lookup', { localId: ['x'] })],
  ['creates an account as owner', ({ administer }) => administer('', { localId: 'e-1', email: 'e@example.com' })],
  ['creates it again', ({ administer }) => administer('', { localId: 'e-1' })],
  ['sets claims as owner', ({ administer }) => administer(':update', { localId: 'e-1', customAttributes: '{"a":1}' })],
  ['sets a list as claims', ({ administer }) => administer(':update', { localId: 'e-1', customAttributes: '[]' })],
  [
    'sets long claims',
    ({ administer }) =>
      administer(':update', { localId: 'e-1', customAttributes: JSON.stringify({ a: 'x'.repeat(1000) }) }),
  ],
  [
    'sets the subject as a claim',
    ({ administer }) => administer(':update', { localId: 'e-1', customAttributes: '{"sub":"x"}' }),
  ],
  ['updates no account as owner', ({ administer }) => administer(':update', { displayName: 'x' })],
  ['updates an unknown account', ({ administer }) => administer(':update', { localId: 'x', displayName: 'x' })],
  ['deletes as owner', ({ administer }) => administer(':delete', { localId: 'e-1' })],
  ['deletes it again', ({ administer }) => administer(':delete', { localId: 'e-1' })],
  ['disables', async (api) => api.administer(':update', { localId: (await tokens(api)).localId, disableUser: true })],
  ['signs in while disabled', ({ call }) => call('signInWithPassword', dora)],
]

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
