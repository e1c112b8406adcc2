/** What is served beside the endpoint: GraphiQL for this machine only, and tokens that no foreign page can read. */
import { request } from 'node:http'
import { decodeJwt } from 'jose'
import { describe, expect, it, onTestFinished } from 'vitest'
import { issuersAt } from '../src/issuers/local-issuers.ts'
import { createKeys } from '../src/issuers/signing-keys.ts'
import { listen } from '../src/listen.ts'
import { createSite } from '../src/site.ts'

async function start(): Promise<string> {
  const { url, serve, stop } = await listen(0)
  const site = createSite(issuersAt(url, await createKeys()))
  serve(async (req, res) => {
    if (!(await site(req, res))) res.writeHead(404).end()
  })
  onTestFinished(stop)
  return url
}

/** Uses node:http, because `fetch` does not let a client set `host` or `sec-fetch-site`. */
function statusAs(host: string, url: string, more: Record<string, string> = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host, ...more } }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end()
  })
}

describe('createSite', () => {
  it.each(['/', '/graphiql', '/graphiql/'])('serves GraphiQL at %s, with every file of its page', async (path) => {
    const url = await start()
    const page = await (await fetch(url + path)).text()
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file)
    expect(files).toHaveLength(7)
    for (const file of files.filter((name) => !name.startsWith('data:'))) {
      expect(file).toMatch(/^\/graphiql\//)
      expect((await fetch(url + file)).status).toBe(200)
    }
  })

  it('lets the page connect to no other origin', async () => {
    const policy = (await fetch(await start())).headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/https?:|\*/)
  })

  it('gives a short token to the page', async () => {
    const token = await (await fetch(`${await start()}/tokens/firebase/carol`)).text()
    const { exp = 0, iat = 0, email } = decodeJwt(token)
    expect(exp - iat).toBe(300)
    expect(email).toBe('carol@firebase.example')
  })

  it('gives a token of our own issuer too', async () => {
    const token = await (await fetch(`${await start()}/tokens/fieldnotes/alice`)).text()
    expect(decodeJwt(token)).toMatchObject({ client_id: 'terminal', email: 'alice@cognito.example' })
  })

  it.each(['evil.test', 'evil.test:4000', '127.0.0.1.evil.test', 'localhost.evil.test', '192.168.0.1', '[::1]:4000'])(
    'gives nothing to a page of %s that resolves to this machine',
    async (host) => {
      const url = await start()
      for (const path of ['/', '/graphiql', '/tokens/cognito/alice']) expect(await statusAs(host, url + path)).toBe(404)
    },
  )

  it.each(['127.0.0.1', '127.0.0.1:4000', 'localhost', 'localhost:4000'])('answers to the name %s', async (host) => {
    expect(await statusAs(host, `${await start()}/tokens/cognito/alice`)).toBe(200)
  })

  it.each(['same-origin', 'none'])('gives a token to a page that is %s', async (site) => {
    const url = await start()
    const { host } = new URL(url)
    expect(await statusAs(host, `${url}/tokens/cognito/alice`, { 'sec-fetch-site': site })).toBe(200)
  })

  it.each(['same-site', 'cross-site', 'SAME-ORIGIN', ''])('gives no token to a page that is %j', async (site) => {
    const url = await start()
    const { host } = new URL(url)
    expect(await statusAs(host, `${url}/tokens/cognito/alice`, { 'sec-fetch-site': site })).toBe(403)
    expect(await statusAs('evil.test', `${url}/tokens/cognito/alice`, { 'sec-fetch-site': site })).toBe(404)
  })

  it('lets no other page embed a token', async () => {
    const { headers } = await fetch(`${await start()}/tokens/cognito/alice`)
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  })

  it.each([
    '/tokens/cognito/mallory',
    '/tokens/okta/alice',
    '/tokens/cognito/alice/x',
    '/graphiql//',
    '/graphiql/index.html',
    '/graphiql/assets.ts',
    '/x',
  ])('leaves %s to the endpoint', async (path) => {
    expect((await fetch(`${await start()}${path}`)).status).toBe(404)
  })

  it('leaves every method but GET to the endpoint', async () => {
    const url = await start()
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect((await fetch(`${url}/tokens/cognito/alice`, { method })).status).toBe(404)
  })
})
