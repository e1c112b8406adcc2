/** Requests that a page's script sends in Chromium, and what the script can read of the response. */
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { type Pages, servePages, startBrowser } from '../../support/browser.ts'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud, tokenOf } from '../../support/local-cloud.ts'

/** Arguments of the page's `fetch`. */
export interface PageRequest {
  readonly url: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly mode?: 'cors' | 'no-cors'
  readonly credentials?: 'include'
}

/** A response as the script reads it. */
export interface PageResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** The result of a request that the browser refuses. */
export const refused = { refused: 'TypeError' }

/** The response to a `no-cors` request: it is sent, but the script can't read it. */
export const opaque = { status: 0, type: 'opaque', headers: {}, text: '' }

/** A mutation that creates a note. */
export const create = 'mutation { createNote(input: { title: "From a page" }) { note { title } } }'

/** Sends a request from a page: resolves to its response, or only to the name of an error. */
export function fetchIn(page: Page | Frame, sent: PageRequest) {
  return page.evaluate(async ({ url, ...init }) => {
    try {
      const response = await fetch(url, init)
      const headers = Object.fromEntries(response.headers)
      return { status: response.status, type: response.type, headers, text: await response.text() }
    } catch (error) {
      return { refused: (error as Error).name }
    }
  }, sent)
}

/** Starts a cloud, a server of pages and Chromium for the tests of one file, and ends them afterwards. */
export function usePages() {
  let cloud: LocalCloud
  let pages: Pages
  let browser: Browser
  let token: string
  beforeAll(async () => {
    cloud = await startLocalCloud(createFolder(), ['--ephemeral'])
    pages = await servePages()
    browser = await startBrowser()
    token = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice')
  })
  afterAll(async () => {
    await browser?.close()
    pages?.stop()
    await cloud?.end()
    deleteFolder(cloud.folder)
  })
  const open = async (url: string): Promise<Page> => {
    const context = await browser.newContext()
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(url)
    return page
  }
  const post = (query: string, headers: Readonly<Record<string, string>> = {}): PageRequest => ({
    url: `${cloud.url}/graphql`,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  return {
    cloud: () => cloud,
    open,
    /** Opens an empty page at another port of a host. */
    openAt: (host: string) => open(`http://${host}:${pages.port}/`),
    /** The request of an operation. */
    post,
    /** The header of a token; by default alice's with all scopes. */
    bearer: (own = token) => ({ authorization: `Bearer ${own}` }),
  }
}
