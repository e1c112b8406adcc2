/** A person with browser sessions in Chromium, on a running cloud. */
import { personSessionKey, sessionKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { type Pages, servePages, startBrowser } from '../../support/browser.ts'
import { type FirebaseTokens, tokensOf } from '../../support/firebase-api.ts'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud } from '../../support/local-cloud.ts'
import { issuerAt } from '../../support/own-issuer.ts'
import { signIn as signInOfApp } from '../../support/signed-walk.ts'
import { fetchIn, type PageResponse } from './page-requests.ts'
import { recordAnswers, type SeenAnswers } from './seen-answers.ts'

/** The visit. */
export interface Visit {
  readonly cloud: LocalCloud
  readonly context: BrowserContext
  /** Pages of another origin of this machine. */
  readonly strangers: Pages
  readonly answers: SeenAnswers
  /** The first two tabs, each at a page of the cloud's own origin. */
  readonly tabs: readonly [Page, Page]
  /** A tab of another browser. */
  readonly elsewhere: Page
  /** What a mobile client got, which has signed the same person in before. */
  readonly mobile: Readonly<Record<'IdToken' | 'AccessToken' | 'RefreshToken', string>>
  /** Tokens of carol at Firebase. */
  readonly firebase: FirebaseTokens
  /** Secrets that were met: cookies, codes, tokens, passwords. */
  readonly secrets: Set<string>
  readonly stop: () => Promise<void>
}

/** A page of our own origin that shows nothing personal: scripts of the visit run there. */
const ownPage = '/health'

/** Starts a cloud and Chromium. The caller stops both. */
export async function startVisit(): Promise<Visit> {
  process.env.AWS_ACCESS_KEY_ID ??= 'local'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'local'
  const cloud = await startLocalCloud(createFolder(), ['--ephemeral'])
  const [browser, strangers] = [await startBrowser(), await servePages()]
  const [context, other] = [await newContext(browser), await newContext(browser)]
  const answers = recordAnswers(context, other)
  const mobile = await signInOfApp(cloud.url, 'alice')
  const firebase = await tokensOf(cloud.url, 'carol')
  const secrets = new Set(['fieldnotes-alice', mobile.IdToken, mobile.AccessToken, mobile.RefreshToken])
  for (const secret of [firebase.idToken, firebase.refreshToken]) secrets.add(secret)
  for (const each of [context, other]) collectSecrets(each, secrets)
  const tabs = [await context.newPage(), await context.newPage()] as const
  const elsewhere = await other.newPage()
  for (const page of [...tabs, elsewhere]) await openOwnPage(page, { cloud })
  const stop = async () => {
    await browser.close()
    strangers.stop()
    await cloud.end()
    deleteFolder(cloud.folder)
  }
  return { cloud, context, strangers, answers, tabs, elsewhere, mobile, firebase, secrets, stop }
}

async function newContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext()
  context.setDefaultTimeout(15_000)
  return context
}

/** Codes and states of the address bar, and the values of our cookies as they are set. */
function collectSecrets(context: BrowserContext, secrets: Set<string>): void {
  context.on('request', (request) => {
    const { searchParams } = new URL(request.url())
    for (const name of ['code', 'state', 'nonce', 'code_challenge']) secrets.add(searchParams.get(name) ?? '')
    secrets.delete('')
  })
  context.on('response', async (response) => {
    const lines = await response.headersArray()
    for (const { value } of lines.filter(({ name }) => name.toLowerCase() === 'set-cookie'))
      for (const [, secret = ''] of value.matchAll(/__Host-[\w-]+=([^;]{20,})/g)) secrets.add(secret)
  })
}

/**
 * Signs alice in, at the hosted page where the provider shows it. Returns where the browser ends, and whether the
 * person had to type the password.
 */
export async function signIn(page: Page, { cloud }: Pick<Visit, 'cloud'>): Promise<string> {
  await page.goto(`${cloud.url}/session/login?return=${ownPage}`)
  const password = page.getByLabel('Password', { exact: true })
  const isTyped = await password.isVisible()
  if (isTyped) {
    await page.getByLabel('Name or e-mail', { exact: true }).fill('alice')
    await password.fill('fieldnotes-alice')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.waitForURL(`${cloud.url}${ownPage}`)
  }
  return `${new URL(page.url()).pathname}, ${isTyped ? 'with' : 'without'} the password`
}

/** Opens the page of our own origin. */
async function openOwnPage(page: Page, { cloud }: Pick<Visit, 'cloud'>): Promise<void> {
  await page.goto(`${cloud.url}${ownPage}`)
}

/** What a page of our own sends to `/session`. */
const own = { 'content-type': 'application/json', 'x-fieldnotes': '1' }

/** Sends an operation from a page. Returns its status and its data, or the code of its error. */
export async function ask(page: Page, query: string, url = ''): Promise<string> {
  const sent = { url: `${url}/session/graphql`, method: 'POST', headers: own, body: JSON.stringify({ query }) }
  const response = await fetchIn(page, { ...sent, credentials: 'include' })
  if (response.text === undefined) return `refused by the browser: ${response.refused}`
  const { data, errors = [] } = JSON.parse(response.text)
  return [response.status, errors[0]?.extensions.code ?? JSON.stringify(data)].join(' ')
}

/** What `GET /session` says in a page, without the instant. */
export async function sessionIn(page: Page): Promise<string> {
  const { text } = (await fetchIn(page, { url: '/session' })) as PageResponse
  const { signedIn, name = 'no name' } = JSON.parse(text)
  return signedIn ? `signed in as ${name}` : 'signed out'
}

/** Signs out of this browser. */
export async function logOut(page: Page): Promise<string> {
  const { status } = (await fetchIn(page, { url: '/session/logout', method: 'POST', headers: own })) as PageResponse
  return String(status)
}

/** Begins a session with an ID token of Firebase. Returns the status. */
export async function signInWithFirebase(page: Page, idToken: string): Promise<string> {
  const sent = { url: '/session/firebase', method: 'POST', headers: own, body: JSON.stringify({ idToken }) }
  const { status } = (await fetchIn(page, sent)) as PageResponse
  return String(status)
}

/** Our own cookies, with their attributes and how many days they live. */
export async function cookiesOf({ context }: Pick<Visit, 'context'>): Promise<string> {
  const cookies = (await context.cookies()).filter(({ name }) => name.startsWith('__Host-'))
  const words = cookies.map(({ name, domain, path, expires, httpOnly, secure, sameSite }) => {
    const days = Math.round((expires - Date.now() / 1000) / 86_400)
    const flags = [httpOnly && 'HttpOnly', secure && 'Secure', `SameSite=${sameSite}`]
    return [name, domain, path, ...flags, `${days} days`].join(' ')
  })
  return words.join(', ')
}

/** Everything that a script can read of what the browser keeps for our origin. */
export async function keptIn(page: Page): Promise<string> {
  const kept = await page.evaluate(async () => [
    document.cookie,
    ...Object.values({ ...localStorage, ...sessionStorage }),
    ...(await indexedDB.databases()).map(({ name }) => name),
    ...(await caches.keys()),
    ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
  ])
  return kept.filter((value) => value !== '').join(' ') || 'nothing'
}

/** Moves the idle end of the browser's session to now, in the session and in its person's list. */
export async function letIdle({ cloud, context }: Visit): Promise<void> {
  const cookie = (await context.cookies()).find(({ name }) => name === '__Host-session')
  const id = digestOf(cookie?.value ?? '')
  const { table } = issuerAt(cloud)
  const session = await table.get(sessionKey(id))
  const set = { idleEnd: Math.floor(Date.now() / 1000) }
  for (const update of [sessionKey(id), personSessionKey(String(session?.personId), id)])
    await table.write({ update, set })
}
