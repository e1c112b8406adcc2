/** Chromium and the pages of the local user pool: an app of its own origin, and checks of what a page shows. */
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { type Pages, servePages, startBrowser } from '../../support/browser.ts'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud } from '../../support/local-cloud.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Widths and themes in which pages are checked. */
export const screens = [
  { name: 'a phone, light', width: 390, height: 844, colorScheme: 'light' },
  { name: 'a phone, dark', width: 390, height: 844, colorScheme: 'dark' },
  { name: 'a desktop, light', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'a desktop, dark', width: 1440, height: 900, colorScheme: 'dark' },
] as const

/** One of the screens. */
export type Screen = (typeof screens)[number]

/** Faults that axe finds on the page, each with the first element that has it. axe runs beside the page's CSP. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  const run = 'axe.run().then(({ violations }) => JSON.stringify(violations.map((v) => v.id + " " + v.nodes[0].html)))'
  const { frameTree } = await session.send('Page.getFrameTree')
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
  })
  await session.send('Runtime.evaluate', { contextId, expression: axe })
  const { result } = await session.send('Runtime.evaluate', { contextId, expression: run, awaitPromise: true })
  return JSON.parse(result.value)
}

/**
 * Links, buttons and fields of the sheet whose target is less than 44 px high on a phone: a touch 21 px above or below
 * their middle misses them. A link in the footer is as high as its own box.
 */
async function missedTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('a, button, input:not([type=hidden])')].flatMap((element) => {
      element.scrollIntoView({ block: 'center', behavior: 'instant' })
      const { x, y, width, height } = element.getBoundingClientRect()
      const isLabelled = element.parentElement?.className === 'label-line' || element.closest('.hint') !== null
      const touches = isLabelled ? [0] : [-21, 0, 21]
      const isMissed = touches.some((by) => {
        const hit = document.elementFromPoint(x + width / 2, y + height / 2 + by)
        return !hit || !element.contains(hit)
      })
      return isMissed ? [element.outerHTML.slice(0, 120)] : []
    }),
  )
}

/** Expects a page that axe accepts, that is not wider than the screen, and that its CSP has not stopped. */
export async function expectSound(page: Page): Promise<void> {
  await page.waitForLoadState()
  expect(await faultsOf(page)).toEqual([])
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
  expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0)
  if ((page.viewportSize()?.width ?? 0) < 700) expect(await missedTargets(page)).toEqual([])
}

/** Starts a cloud, Chromium, and an app at another port, for the tests of one file. */
export function useHostedPages() {
  let cloud: LocalCloud
  let app: Pages
  let browser: Browser
  beforeAll(async () => {
    cloud = await startLocalCloud(createFolder(), ['--ephemeral'])
    app = await servePages()
    browser = await startBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    app?.stop()
    await cloud?.end()
    deleteFolder(cloud.folder)
  })

  const issuer = () => `${cloud.url}/cognito/eu-west-1_Local0001`
  const redirectUri = () => `http://localhost:${app.port}/callback`

  /** The address at which the app starts a sign-in, and the verifier of its code. */
  function authorization(more: Readonly<Record<string, string>> = {}) {
    const verifier = randomBytes(32).toString('base64url')
    const parameters = new URLSearchParams({
      client_id: 'localclient0001',
      response_type: 'code',
      redirect_uri: redirectUri(),
      scope: 'openid email profile notes/read notes/write',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    })
    return { url: `${issuer()}/oauth2/authorize?${parameters}`, verifier }
  }

  /** Redeems the code with which the browser has come back to the app. */
  async function redeem(page: Page, verifier: string): Promise<{ readonly access_token: string }> {
    const fields = {
      grant_type: 'authorization_code',
      client_id: 'localclient0001',
      redirect_uri: redirectUri(),
      code: new URL(page.url()).searchParams.get('code') ?? '',
      code_verifier: verifier,
    }
    const response = await fetch(`${issuer()}/oauth2/token`, { method: 'POST', body: new URLSearchParams(fields) })
    return response.json()
  }

  /** The name that the endpoint knows the caller by. */
  async function nameOf(token: string): Promise<string> {
    const response = await fetch(`${cloud.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ me { name } }' }),
    })
    return (await response.json()).data.me.name
  }

  async function openBrowser({ width, height, colorScheme }: Screen = screens[2]): Promise<BrowserContext> {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme })
    context.setDefaultTimeout(15_000)
    onTestFinished(() => context.close())
    return context
  }

  return {
    url: () => cloud.url,
    folder: () => cloud.folder,
    issuer,
    redirectUri,
    authorization,
    redeem,
    nameOf,
    openBrowser,
  }
}
