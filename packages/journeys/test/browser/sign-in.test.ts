/** People sign up and sign in at the local user pool, in Chromium. */
import { TOTP } from 'otpauth'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectSound, screens, useHostedPages } from './support/hosted-pages.ts'

const { url, issuer, redirectUri, authorization, redeem, nameOf, openBrowser } = useHostedPages()

const password = 'Correct-horse-9'

/** The code of the newest mail to this address, read from the page of the mailbox. */
async function codeFor(context: BrowserContext, email: string): Promise<string> {
  const page = await context.newPage()
  await page.goto(`${url()}/mailbox`)
  const code = await page.getByRole('listitem').filter({ hasText: email }).first().locator('code').textContent()
  await page.close()
  return code ?? ''
}

async function fill(page: Page, fields: Readonly<Record<string, string>>, button: string): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByRole('button', { name: button, exact: true }).click()
}

function signIn(page: Page, name: string, secret: string): Promise<void> {
  return fill(page, { 'Name or e-mail': name, Password: secret }, 'Sign in')
}

function atApp(page: Page): Promise<void> {
  return page.waitForURL(`${redirectUri()}?code=*`)
}

describe.each(screens)('on $name', (screen) => {
  it('a person signs up, confirms by the mailbox, signs out, and signs in again', async () => {
    const context = await openBrowser(screen)
    const page = await context.newPage()
    const email = `dora.${screen.width}.${screen.colorScheme}@example.org`
    const first = authorization()
    await page.goto(first.url)
    await expectSound(page)
    await page.getByRole('link', { name: 'Make an account' }).click()
    await fill(page, { Name: 'Dora', 'E-mail': email, Password: 'short' }, 'Make an account')
    await expectSound(page)
    expect(await page.getByLabel('Password').getAttribute('aria-invalid')).toBe('true')
    await fill(page, { Password: password }, 'Make an account')
    await expectSound(page)
    const code = await codeFor(context, email)
    await fill(page, { 'The code': code === '000000' ? '111111' : '000000' }, 'Confirm')
    await expectSound(page)
    await fill(page, { 'The code': code }, 'Confirm')
    await atApp(page)
    expect(await nameOf((await redeem(page, first.verifier)).access_token)).toBe('Dora')
    const back = new URL('/', redirectUri()).href
    await page.goto(`${issuer()}/logout?client_id=localclient0001&logout_uri=${encodeURIComponent(back)}`)
    expect(page.url()).toBe(back)
    await page.goto(authorization().url)
    await signIn(page, email, 'wrong')
    await expectSound(page)
    await signIn(page, email, password)
    await atApp(page)
  })
})

describe('a person', () => {
  it('signs in with the keyboard alone', async () => {
    const page = await (await openBrowser()).newPage()
    await page.goto(authorization().url)
    // The browser focuses the first field with its first frame.
    await page.locator('#username:focus').waitFor()
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.id)
    const order: unknown[] = []
    for (let step = 0; step < 4; step++) {
      if (step > 0) await page.keyboard.press('Tab')
      order.push(await focused())
      if (order.at(-1) === 'username') await page.keyboard.type('alice')
      if (order.at(-1) === 'password') await page.keyboard.type('fieldnotes-alice')
    }
    expect(order).toEqual(['username', 'Forgotten?', 'password', 'Sign in'])
    await page.keyboard.press('Enter')
    await atApp(page)
  })

  it('adds a second factor, which the next sign-in needs', async () => {
    const page = await (await openBrowser()).newPage()
    await page.goto(`${issuer()}/second-factor`)
    await fill(page, { 'Name or e-mail': 'carol', Password: 'fieldnotes-carol' }, 'Continue')
    await expectSound(page)
    const totp = new TOTP({ secret: (await page.locator('#secret').textContent()) ?? '' })
    await fill(page, { 'The code of your authenticator app': totp.generate() }, 'Add the second factor')
    expect(await page.getByRole('status').textContent()).toContain('added')
    const { url: start, verifier } = authorization()
    await page.goto(start)
    await signIn(page, 'carol', 'fieldnotes-carol')
    await expectSound(page)
    // The code of this step is used; that of the next one is accepted early, because clocks differ.
    const next = totp.generate({ timestamp: Date.now() + 30_000 })
    await fill(page, { 'The code of your authenticator app': next }, 'Sign in')
    await atApp(page)
    expect(await nameOf((await redeem(page, verifier)).access_token)).toBe('Carol')
  })

  it('chooses a new password with the code of the mailbox', async () => {
    const context = await openBrowser()
    const page = await context.newPage()
    await page.goto(authorization().url)
    await page.getByRole('link', { name: 'Forgotten?' }).click()
    await fill(page, { 'Name or e-mail': 'bob' }, 'Send the code')
    const code = await codeFor(context, 'bob@cognito.example')
    await fill(page, { 'The code': code, 'New password': password }, 'Set the new password')
    await expectSound(page)
    await signIn(page, 'bob', 'fieldnotes-bob')
    expect(await page.getByRole('alert').textContent()).toContain('do not belong together')
    await signIn(page, 'bob', password)
    await atApp(page)
  })

  it('continues with Google, as another person than the one of the pool', async () => {
    const page = await (await openBrowser()).newPage()
    const { url: start, verifier } = authorization()
    await page.goto(start)
    await page.getByRole('link', { name: 'Continue with Google' }).click()
    await page.getByRole('button', { name: 'Alice of Google' }).click()
    await atApp(page)
    expect(await nameOf((await redeem(page, verifier)).access_token)).toBe('Alice of Google')
  })
})

describe('a page of the pool', () => {
  it('is not shown in a frame', async () => {
    const page = await (await openBrowser()).newPage()
    await page.goto(new URL('/', redirectUri()).href)
    await page.evaluate((src) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src }))
    }, authorization().url)
    await expect.poll(() => page.frames()[1]?.url()).toBe('chrome-error://chromewebdata/')
  })

  it('runs no script that a person typed', async () => {
    const page = await (await openBrowser()).newPage()
    const spoken: string[] = []
    page.on('dialog', (dialog) => void spoken.push(dialog.message()))
    const script = '"><img src=x onerror=alert(1)><script>alert(1)</script>'
    await page.goto(authorization({ login_hint: script }).url)
    expect(await page.getByLabel('Name or e-mail').inputValue()).toBe(script)
    await signIn(page, script, script)
    await page.getByRole('link', { name: 'Make an account' }).click()
    await fill(page, { Name: script, 'E-mail': 'x@example.org', Password: password }, 'Make an account')
    await page.goto(`${url()}/mailbox`)
    expect(spoken).toEqual([])
  })
})
