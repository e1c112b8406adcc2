/**
 * The pages of our own issuer in Chromium: a person links an app of a third party, and ends it. Each page is checked on
 * a phone and on a desktop, light and dark: by axe, for its width, and for the size of its targets.
 */
import type { Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import { ask } from '../support/graphql-client.ts'
import { appAt, exampleApp } from '../support/linked-app.ts'
import { nextSecond, withinTenSeconds } from '../support/next-second.ts'
import { issuerAt, type OwnIssuer, outcome } from '../support/own-issuer.ts'
import { expectSound, type Screen, screens, useHostedPages } from './support/hosted-pages.ts'
import { fillIn, press } from './support/keyboard.ts'

const { url, folder, redirectUri, openBrowser } = useHostedPages()

const reading = '{ notes(first: 1) { edges { node { id } } } }'

function issuer(): OwnIssuer {
  return issuerAt({ url: url(), folder: folder() })
}

const assistant = appAt(issuer, () => exampleApp(issuer(), 'assistant'))

/** The page at which a person is when the app has sent them. */
async function begin(screen?: Screen): Promise<Page> {
  const page = await (await openBrowser(screen)).newPage()
  await page.goto(url() + assistant.ask({ scope: 'notes:read notes:write', provider: undefined }).url)
  await page.getByRole('heading', { level: 1, name: 'How do you sign in?' }).waitFor()
  return page
}

/** The parameters with which the browser goes back to the app, which is not on this machine. */
async function answerOf(page: Page, act: () => Promise<unknown>): Promise<URLSearchParams> {
  const [request] = await Promise.all([page.waitForRequest(/^https:\/\/oauth-redirect\./), act()])
  return new URL(request.url()).searchParams
}

/** The page of connected apps in the same browser. */
async function openApps(from: Page): Promise<Page> {
  const page = await from.context().newPage()
  await page.goto(`${url()}/oauth/apps`)
  return page
}

function click(page: Page, name: string): () => Promise<void> {
  return () => page.getByRole('button', { name }).click()
}

/** Firebase's ID tokens of one person and one second are the same token, and each signs in once. */
async function signInAtFirebase(page: Page, password = 'fieldnotes-alice'): Promise<void> {
  await nextSecond()
  await page.getByLabel('E-mail').fill('alice@firebase.example')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** From the choice to the page of Firebase, and on. */
async function atFirebase(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sign in with Firebase' }).click()
  await signInAtFirebase(page)
}

async function signInAtPool(page: Page, person: string): Promise<void> {
  await page.getByRole('link', { name: 'Sign in with Fieldnotes' }).click()
  await page.getByLabel('Name or e-mail').fill(person)
  await page.getByLabel('Password').fill(`fieldnotes-${person}`)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

describe.each(screens)('on $name, a person of Firebase', (screen) => {
  it('links an app, sees it among the connected apps, and ends it', async () => {
    const page = await begin(screen)
    await expectSound(page)
    await page.getByRole('link', { name: 'Sign in with Firebase' }).click()
    await signInAtFirebase(page, 'another password')
    await page.getByText('don’t belong together').waitFor()
    await expectSound(page)
    await signInAtFirebase(page)
    await page.getByRole('heading', { name: 'Let Homestead Assistant use your notes?' }).waitFor()
    for (const text of ['You are Alice.', 'Not made by Fieldnotes', 'Read your notes', 'until you end it'])
      expect(await page.getByText(text).count()).toBeGreaterThan(0)
    await expectSound(page)
    expect((await answerOf(page, click(page, 'Agree'))).get('code')).toMatch(/^[\w-]{43}$/)
    const apps = await openApps(page)
    await expectSound(apps)
    await apps.getByRole('link', { name: 'Sign in with Firebase' }).click()
    await signInAtFirebase(apps)
    await apps.getByRole('heading', { level: 1, name: 'Connected apps' }).waitFor()
    await expectSound(apps)
    await apps.getByRole('button', { name: 'End Homestead Assistant' }).click()
    await apps.getByText('No app of others may use your notes').waitFor()
    await expectSound(apps)
  })
})

describe('a person of the user pool', () => {
  it('refuses as easily as they agree, and the app reads access_denied', async () => {
    const page = await begin()
    await signInAtPool(page, 'bob')
    const buttons = page.getByRole('button')
    const boxes = await Promise.all([0, 1].map((index) => buttons.nth(index).boundingBox()))
    expect(await buttons.allTextContents()).toEqual(['Refuse', 'Agree'])
    expect(boxes[0]).toMatchObject({ width: boxes[1]?.width, height: boxes[1]?.height })
    expect((await answerOf(page, click(page, 'Refuse'))).get('error')).toBe('access_denied')
  })

  it('is not shown the page of consent, nor that of connected apps, in a frame of another page', async () => {
    const page = await begin()
    await signInAtPool(page, 'bob')
    await page.getByRole('button', { name: 'Agree' }).waitFor()
    await page.goto(new URL('/', redirectUri()).href)
    for (const path of ['/oauth/consent', '/oauth/apps', '/oauth/sign-in/firebase?apps']) {
      await page.evaluate((src) => {
        document.body.replaceChildren(Object.assign(document.createElement('iframe'), { src }))
      }, url() + path)
      await vi.waitFor(() => expect(page.frames().at(-1)?.url()).toMatch(/^chrome-error:/))
    }
  })
})

describe.each([
  ['the user pool', (page: Page) => signInAtPool(page, 'carol')],
  ['Firebase', atFirebase],
] as const)('a person of %s', (_provider, signIn) => {
  it('lets an app read, but not manage the account, and ends it: it is refused within 10 seconds', async () => {
    const page = await begin()
    await signIn(page)
    const answer = await answerOf(page, click(page, 'Agree'))
    const { body } = await assistant.redeem(answer.get('code') ?? '')
    const call = (query: string) => ask(url(), { token: body.access_token, query })
    expect(await call(reading)).toMatchObject({ status: 200, codes: {}, data: { notes: { edges: [] } } })
    expect((await call('mutation { signOut(input: {}) { everywhere } }')).codes).toEqual({ signOut: 'FORBIDDEN' })
    expect((await assistant.refresh(body.refresh_token)).status).toBe(200)
    const apps = await openApps(page)
    await (signIn === atFirebase
      ? atFirebase(apps)
      : apps.getByRole('link', { name: 'Sign in with Fieldnotes' }).click())
    await apps.getByRole('button', { name: 'End Homestead Assistant' }).click()
    await apps.getByText('No app of others may use your notes').waitFor()
    await vi.waitFor(async () => expect((await call(reading)).status).toBe(401), withinTenSeconds)
    expect(outcome(await assistant.refresh(body.refresh_token))).toEqual([400, 'invalid_grant'])
  })
})

describe('by the keyboard alone', () => {
  it('a person of Firebase links an app and ends it', async () => {
    const page = await begin()
    await press(page, 'Sign in with Firebase')
    await page.getByLabel('E-mail').waitFor()
    await fillIn(page, { 'E-mail': 'bob@firebase.example', Password: 'fieldnotes-bob' })
    await page.waitForURL('**/oauth/consent')
    expect((await answerOf(page, () => press(page, 'Agree'))).get('code')).toMatch(/^[\w-]{43}$/)
    const apps = await openApps(page)
    await press(apps, 'Sign in with Firebase')
    await apps.getByLabel('E-mail').waitFor()
    await nextSecond()
    await fillIn(apps, { 'E-mail': 'bob@firebase.example', Password: 'fieldnotes-bob' })
    await apps.waitForURL('**/oauth/apps')
    await press(apps, 'End')
    await apps.getByText('No app of others may use your notes').waitFor()
  })
})
