/** Requests that are no calls of the SDK: foreign pages, other credentials, broken bodies, unknown paths. */
import { request as httpRequest } from 'node:http'
import { describe, expect, it } from 'vitest'
import { alice, type Firebase, owner, startFirebase } from './firebase-world.ts'

const signIn = '/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword'
const lookup = '/identitytoolkit.googleapis.com/v1/projects/demo-fieldnotes/accounts:lookup'
const listCodes = '/emulator/v1/projects/demo-fieldnotes/oobCodes'

/** Uses node:http, because `fetch` does not let a client set `host` or `sec-fetch-site`. */
function statusAs(firebase: Firebase, path: string, headers: Record<string, string>, body?: object) {
  return new Promise<number | undefined>((resolve, reject) => {
    const method = body ? 'POST' : 'GET'
    const sent = httpRequest(firebase.url + path, { method, headers }, ({ statusCode }) => resolve(statusCode))
    sent.on('error', reject).end(body && JSON.stringify(body))
  })
}

const json = { 'content-type': 'application/json' }

describe('a page', () => {
  it.each(['http://localhost:5173', 'http://127.0.0.1:8080'])('of %s may sign people in', async (origin) => {
    const { request, call } = await startFirebase()
    const preflight = await request(`${signIn}?key=any`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-client-version',
      },
    })
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, origin])
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-client-version')
    expect(preflight.headers.get('access-control-allow-headers')).not.toContain('authorization')
    for (const credential of [alice, { ...alice, password: 'x' }]) {
      const { headers } = await call('signInWithPassword', credential, { origin })
      expect(headers.get('access-control-allow-origin')).toBe(origin)
    }
  })

  it.each(['https://evil.example', 'http://localhost.evil.example', 'https://localhost', 'null', ''])(
    'of %j is refused, and can read nothing',
    async (origin) => {
      const firebase = await startFirebase()
      const { status, headers } = await firebase.call('signInWithPassword', alice, { origin })
      expect([status, headers.get('access-control-allow-origin')]).toEqual([403, null])
      expect((await firebase.request(`${signIn}?key=any`, { method: 'OPTIONS', headers: { origin } })).status).toBe(403)
    },
  )

  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.example:4000', '[::1]'])(
    'of the host name %s that resolves to this machine is refused',
    async (host) => {
      const firebase = await startFirebase()
      expect(await statusAs(firebase, `${signIn}?key=any`, { ...json, host }, alice)).toBe(403)
      expect(await statusAs(firebase, listCodes, { host })).toBe(403)
      expect(await statusAs(firebase, `${signIn}?key=any`, json, alice)).toBe(200)
    },
  )

  it.each(['same-site', 'cross-site'])('that is %s is never the owner, and sees no codes', async (site) => {
    const firebase = await startFirebase()
    const headers = { ...json, ...owner, 'sec-fetch-site': site }
    expect(await statusAs(firebase, lookup, headers, { email: [alice.email] })).toBe(403)
    expect(await statusAs(firebase, listCodes, { 'sec-fetch-site': site })).toBe(403)
    expect(await statusAs(firebase, lookup, { ...json, ...owner }, { email: [alice.email] })).toBe(200)
    expect(await statusAs(firebase, listCodes, {})).toBe(200)
  })

  it.each(['text/plain', 'multipart/form-data; boundary=x', ''])('can not send JSON as %j', async (type) => {
    const { request } = await startFirebase()
    const headers = type ? { 'content-type': type } : undefined
    const body = new Blob([JSON.stringify(alice)], { type: '' })
    expect((await request(`${signIn}?key=any`, { method: 'POST', ...(headers && { headers }), body })).status).toBe(415)
  })
})

describe('a caller', () => {
  it.each<[string, string, object, number]>([
    ['without an API key', signIn, {}, 403],
    ['with an empty API key', `${signIn}?key=`, {}, 403],
    ['of the backend without its credential', lookup, {}, 401],
    ['of the backend with an API key', `${lookup}?key=any`, {}, 401],
    ['with another credential', lookup, { authorization: 'Bearer ya29.x' }, 401],
    ['with two words', lookup, { authorization: 'Bearer owner owner' }, 401],
    ['with another scheme', lookup, { authorization: 'Basic owner' }, 401],
    ['with another credential at a client path', `${signIn}?key=any`, { authorization: 'Bearer x' }, 401],
    ['of another project', lookup.replace('demo-fieldnotes', 'other'), owner, 404],
  ])('%s is refused', async (_name, path, headers, status) => {
    const { post } = await startFirebase()
    expect((await post(path, alice, headers)).status).toBe(status)
  })

  it('may send its API key as a header', async () => {
    const { post } = await startFirebase()
    expect((await post(signIn, alice, { 'x-goog-api-key': 'any' })).status).toBe(200)
  })
})

describe('a body', () => {
  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['a list', []],
    ['a text', '"x"'],
    ['null', 'null'],
    ['a number as address', { ...alice, email: 1 }],
    ['a list as password', { ...alice, password: ['x'] }],
    ['an object as password', { ...alice, password: { length: 8 } }],
    ['an address of 257 characters', { ...alice, email: `${'a'.repeat(250)}@x.test` }],
    ['a password of 4,097 characters', { ...alice, password: 'x'.repeat(4097) }],
    ['half a character', { ...alice, password: '\uD800' }],
    ['a tenant', { ...alice, tenantId: 'x' }],
  ])('is refused: %s', async (_name, body) => {
    const { call } = await startFirebase()
    const { status, body: answer } = await call('signInWithPassword', body)
    expect([status, answer.error.code, answer.error.status]).toEqual([400, 400, 'INVALID_ARGUMENT'])
    expect(answer.error.message).toMatch(/^(Invalid (value at '\w+'$|JSON payload)|UNSUPPORTED_TENANT_OPERATION$)/)
  })

  it('is never echoed: the error names the field', async () => {
    const { call } = await startFirebase()
    const { message } = await call('signInWithPassword', { ...alice, password: { secret: 'swordfish' } })
    expect(message).toBe("Invalid value at 'password'")
  })

  it('of more than 64 KB is refused, and of any depth is read at once', async () => {
    const { call } = await startFirebase()
    expect((await call('signUp', { email: 'x'.repeat(70_000) })).status).toBe(413)
    expect((await call('signUp', `${'['.repeat(30_000)}${']'.repeat(30_000)}`)).status).toBe(400)
    expect((await call('signInWithPassword', alice)).status).toBe(200)
  })

  it('with a prototype changes no object', async () => {
    const { call } = await startFirebase()
    const { message } = await call('signInWithPassword', '{"__proto__":{"email":"a@b","password":"x"}}')
    expect(message).toBe('MISSING_EMAIL')
    expect('email' in {}).toBe(false)
  })
})

describe('a path', () => {
  it.each([
    ['POST', '/identitytoolkit.googleapis.com/v1/accounts:nothing', 404],
    ['POST', '/identitytoolkit.googleapis.com/v1/accounts:signUp/', 404],
    ['POST', '/identitytoolkit.googleapis.com/v2/accounts:signUp', 404],
    ['POST', '/identitytoolkit.googleapis.com/v1/projects/PROJECT/accounts:lookup', 404],
    ['GET', '/identitytoolkit.googleapis.com/v1/accounts:signUp', 405],
    ['DELETE', '/emulator/v1/projects/demo-fieldnotes/accounts', 404],
    ['GET', '/emulator/openapi.json', 404],
    ['GET', '/securetoken.googleapis.com/v1/token', 405],
  ])('%s %s is %i', async (method, path, status) => {
    const { request } = await startFirebase()
    const answer = await request(`${path}?key=any`, { method, headers: json })
    expect([answer.status, answer.body.error.code]).toEqual([status, status])
  })

  it.each(['/', '/graphql', '/identitytoolkit.googleapis.com', '/emulators/', '/x/identitytoolkit.googleapis.com/v1/'])(
    '%s is left to the rest of the cloud',
    async (path) => {
      expect((await (await startFirebase()).request(path)).status).toBe(418)
    },
  )

  it.each(['signInWithCustomToken', 'signInWithEmailLink', 'signInWithPhoneNumber', 'sendVerificationCode'])(
    'of a sign-in method that is off says so: %s',
    async (name) => {
      const { status, message } = await (await startFirebase()).call(name, { token: '{"uid":"x"}' })
      expect([status, message?.split(' : ')[0]]).toEqual([400, 'OPERATION_NOT_ALLOWED'])
    },
  )

  it('answers what the SDK reads of the project', async () => {
    const { request } = await startFirebase()
    const { body } = await request('/identitytoolkit.googleapis.com/v1/projects?key=any')
    expect(body.authorizedDomains).toEqual(['localhost', '127.0.0.1'])
    const policy = await request('/identitytoolkit.googleapis.com/v2/passwordPolicy?key=any')
    expect(policy.body.customStrengthOptions).toEqual({ minPasswordLength: 6, maxPasswordLength: 4096 })
  })

  it('never says which addresses have accounts', async () => {
    const { call } = await startFirebase()
    const keys = async (identifier: string) =>
      Object.keys((await call('createAuthUri', { identifier, continueUri: 'http://localhost' })).body)
    expect(await keys(alice.email)).toEqual(await keys('mallory@example.com'))
    expect(await keys(alice.email)).toEqual(['kind', 'sessionId'])
  })
})
