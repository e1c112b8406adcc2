/** The visit of a person with browser sessions, step by step: what each shows, and what it has to show. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { refreshStatus } from '../../support/firebase-api.ts'
import { refreshAtPool } from '../../support/signed-walk.ts'
import {
  ask,
  cookiesOf,
  keptIn,
  letIdle,
  logOut,
  sessionIn,
  signIn,
  signInWithFirebase,
  type Visit,
} from './session-visit.ts'

/** Does one step. Returns what it shows. */
type Act = (visit: Visit) => Promise<string>

/** A step; `wanted` is what it has to show. */
export type Step = readonly [what: string, act: Act, wanted: string | RegExp]

/** Seconds within which every door refuses a revoked token. */
const secondsMax = 10

const create = 'mutation { createNote(input: { title: "First note" }) { note { title } } }'
const signOut = 'mutation { signOut(input: { everywhere: true }) { everywhere } }'
const list = '{ notes { nodes { title } } }'
const sessions = '{ me { sessions { nodes { id current } } } }'
const everywhere = '200 {"signOut":{"everywhere":true}}'
const listed = '200 {"notes":{"nodes":[{"title":"First note"}]}}'
const [typed, silent] = ['/health, with the password', '/health, without the password']
const [refused, alice, out] = ['401 UNAUTHENTICATED', 'signed in as Alice', 'signed out']

/** What is done in one page. */
type InPage = (page: Page, visit: Visit) => Promise<string>

/** A step in the first tab. */
function inTab(act: InPage): Act {
  return (visit) => act(visit.tabs[0], visit)
}

function inSecond(act: InPage): Act {
  return (visit) => act(visit.tabs[1], visit)
}

/** A step in another browser. */
function elsewhere(act: InPage): Act {
  return (visit) => act(visit.elsewhere, visit)
}

async function reload(page: Page): Promise<string> {
  await page.reload()
  return sessionIn(page)
}

/** A request of a page at another port: the browser sends it the cookie, because cookies know no ports. */
async function asStranger({ context, cloud, strangers }: Visit): Promise<string> {
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${strangers.port}/`)
  const shown = await ask(page, create, cloud.url)
  await page.close()
  return shown
}

/** Ends the session of the other browser, by the list of sessions. Returns how many others there were. */
async function revokeOthers(page: Page): Promise<string> {
  const { me } = JSON.parse((await ask(page, sessions)).slice(4))
  const others = me.sessions.nodes.filter(({ current }: { readonly current: boolean }) => !current)
  for (const { id } of others) await ask(page, `mutation { revokeSession(input: { id: "${id}" }) { refusedFrom } }`)
  return String(others.length)
}

/** The second time is in another browser, as of a thief. */
async function twiceWithFirebase({ tabs, elsewhere: other, firebase }: Visit): Promise<string> {
  const first = await signInWithFirebase(tabs[0], firebase.idToken)
  return `${first}, then ${await signInWithFirebase(other, firebase.idToken)}`
}

/** Refreshes at Firebase as a mobile client does. Returns the status. */
async function firebaseRefresh({ cloud, firebase }: Visit): Promise<string> {
  return String(await refreshStatus(cloud.url, firebase.refreshToken))
}

/** Status of a request with the bearer of the mobile client. */
async function mobileStatus({ cloud, mobile }: Visit): Promise<string> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${mobile.AccessToken}` }
  const response = await fetch(`${cloud.url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query: list }),
  })
  return String(response.status)
}

/** Refreshes as the mobile client does. */
async function mobileRefresh({ cloud, mobile }: Visit): Promise<string> {
  const { status, body } = await refreshAtPool(cloud.url, mobile.RefreshToken)
  return `${status} ${body.error}`
}

/** Repeats a step until it shows what is wanted, for as long as a revocation may take. Returns the seconds too. */
function within(act: Act, wanted: string): Act {
  return async (visit) => {
    const from = Date.now()
    let [shown, seconds] = [await act(visit), 0]
    while (shown !== wanted && seconds < secondsMax) {
      await wait(50)
      shown = await act(visit)
      seconds = (Date.now() - from) / 1000
    }
    return `${shown} after ${seconds.toFixed(2)} s`
  }
}

/** Searches everything that the browser received, and the log of the cloud. */
async function search({ answers, cloud, secrets }: Visit): Promise<string> {
  answers.add('the log', await cloud.printed())
  const { count, found } = await answers.search([...secrets])
  return `${found.join(', ') || 'none'} in ${count} texts, of ${secrets.size} secrets`
}

/** All steps, in their order. */
export const sessionSteps: readonly Step[] = [
  ['a browser without a session', inTab(sessionIn), out],
  ['its request', inTab((page) => ask(page, list)), refused],
  ['sign-in at the hosted page ends at', inTab(signIn), typed],
  ['the cookie', cookiesOf, '__Host-session 127.0.0.1 / HttpOnly Secure SameSite=Lax 14 days'],
  ['what a script can read of it, and of every storage', inTab(keptIn), 'nothing'],
  ['first note', inTab((page) => ask(page, create)), '200 {"createNote":{"note":{"title":"First note"}}}'],
  ['after a reload', inTab(reload), alice],
  ['notes after the reload', inTab((page) => ask(page, list)), listed],
  ['notes in a second tab', inSecond((page) => ask(page, list)), listed],
  ['a page of another origin, with the cookie', asStranger, 'refused by the browser: TypeError'],
  ['notes after it', inTab((page) => ask(page, list)), listed],
  ['sign-in while the provider knows the browser ends at', inTab(signIn), silent],
  ['notes in the second tab', inSecond((page) => ask(page, list)), listed],
  ['idle for too long: the first tab', async (visit) => letIdle(visit).then(() => sessionIn(visit.tabs[0])), out],
  ['its request', inTab((page) => ask(page, list)), refused],
  ['the second tab', inSecond((page) => ask(page, list)), refused],
  ['sign-in again ends at', inTab(signIn), typed],
  ['notes in the second tab', inSecond((page) => ask(page, list)), listed],
  ['sign-out in the second tab', inSecond(logOut), '204'],
  ['the first tab', inTab(sessionIn), out],
  ['its request', inTab((page) => ask(page, list)), refused],
  ['the cookie', cookiesOf, '__Host-signed-out 127.0.0.1 / HttpOnly Secure SameSite=Lax 14 days'],
  ['sign-in again ends at', inTab(signIn), typed],
  ['sign-in in another browser ends at', elsewhere(signIn), typed],
  ['notes there', elsewhere((page) => ask(page, list)), listed],
  ['other sessions in the list, which this browser ends', inTab(revokeOthers), '1'],
  ['notes in the other browser', elsewhere((page) => ask(page, list)), refused],
  ['its next sign-in ends at', elsewhere(signIn), typed],
  ['the bearer of a mobile client', mobileStatus, '200'],
  ['sign-out everywhere', inTab((page) => ask(page, signOut)), everywhere],
  ['the bearer of the mobile client', within(mobileStatus, '401'), /^401 after /],
  ['its refresh token', within(mobileRefresh, '400 invalid_grant'), /^400 invalid_grant after /],
  ['this browser', inTab((page) => ask(page, list)), refused],
  ['the other browser', elsewhere((page) => ask(page, list)), refused],
  ['sign-in again ends at', inTab(signIn), typed],
  ['notes', inTab((page) => ask(page, list)), listed],
  ['a person of Firebase signs in, and the same ID token again', twiceWithFirebase, '204, then 401'],
  ['the first tab', inTab(reload), 'signed in as Carol'],
  ['first note', inTab((page) => ask(page, create)), '200 {"createNote":{"note":{"title":"First note"}}}'],
  ['notes in the second tab', inSecond((page) => ask(page, list)), listed],
  ['the name in the profile', inTab((page) => ask(page, '{ me { name } }')), '200 {"me":{"name":"Carol"}}'],
  ['what a script can read of it, and of every storage', inTab(keptIn), 'nothing'],
  ['sign-out everywhere in the second tab', inSecond((page) => ask(page, signOut)), everywhere],
  ['her refresh token at Firebase', within(firebaseRefresh, '400'), /^400 after /],
  ['the first tab', inTab((page) => ask(page, list)), refused],
  ['secrets in answers, headers, pages, the console and the log', search, /^none in \d{2,} texts, of \d{2,} secrets$/],
]

/** Whether a step shows what it has to show. */
export function isAsWanted(shown: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? shown === wanted : wanted.test(shown)
}
