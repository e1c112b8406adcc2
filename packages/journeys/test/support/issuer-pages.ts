/** Pages of our own issuer in a browser without scripts, which sends what their script would send. */
import { createVisitor, type View, type Visitor } from '@fieldnotes/local/test/visitor'
import { expect } from 'vitest'
import { request } from './command-line.ts'

/** Path of the page for people of Firebase. */
export const firebasePath = '/oauth/sign-in/firebase'

/** A browser at the page for people of Firebase. */
export async function atFirebase(
  origin: string,
  url = request({ provider: 'Firebase' }).url,
): Promise<{ readonly browser: Visitor; readonly page: View }> {
  const browser = createVisitor(origin)
  const page = await browser.open(url)
  expect([page.status, new URL(page.url).pathname]).toEqual([200, firebasePath])
  return { browser, page }
}

/** The token of the first form of a page. */
export function tokenIn({ html }: View): string {
  return /name="token" value="([^"]+)"/.exec(html)?.[1] ?? ''
}

/** Sends the form as the script of the page does. */
export async function sendIdToken(browser: Visitor, page: View, idToken: string): Promise<View> {
  const body = new URLSearchParams({ token: tokenIn(page), id_token: idToken })
  const { pathname, search } = new URL(page.url)
  const response = await browser.request(pathname + search, { method: 'POST', body })
  const location = response.headers.get('location')
  if (location !== null) return browser.open(location)
  const { status, headers } = response
  return { url: page.url, status, headers, html: await response.text() }
}
