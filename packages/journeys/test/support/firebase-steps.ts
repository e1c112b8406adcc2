/** Operations that the local sign-in and Google's emulator answer alike. */
import { type Answer, type Api, dora, tokens } from './firebase-api.ts'

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

/** Steps in order: later ones use the accounts of earlier ones. */
export const steps: readonly [string, (api: Api) => Promise<Answer>][] = [
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
