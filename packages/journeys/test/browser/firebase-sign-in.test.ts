/** The Firebase SDK in a page of another port: passwords, Google in a popup and by redirect, links by e-mail. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Pages, servePages } from '../support/browser.ts'
import { expectSound, screens, useHostedPages } from './support/hosted-pages.ts'

const { url, nameOf, openBrowser } = useHostedPages()

/** The page's bundle: an app with the SDK's own defaults for browsers. */
const code = `
import { initializeApp } from '@firebase/app'
import * as sdk from '@firebase/auth'
globalThis.sdk = sdk
globalThis.connect = (url) => {
  const auth = sdk.getAuth(initializeApp({ apiKey: 'any', projectId: 'demo-fieldnotes', authDomain: 'demo-fieldnotes.firebaseapp.com' }))
  sdk.connectAuthEmulator(auth, url, { disableWarnings: true })
  globalThis.auth = auth
}
document.addEventListener('click', ({ target }) => {
  const provider = new sdk.GoogleAuthProvider()
  const report = (promise) => promise.then(({ user }) => user.getIdToken(), ({ code }) => code).then((text) => { document.title = text })
  if (target.id === 'popup') report(sdk.signInWithPopup(auth, provider))
  if (target.id === 'redirect') sdk.signInWithRedirect(auth, provider)
})
`

const gapi = readFileSync(join(import.meta.dirname, 'support/gapi.js'), 'utf8')

let pages: Pages

beforeAll(async () => {
  const stdin = { contents: code, resolveDir: import.meta.dirname }
  const { outputFiles } = await build({ stdin, bundle: true, write: false, platform: 'browser' })
  pages = await servePages(outputFiles[0]?.text)
})

afterAll(() => pages?.stop())

/** Loads the app: two buttons, and the SDK connected to the cloud. */
async function load(page: Page): Promise<void> {
  await page.addScriptTag({ url: '/script.js' })
  await page.evaluate((origin) => {
    document.body.innerHTML = '<button id="popup">Popup</button><button id="redirect">Redirect</button>'
    ;(globalThis as unknown as { connect: (url: string) => void }).connect(origin)
  }, url())
}

async function openApp(context: BrowserContext): Promise<Page> {
  await context.route('https://apis.google.com/js/api.js*', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: gapi }),
  )
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${pages.port}/`)
  await load(page)
  return page
}

/** Calls a function of the SDK in the page, and returns its result's token or its error's code. */
function call(page: Page, name: string, ...words: readonly string[]): Promise<string> {
  return page.evaluate(
    async ([method, values]) => {
      const { sdk, auth } = globalThis as unknown as {
        // biome-ignore lint/suspicious/noExplicitAny: the SDK's functions by name
        sdk: any
        auth: object
      }
      try {
        const result = await sdk[method](auth, ...values)
        return result ? await result.user.getIdToken() : 'done'
      } catch (error) {
        return (error as { code: string }).code
      }
    },
    [name, words] as const,
  )
}

async function linkFor(context: BrowserContext, email: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${url()}/mailbox`)
  await page.getByRole('listitem').filter({ hasText: email }).first().getByRole('link').click()
  return page
}

describe('a password', () => {
  it('signs up and in from a page of another port, and the endpoint knows the person', async () => {
    const page = await openApp(await openBrowser())
    const token = await call(page, 'signInWithEmailAndPassword', 'alice@firebase.example', 'fieldnotes-alice')
    expect(await nameOf(token)).toBe('Alice')
    expect(await call(page, 'signInWithEmailAndPassword', 'alice@firebase.example', 'x')).toBe(
      'auth/invalid-credential',
    )
    expect(await call(page, 'createUserWithEmailAndPassword', 'alice@firebase.example', 'correct horse')).toBe(
      'auth/email-already-in-use',
    )
    await page.reload()
    await load(page)
    const kept = await page.evaluate(async () => {
      const { auth } = globalThis as unknown as {
        auth: { authStateReady: () => Promise<void>; currentUser: { email: string } | null }
      }
      await auth.authStateReady()
      return auth.currentUser?.email
    })
    expect(kept).toBe('alice@firebase.example')
  })
})

describe.each(screens)('on $name', (screen) => {
  it('Google signs a person in through the popup', async () => {
    const page = await openApp(await openBrowser(screen))
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.click('#popup')])
    await popup.waitForLoadState()
    await expectSound(popup)
    await popup.getByLabel('Name').fill('Gina')
    await popup.getByLabel('E-mail').fill('<script>alert(1)</script>')
    await popup.getByLabel('E-mail').evaluate((input: HTMLInputElement) => input.form?.setAttribute('novalidate', ''))
    await popup.getByRole('button', { name: 'Continue', exact: true }).click()
    await expectSound(popup)
    expect(await popup.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true')
    await popup.getByLabel('E-mail').fill(`gina.${screen.width}.${screen.colorScheme}@gmail.example`)
    await popup.getByRole('button', { name: 'Continue', exact: true }).click()
    await popup.waitForEvent('close')
    await page.waitForFunction(() => document.title !== '')
    expect(await nameOf(await page.title())).toBe('Gina')
  })

  it('a link by e-mail sets a forgotten password once', async () => {
    const context = await openBrowser(screen)
    const page = await openApp(context)
    const email = `dora.${screen.width}.${screen.colorScheme}@example.com`
    await call(page, 'createUserWithEmailAndPassword', email, 'correct horse')
    expect(await call(page, 'sendPasswordResetEmail', email)).toBe('done')
    const link = await linkFor(context, email)
    await expectSound(link)
    const address = link.url()
    await link.getByLabel('New password').fill('short')
    await link.getByRole('button').click()
    await expectSound(link)
    await link.getByLabel('New password').fill('another horse')
    await link.keyboard.press('Enter')
    await link.getByRole('heading', { name: 'Done' }).waitFor()
    await expectSound(link)
    await link.goto(address)
    await expectSound(link)
    expect(await link.getByRole('heading').textContent()).toBe('This link is of no use any more')
    const token = await call(page, 'signInWithEmailAndPassword', email, 'another horse')
    expect(token.split('.')).toHaveLength(3)
  })
})

describe('Google', () => {
  it('signs a person in by redirect', async () => {
    const page = await openApp(await openBrowser())
    await page.click('#redirect')
    await page.waitForURL(`${url()}/emulator/auth/handler?*`)
    await page.getByRole('button', { name: /alice@gmail.example/ }).click()
    await page.waitForURL(`http://127.0.0.1:${pages.port}/`)
    await load(page)
    expect(await nameOf(await call(page, 'getRedirectResult'))).toBe('Alice of Google')
  })

  it('works by keyboard alone', async () => {
    const page = await openApp(await openBrowser())
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.click('#popup')])
    await popup.waitForLoadState()
    for (let step = 0; step < 3; step++) await popup.keyboard.press('Tab')
    expect(await popup.evaluate(() => document.activeElement?.textContent)).toContain('bob@gmail.example')
    const closed = popup.waitForEvent('close')
    await popup.keyboard.press('Enter')
    await closed
    await page.waitForFunction(() => document.title !== '')
    expect(await nameOf(await page.title())).toBe('Bob of Google')
  })

  it('says so when no app waits for the sign-in', async () => {
    const page = await (await openBrowser()).newPage()
    const query = new URLSearchParams({
      providerId: 'google.com',
      authType: 'signInViaPopup',
      apiKey: 'a',
      appName: 'b',
    })
    await page.goto(`${url()}/emulator/auth/handler?${query}`)
    await page.getByRole('button', { name: /alice@gmail.example/ }).click()
    await page.getByText('No app waits for this sign-in').waitFor()
    await expectSound(page)
  })
})
