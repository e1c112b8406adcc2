import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auth0, cognito, firebase } from '../examples/issuers.ts'
import { personId } from '../src/principal/person-id.ts'
import { type Example, freePort, send, startExample } from './kit/example.ts'
import { identityWith } from './kit/identities.ts'
import { createKeyServer, type KeyServer } from './kit/key-server.ts'
import { keys } from './kit/keys.ts'
import { mint, shapes } from './kit/mint.ts'

const issuer = 'https://auth.example.com'
const metadata = 'resource_metadata="https://api.example.com/.well-known/oauth-protected-resource"'
const json = 'application/json'
const seconds = Math.floor(Date.now() / 1000)
const token = mint(shapes.oidc, {
  iss: issuer,
  aud: 'https://api.example.com/',
  scope: 'openid read',
  iat: seconds,
  exp: seconds + 300,
  auth_time: undefined,
})

const program = join(import.meta.dirname, '../examples/node-http.ts')

describe('the program of the README', () => {
  let keyServer: KeyServer
  let example: Example
  let broken: Example
  beforeAll(async () => {
    keyServer = await createKeyServer(keys.oidc.jwk)
    example = await startExample(program, new URL(keyServer.url).origin)
    broken = await startExample(program, `http://127.0.0.1:${await freePort()}`)
  })
  afterAll(() => Promise.all([example?.stop(), broken?.stop(), keyServer?.[Symbol.asyncDispose]()]))

  const refusal = {
    ...{ code: 'UNAUTHENTICATED', message: 'Sign in to do this.', remedy: { kind: 'SIGN_IN' } },
    resourceMetadata: 'https://api.example.com/.well-known/oauth-protected-resource',
  }
  const refused = { status: 401, type: json, body: JSON.stringify(refusal) }

  it('answers a caller with a good token', async () => {
    expect(await send(example.port, [`Bearer ${token}`])).toMatchObject({
      status: 200,
      challenge: undefined,
      body: JSON.stringify({ id: personId(issuer, 'person-1'), scopes: ['notes:read'] }),
    })
  })

  it('sends the URL of the metadata to a caller without token', async () => {
    expect(await send(example.port)).toEqual({ ...refused, challenge: `Bearer ${metadata}` })
  })

  it('refuses a bad token, two headers, and a token in the query', async () => {
    const invalid = { ...refused, challenge: `Bearer error="invalid_token", ${metadata}` }
    expect(await send(example.port, [`Bearer ${token}x`])).toEqual(invalid)
    expect(await send(example.port, [`Bearer ${token}`, `Bearer ${token}`])).toEqual(invalid)
    expect(await send(example.port, [], `/?access_token=${token}`)).toEqual({
      ...refused,
      challenge: `Bearer ${metadata}`,
    })
  })

  it('is unavailable while the keys can not be fetched', async () => {
    expect(await send(broken.port, [`Bearer ${token}`])).toMatchObject({ status: 503, challenge: undefined })
  })
})

describe('the README', () => {
  it.each(['node-http.ts', 'issuers.ts', 'revocation.ts', 'group-policies.ts', 'bound-tokens.ts', 'introspection.ts'])(
    'shows examples/%s as it is',
    async (file) => {
      const [readme, source] = await Promise.all(
        ['README.md', `examples/${file}`].map((path) => readFile(join(import.meta.dirname, '..', path), 'utf8')),
      )
      expect(readme).toContain(`\`\`\`ts\n${source}\`\`\``)
    },
  )

  it('shows issuers that a deployment accepts', () => {
    const settings = { issuers: [auth0, cognito, firebase], loopbackIssuers: 'refuse' } as const
    expect(identityWith(settings).metadata.authorization_servers).toEqual([auth0.issuer, cognito.issuer])
  })
})
