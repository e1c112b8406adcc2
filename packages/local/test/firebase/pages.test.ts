/** The pages of the Firebase sign-in: links of e-mails, and the window in which a person selects a Google account. */
import { request as httpRequest } from 'node:http'
import { describe, expect, it } from 'vitest'
import { alice, dora, type Firebase, handlerWith, startFirebase } from './firebase-world.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
function submit({ request }: Firebase, path: string, fields: Readonly<Record<string, string>>, headers = {}) {
  return request(path, { method: 'POST', headers: { ...form, ...headers }, body: new URLSearchParams(fields) })
}

/** Path of the link in the last mail. */
function linkOf({ mails, url }: Firebase): string {
  return (mails.at(-1)?.link ?? '').replace(url, '')
}

async function resetLink(firebase: Firebase, more = {}): Promise<string> {
  await firebase.call('sendOobCode', { requestType: 'PASSWORD_RESET', email: alice.email, ...more })
  return linkOf(firebase)
}

describe('a link of an e-mail', () => {
  it('changes nothing when it is opened, as programs do that read mail', async () => {
    const firebase = await startFirebase()
    const { idToken } = (await firebase.call('signUp', dora)).body
    await firebase.call('sendOobCode', { requestType: 'VERIFY_EMAIL', idToken })
    for (let times = 0; times < 2; times++) expect((await firebase.request(linkOf(firebase))).status).toBe(200)
    expect((await firebase.call('lookup', { idToken })).body.users[0].emailVerified).toBe(false)
    expect((await submit(firebase, linkOf(firebase), {})).status).toBe(200)
    expect((await firebase.call('lookup', { idToken })).body.users[0].emailVerified).toBe(true)
    expect((await submit(firebase, linkOf(firebase), {})).status).toBe(400)
  })

  it('sets a password by its form', async () => {
    const firebase = await startFirebase()
    const link = await resetLink(firebase)
    for (const password of ['', 'short', 'x'.repeat(4097)])
      expect((await submit(firebase, link, { password })).status).toBe(400)
    expect((await submit(firebase, link, { password: dora.password })).status).toBe(200)
    expect((await firebase.call('signInWithPassword', { ...alice, password: dora.password })).status).toBe(200)
  })

  it('changes an address by its form', async () => {
    const firebase = await startFirebase()
    const { idToken } = (await firebase.call('signInWithPassword', alice)).body
    await firebase.call('sendOobCode', { requestType: 'VERIFY_AND_CHANGE_EMAIL', newEmail: dora.email, idToken })
    expect((await firebase.request(linkOf(firebase))).body).toContain(dora.email)
    expect((await submit(firebase, linkOf(firebase), {})).status).toBe(200)
    expect((await firebase.call('signInWithPassword', { ...alice, email: dora.email })).status).toBe(200)
  })

  it.each([
    ['without a code', (link: string) => link.replace(/oobCode=[^&]*/, '')],
    ['with another code', (link: string) => link.replace(/oobCode=[^&]*/, 'oobCode=x')],
    ['of another mode', (link: string) => link.replace('resetPassword', 'verifyEmail')],
    ['of the sign-in mode', (link: string) => link.replace('resetPassword', 'signIn')],
  ])('%s is refused with a page', async (_name, change) => {
    const firebase = await startFirebase()
    const link = await resetLink(firebase)
    for (const { status, headers } of [
      await firebase.request(change(link)),
      await submit(firebase, change(link), { password: dora.password }),
    ])
      expect([status, headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8'])
    expect((await submit(firebase, link, { password: dora.password })).status).toBe(200)
  })

  it.each([
    ['http://localhost:5173/settings', true],
    ['https://evil.example/', false],
    ['javascript:alert(1)', false],
    ['//evil.example', false],
  ])('continues to %s: %s', async (continueUrl, isOffered) => {
    const firebase = await startFirebase()
    const link = await resetLink(firebase)
    const { body } = await submit(firebase, `${link}&${new URLSearchParams({ continueUrl })}`, {
      password: 'new horse',
    })
    expect(body.includes('Back to the app')).toBe(isOffered)
    expect(/href="([^"]*evil|javascript)/.test(body)).toBe(false)
  })

  it.each([
    ['of another origin', { origin: 'https://evil.example' }],
    ['of another port of this machine', { origin: 'http://localhost:5173' }],
  ])('takes no form of a page %s', async (_name, headers) => {
    const firebase = await startFirebase()
    const link = await resetLink(firebase)
    expect((await submit(firebase, link, { password: 'evil horse' }, headers)).status).toBe(403)
    expect((await submit(firebase, link, { password: 'new horse' }, { origin: firebase.url })).status).toBe(200)
  })

  it('is not too long, nor is its form', async () => {
    const firebase = await startFirebase()
    expect((await firebase.request(`${await resetLink(firebase)}&x=${'x'.repeat(9000)}`)).status).toBe(400)
    expect((await submit(firebase, handlerWith(), { name: 'x'.repeat(70_000) })).status).toBe(413)
    expect((await firebase.request(handlerWith(), { method: 'POST', body: 'x' })).status).toBe(415)
  })
})

describe('the window of Google', () => {
  it('hands over the account that was selected, the same each time', async () => {
    const firebase = await startFirebase()
    const account = { name: 'Gina "<b>" Rossi', email: 'GINA@gmail.example' }
    const pages = [await submit(firebase, handlerWith(), account), await submit(firebase, handlerWith(), account)]
    const [event, same] = pages.map(({ body }) => /data-event="([^"]*)"/.exec(body)?.[1])
    const withoutChoice = (text = '') => text.replace(/choice[^}]*/, '')
    expect(withoutChoice(same)).toBe(withoutChoice(event))
    const decoded = JSON.parse((event ?? '').replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))))
    expect(decoded).toMatchObject({ type: 'signInViaPopup', eventId: 'e', error: null })
    const { body } = await firebase.call('signInWithIdp', { requestUri: decoded.urlResponse })
    expect(body).toMatchObject({ email: 'gina@gmail.example', displayName: account.name, isNewUser: true })
  })

  it.each([
    ['another provider', { providerId: 'facebook.com' }],
    ['no app', { appName: '' }],
    ['no API key', { apiKey: '' }],
    ['another kind of sign-in', { authType: 'unknown' }],
    ['a script as kind of sign-in', { authType: 'signInViaPopup<script>' }],
    ['a redirect to nowhere', { authType: 'signInViaRedirect' }],
    ['a redirect to another machine', { authType: 'signInViaRedirect', redirectUrl: 'https://evil.example/' }],
    ['a redirect to a script', { authType: 'signInViaRedirect', redirectUrl: 'javascript:alert(1)' }],
    ['a redirect to a name like ours', { authType: 'signInViaRedirect', redirectUrl: 'http://localhost.evil/' }],
    ['a long id', { eventId: 'x'.repeat(2049) }],
  ])('is refused: %s', async (_name, changes) => {
    const firebase = await startFirebase()
    const account = { name: 'Gina', email: 'gina@gmail.example' }
    const shown = await firebase.request(handlerWith(changes))
    const sent = await submit(firebase, handlerWith(changes), account)
    expect([shown.status, sent.status]).toEqual([400, 400])
    expect(sent.body).not.toContain('data-event')
  })

  it.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' autofocus onfocus='alert(1)"])(
    'shows %s as text, in every field and parameter',
    async (script) => {
      const firebase = await startFirebase()
      const pages = [
        await firebase.request(handlerWith({ appName: script, eventId: script, apiKey: script })),
        await submit(firebase, handlerWith({ appName: script }), { name: script, email: script }),
        await submit(firebase, handlerWith({ appName: script }), { name: script, email: 'gina@gmail.example' }),
        await firebase.request(`${await resetLink(firebase)}&x=${encodeURIComponent(script)}`),
      ]
      for (const { body } of pages) {
        expect(body).not.toContain(script)
        expect(body).not.toMatch(/<img|onfocus='|<script>/)
      }
    },
  )

  it('is never framed, runs only scripts of this origin, and is not cached', async () => {
    const firebase = await startFirebase()
    for (const path of [handlerWith(), await resetLink(firebase)]) {
      const { headers } = await firebase.request(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toMatch(/unsafe|https?:|\*/)
      expect([headers.get('cache-control'), headers.get('x-frame-options')]).toEqual(['no-store', 'DENY'])
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  it('has an invisible frame for apps of this machine alone', async () => {
    const { request } = await startFirebase()
    const { headers, body } = await request('/emulator/auth/iframe?apiKey=any&appName=x')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain('frame-ancestors http://localhost:* http://127.0.0.1:*')
    expect(policy).toContain("script-src 'self' https://apis.google.com;")
    expect(body).not.toMatch(/<script>|any/)
  })

  it('is not served under another host name', async () => {
    const { url } = await startFirebase()
    const status = await new Promise((resolve, reject) => {
      httpRequest(url + handlerWith(), { headers: { host: 'evil.example' } }, (answer) => resolve(answer.statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(403)
  })

  it.each(['/emulator/auth/handler.js', '/emulator/auth/iframe.js'])('has its script at %s', async (path) => {
    const { headers, status } = await (await startFirebase()).request(path)
    expect([status, headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
  })
})
