/**
 * Every page of the local user pool, by the keyboard alone. Each is checked on a phone and on a desktop, light and
 * dark, while it is open: by axe, for its width, and for the size of its targets.
 */
import { TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectSound, screens, useHostedPages } from './support/hosted-pages.ts'
import { fillIn, press } from './support/keyboard.ts'

const { issuer, redirectUri, authorization, redeem, nameOf, openBrowser } = useHostedPages()

const password = 'Correct-horse-9'

async function expectSoundOnScreens(page: Page): Promise<void> {
  for (const { width, height, colorScheme } of screens) {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme })
    // The colours of the other theme move into place.
    await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)))
    await expectSound(page)
  }
}

/** The page with this heading, and with this message, is sound on all screens. */
async function expectPage(page: Page, heading: string, alert?: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
  if (alert !== undefined) expect(await page.getByText(alert).count()).toBeGreaterThan(0)
  await expectSoundOnScreens(page)
}

function atApp(page: Page): Promise<void> {
  return page.waitForURL(`${redirectUri()}?code=*`)
}

async function begin(more: Readonly<Record<string, string>> = {}) {
  const page = await (await openBrowser()).newPage()
  const { url: start, verifier } = authorization(more)
  await page.goto(start)
  return { page, verifier }
}

/** The code of the newest mail to an address, on the page that the link beside the field opens. */
async function codeFor(page: Page, email: string): Promise<string> {
  const opened = page.context().waitForEvent('page')
  await press(page, 'mailbox')
  const mailbox = await opened
  await expectPage(mailbox, 'Mailbox')
  const code = await mailbox.getByRole('listitem').filter({ hasText: email }).first().locator('code').textContent()
  await mailbox.close()
  return code ?? ''
}

function wrong(code: string): string {
  return code === '000000' ? '111111' : '000000'
}

/** Leaves the app by a link, as its page would have it; the next sign-in needs the password again. */
async function signOut(page: Page): Promise<void> {
  const back = new URL('/', redirectUri()).href
  const query = new URLSearchParams({ client_id: 'localclient0001', logout_uri: back })
  await page.evaluate((href) => {
    document.body.append(Object.assign(document.createElement('a'), { href, textContent: 'Sign out' }))
  }, `${issuer()}/logout?${query}`)
  await press(page, 'Sign out')
  await page.waitForURL(back)
  await page.goto(authorization().url)
  await expectPage(page, 'Sign in')
}

describe('by the keyboard alone, on all screens, a person', () => {
  it('signs up, confirms by the mailbox, and signs out', async () => {
    const { page, verifier } = await begin()
    const email = 'dora@example.org'
    await expectPage(page, 'Sign in')
    await press(page, 'Make an account')
    await expectPage(page, 'Make an account')
    await fillIn(page, { Name: 'Dora', 'E-mail': email, Password: 'short' })
    await expectPage(page, 'Make an account', 'lacks what is marked below')
    await fillIn(page, { Password: password })
    await expectPage(page, 'Confirm your address')
    const code = await codeFor(page, email)
    await fillIn(page, { 'The code': wrong(code) })
    await expectPage(page, 'Confirm your address', 'That code does not fit')
    await fillIn(page, { 'The code': code })
    await atApp(page)
    expect(await nameOf((await redeem(page, verifier)).access_token)).toBe('Dora')
    await signOut(page)
  })

  it('chooses a new password, and signs in with it', async () => {
    const { page } = await begin()
    await press(page, 'Forgotten?')
    await expectPage(page, 'Forgotten password')
    await fillIn(page, { 'Name or e-mail': 'bob' })
    await expectPage(page, 'Choose a new password')
    const code = await codeFor(page, 'bob@cognito.example')
    await fillIn(page, { 'The code': wrong(code), 'New password': password })
    await expectPage(page, 'Choose a new password', 'That code does not fit')
    await fillIn(page, { 'The code': code, 'New password': password })
    await expectPage(page, 'Sign in', 'Your new password is set')
    await fillIn(page, { 'Name or e-mail': 'bob', Password: 'fieldnotes-bob' })
    await expectPage(page, 'Sign in', 'do not belong together')
    await fillIn(page, { 'Name or e-mail': 'bob', Password: password })
    await atApp(page)
  })

  it('adds a second factor, and signs in with it', async () => {
    const { page, verifier } = await begin()
    const carol = { 'Name or e-mail': 'carol', Password: 'fieldnotes-carol' }
    await press(page, 'Add or remove a second factor')
    await expectPage(page, 'Second factor')
    await fillIn(page, carol)
    await expectPage(page, 'Add the second factor')
    const totp = new TOTP({ secret: (await page.locator('#secret').textContent()) ?? '' })
    const field = 'The code of your authenticator app'
    await fillIn(page, { [field]: totp.generate({ timestamp: 0 }) })
    await expectPage(page, 'Add the second factor', 'That code does not fit')
    await fillIn(page, { [field]: totp.generate() })
    await expectPage(page, 'Second factor', 'The second factor is added.')
    await press(page, 'Back to sign-in')
    await expectPage(page, 'Sign in')
    await fillIn(page, carol)
    await expectPage(page, 'Second factor')
    await fillIn(page, { [field]: totp.generate({ timestamp: 0 }) })
    await expectPage(page, 'Second factor', 'That code does not fit')
    // The code of this step is used; that of the next one is accepted early, because clocks differ.
    await fillIn(page, { [field]: totp.generate({ timestamp: Date.now() + 30_000 }) })
    await atApp(page)
    expect(await nameOf((await redeem(page, verifier)).access_token)).toBe('Carol')
    await page.goto(`${issuer()}/second-factor`)
    await fillIn(page, carol)
    await expectPage(page, 'Remove the second factor')
  })

  it('continues with Google, also after an answer that is not the own one', async () => {
    const { page, verifier } = await begin()
    const { origin, pathname } = new URL(page.url())
    await page.goto(`${origin}${pathname}/google?state=another`)
    await expectPage(page, 'Not signed in', 'Google did not confirm who you are.')
    await press(page, 'Back to sign-in')
    await expectPage(page, 'Sign in')
    await press(page, 'Continue with Google')
    await expectPage(page, 'Choose a Google account')
    await press(page, 'Alice of Google')
    await atApp(page)
    expect(await nameOf((await redeem(page, verifier)).access_token)).toBe('Alice of Google')
    await signOut(page)
  })

  it('reads why a sign-in can not go on', async () => {
    const { page } = await begin({ client_id: 'unknown' })
    await expectPage(page, 'This sign-in can’t go on')
    const ended = await page.goto(`${issuer()}/login/unknown`)
    expect(ended?.status()).toBe(400)
    await expectSoundOnScreens(page)
  })
})
