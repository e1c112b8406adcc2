import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createService } from './example/service.ts'
import { identityWith } from './kit/identities.ts'
import { mint, shapes } from './kit/mint.ts'

const metadata = 'resource_metadata="https://api.fieldnotes.dev/.well-known/oauth-protected-resource/graphql"'
const service = createService(identityWith())
const broken = createService(identityWith({ fetch: () => Promise.reject(new TypeError('fetch failed')) }))

interface Answer {
  readonly status: number | undefined
  readonly challenge: string | undefined
  readonly body: string
}

/** One header line for each `authorization`. */
async function ask(server: typeof service, authorization: string[] = [], path = '/'): Promise<Answer> {
  const { port } = server.address() as AddressInfo
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const headers = ['host', 'api.fieldnotes.dev', ...authorization.flatMap((value) => ['authorization', value])]
  const asking = request({ host: '127.0.0.1', port, path, headers }, async (response) => {
    let body = ''
    for await (const chunk of response) body += chunk
    resolve({ status: response.statusCode, challenge: response.headers['www-authenticate'], body })
  })
  asking.on('error', reject).end()
  return promise
}

beforeAll(() =>
  Promise.all([service, broken].map((server) => new Promise<void>((up) => server.listen(0, '127.0.0.1', up)))),
)
afterAll(() => Promise.all([service, broken].map((server) => new Promise((down) => server.close(down)))))

describe('the service of the README', () => {
  const token = mint(shapes.oidc)

  it('greets who it knows', async () => {
    expect(await ask(service, [`Bearer ${token}`])).toEqual({
      status: 200,
      challenge: undefined,
      body: 'Hello, wIIK903oPU0nKClpkqvdhPsf6s4\n',
    })
  })

  it('tells who presents nothing where to begin', async () => {
    expect(await ask(service)).toEqual({ status: 401, challenge: `Bearer ${metadata}`, body: '' })
  })

  it('refuses a bad token, two headers, and a token in the query', async () => {
    const invalid = { status: 401, challenge: `Bearer error="invalid_token", ${metadata}`, body: '' }
    expect(await ask(service, [`Bearer ${token}x`])).toEqual(invalid)
    expect(await ask(service, [`Bearer ${token}`, `Bearer ${token}`])).toEqual(invalid)
    expect(await ask(service, [], `/?access_token=${token}`)).toMatchObject({
      status: 401,
      challenge: `Bearer ${metadata}`,
    })
  })

  it('says that it cannot tell while keys are out of reach', async () => {
    expect(await ask(broken, [`Bearer ${token}`])).toEqual({ status: 503, challenge: undefined, body: '' })
  })

  it('is what the README shows', async () => {
    const [readme, source] = await Promise.all(
      ['../README.md', './example/service.ts'].map((path) => readFile(new URL(path, import.meta.url), 'utf8')),
    )
    expect(readme).toContain(`\`\`\`ts\n${source}\`\`\``)
  })
})
