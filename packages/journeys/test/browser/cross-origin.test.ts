/** Chromium and the running cloud: what a page of another origin can do, and what it can't. */
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Pages, servePages, startBrowser, strangersHost } from '../support/browser.ts'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud, tokenOf } from '../support/local-cloud.ts'

let cloud: LocalCloud
let pages: Pages
let browser: Browser
let token: string
let readOnly: string

beforeAll(async () => {
  cloud = await startLocalCloud(createFolder(), ['--ephemeral'])
  pages = await servePages()
  browser = await startBrowser()
  token = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice')
  readOnly = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice', '--scope', 'notes:read')
})

afterAll(async () => {
  await browser?.close()
  pages?.stop()
  await cloud?.end()
  deleteFolder(cloud.folder)
})

async function open(url: string): Promise<Page> {
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(url)
  return page
}

function openAt(host: string): Promise<Page> {
  return open(`http://${host}:${pages.port}/`)
}

interface PageRequest {
  readonly url: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly mode?: 'cors' | 'no-cors'
}

/** What the page's script can see: a response, or only the name of an error. */
function fetchIn(page: Page | Frame, sent: PageRequest) {
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

function post(query: string, headers: Readonly<Record<string, string>> = {}): PageRequest {
  return {
    url: `${cloud.url}/graphql`,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  }
}

function bearer(own = token) {
  return { authorization: `Bearer ${own}` }
}

const create = 'mutation { createNote(input: { title: "From a page" }) { note { title } } }'

/** Headers that clients add by default, or with tracing on. */
const clients: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Apollo: {
    'apollo-require-preflight': 'true',
    'x-apollo-operation-name': 'Me',
    'apollographql-client-name': 'web',
    'apollographql-client-version': '1.0',
  },
  Amplify: {
    'x-amz-user-agent': 'aws-amplify/6.15 framework/1',
    'x-amz-date': '20261122T093000Z',
    'x-amz-security-token': 'x',
    'x-amz-content-sha256': 'x',
  },
  OpenTelemetry: {
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    tracestate: 'a=b',
    baggage: 'a=b',
  },
}

const refused = { refused: 'TypeError' }

describe.each(['localhost', '127.0.0.1'])('a page of another port of %s', (host) => {
  it('asks by GET without a preflight, and by POST with one', async () => {
    const page = await openAt(host)
    const sent: string[] = []
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    session.on('Network.requestWillBeSent', ({ request }) => {
      if (request.url.startsWith(cloud.url)) sent.push(request.method)
    })
    const { status, text } = (await fetchIn(page, { url: `${cloud.url}/graphql?query={__typename}` })) as Seen
    expect([status, JSON.parse(text).data]).toEqual([200, { __typename: 'Query' }])
    expect(sent).toEqual(['GET'])
    expect(await fetchIn(page, post('{ me { name } }', bearer()))).toMatchObject({ status: 200 })
    expect([...sent].sort()).toEqual(['GET', 'OPTIONS', 'POST'])
  })

  it('writes', async () => {
    const { status, text } = (await fetchIn(await openAt(host), post(create, bearer()))) as Seen
    expect([status, JSON.parse(text).data]).toEqual([200, { createNote: { note: { title: 'From a page' } } }])
  })

  it.each(Object.entries(clients))('sends the headers of %s', async (_, headers) => {
    const page = await openAt(host)
    const answers = [
      await fetchIn(page, post('query Me { me { name } }', { ...bearer(), ...headers })),
      await fetchIn(page, post(create, { ...bearer(), ...headers })),
      await fetchIn(page, post(create, { ...bearer(readOnly), ...headers })),
    ] as Seen[]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(answers.map(({ text }) => JSON.parse(text))).toMatchObject([
      { data: { me: { name: 'Alice' } } },
      { data: { createNote: { note: { title: 'From a page' } } } },
      { errors: [{ path: ['createNote'], extensions: { code: 'FORBIDDEN' } }] },
    ])
  })

  it('sends an API key and a proof of possession, of which the endpoint reads neither', async () => {
    const sent = post('{ me { name } }', { ...bearer(), 'x-api-key': 'x', dpop: 'x' })
    const { status, text } = (await fetchIn(await openAt(host), sent)) as Seen
    expect([status, JSON.parse(text).data]).toEqual([200, { me: { name: 'Alice' } }])
  })

  it('sends no header that is not on the table', async () => {
    const page = await openAt(host)
    expect(await fetchIn(page, post('{ __typename }', { 'x-other': '1' }))).toEqual(refused)
    expect(await fetchIn(page, { ...post('{ __typename }'), method: 'PUT' })).toEqual(refused)
  })

  it('reads a refused token, with the challenge and the id of the request', async () => {
    const seen = (await fetchIn(await openAt(host), post('{ me { name } }', bearer('x.y.z')))) as Seen
    expect(seen.status).toBe(401)
    expect(seen.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token", resource_metadata="http/)
    expect(seen.headers['x-request-id']).toMatch(/^[\w-]{36}$/)
  })

  it('reads the refusal of a field, and of what has no caller', async () => {
    const page = await openAt(host)
    const forbidden = (await fetchIn(page, post(create, bearer(readOnly)))) as Seen
    expect([forbidden.status, codeOf(forbidden)]).toEqual([200, 'FORBIDDEN'])
    const anonymous = (await fetchIn(page, post('{ me { name } }'))) as Seen
    expect([anonymous.status, codeOf(anonymous)]).toEqual([200, 'UNAUTHENTICATED'])
  })

  it('reads the metadata, and from there the keys of an issuer', async () => {
    const page = await openAt(host)
    const metadata = await jsonIn(page, `${cloud.url}/.well-known/oauth-protected-resource/graphql`)
    const [issuer] = metadata.authorization_servers
    const { jwks_uri } = await jsonIn(page, `${issuer}/.well-known/openid-configuration`)
    expect((await jsonIn(page, jwks_uri)).keys).toHaveLength(1)
  })

  it('reads no token of this machine, and no page', async () => {
    const page = await openAt(host)
    for (const path of ['/tokens/cognito/alice', '/']) {
      expect(await fetchIn(page, { url: cloud.url + path })).toEqual(refused)
      const unread = await fetchIn(page, { url: cloud.url + path, mode: 'no-cors' })
      expect([refused, opaque]).toContainEqual(unread)
    }
  })
})

interface Seen {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

function codeOf({ text }: Seen): string {
  return JSON.parse(text).errors[0].extensions.code
}

async function jsonIn(page: Page, url: string) {
  return JSON.parse(((await fetchIn(page, { url })) as Seen).text)
}

/** A `no-cors` request: it is sent, but the page can't read the response. */
function blind(page: Page | Frame) {
  return fetchIn(page, { url: `${cloud.url}/graphql?query={__typename}`, mode: 'no-cors' })
}

const opaque = { status: 0, type: 'opaque', headers: {}, text: '' }

async function notesOf(): Promise<number> {
  const { url, ...init } = post('{ notes { nodes { id } } }', bearer())
  return (await (await fetch(url, init)).json()).data.notes.nodes.length
}

describe('a page of a stranger', () => {
  const attempts = async (page: Page | Frame) => [
    await fetchIn(page, post('{ me { name } }', bearer())),
    await fetchIn(page, post(create, bearer())),
    await fetchIn(page, { url: `${cloud.url}/graphql?query={__typename}` }),
    await fetchIn(page, { url: `${cloud.url}/tokens/cognito/alice` }),
  ]

  it('that only begins with the name of this machine reads and writes nothing', async () => {
    const before = await notesOf()
    const page = await openAt(strangersHost)
    expect(await blind(page)).toEqual(opaque)
    expect(await attempts(page)).toEqual([refused, refused, refused, refused])
    expect(await notesOf()).toBe(before)
  })

  it('in a sandbox, whose origin is null, reads and writes nothing', async () => {
    const before = await notesOf()
    const page = await openAt('localhost')
    await page.setContent('<iframe sandbox="allow-scripts" srcdoc="<p>x"></iframe>')
    const frame = page.frames()[1]
    expect(frame && (await frame.evaluate(() => globalThis.origin))).toBe('null')
    expect(frame && (await blind(frame))).toEqual(opaque)
    expect(frame && (await attempts(frame))).toEqual([refused, refused, refused, refused])
    expect(await notesOf()).toBe(before)
  })
})

describe('a page of the cloud’s own origin', () => {
  it('reads a token, and asks with it', async () => {
    const page = await open(`${cloud.url}/`)
    const { status, text } = (await fetchIn(page, { url: `${cloud.url}/tokens/cognito/alice` })) as Seen
    expect(status).toBe(200)
    const answer = (await fetchIn(page, post('{ me { name } }', bearer(text)))) as Seen
    expect(JSON.parse(answer.text).data).toEqual({ me: { name: 'Alice' } })
  })
})
