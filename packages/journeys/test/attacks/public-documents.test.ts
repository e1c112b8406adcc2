/** The public documents of our own issuer: what they say, and to whom. */
import { describe, expect, it } from 'vitest'
import { ephemeralIssuer, exchange } from '../support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()

describe('the public documents', () => {
  const paths = ['/.well-known/oauth-authorization-server/oauth', '/oauth/.well-known/openid-configuration']

  it.each(paths)('%s says exactly what there is, whatever host a client claims', async (path) => {
    const headers = {
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
      origin: 'http://localhost:5173',
    }
    const response = await fetch(cloud.url + path, { headers })
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
    const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none']
    const algorithms = ['ES256', 'RS256', 'PS256']
    expect(await response.json()).toEqual({
      issuer: `${cloud.url}/oauth`,
      token_endpoint: `${cloud.url}/oauth/token`,
      jwks_uri: `${cloud.url}/oauth/jwks`,
      response_types_supported: ['code'],
      revocation_endpoint: `${cloud.url}/oauth/revoke`,
      authorization_endpoint: `${cloud.url}/oauth/authorize`,
      authorization_response_iss_parameter_supported: true,
      code_challenge_methods_supported: ['S256'],
      response_modes_supported: ['query'],
      revocation_endpoint_auth_methods_supported: methods,
      revocation_endpoint_auth_signing_alg_values_supported: algorithms,
      introspection_endpoint: `${cloud.url}/oauth/introspect`,
      introspection_endpoint_auth_methods_supported: methods,
      introspection_endpoint_auth_signing_alg_values_supported: algorithms,
      userinfo_endpoint: `${cloud.url}/oauth/userinfo`,
      grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token', exchange],
      token_endpoint_auth_methods_supported: methods,
      token_endpoint_auth_signing_alg_values_supported: algorithms,
      dpop_signing_alg_values_supported: ['ES256'],
      scopes_supported: ['notes:read', 'notes:write', 'notes:share', 'notes:trash', 'notes:audit'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    })
  })

  it('are readable by pages of other origins, as the tokens are, and preflights are answered', async () => {
    for (const path of ['/oauth/jwks', '/oauth/token', '/oauth/revoke']) {
      const headers = { origin: 'http://localhost:5173', 'access-control-request-method': 'POST' }
      const preflight = await fetch(cloud.url + path, { method: 'OPTIONS', headers })
      expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, headers.origin])
      const evil = await fetch(cloud.url + path, { headers: { origin: 'https://evil.example' } })
      expect(evil.headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

describe('documents', () => {
  it.each(['/oauth/jwks', '/oauth/.well-known/openid-configuration', '/.well-known/oauth-authorization-server/oauth'])(
    '%s answers a HEAD as its GET, without a body',
    async (path) => {
      const [get, head] = await Promise.all(['GET', 'HEAD'].map((method) => fetch(cloud.url + path, { method })))
      const named = ['content-type', 'content-length', 'cache-control'] as const
      expect([head?.status, await head?.text()]).toEqual([200, ''])
      expect(named.map((name) => head?.headers.get(name))).toEqual(named.map((name) => get?.headers.get(name)))
    },
  )

  it('name the endpoints, and how clients authenticate there', async () => {
    const metadata = await (await fetch(`${issuer().issuer}/.well-known/openid-configuration`)).json()
    const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none']
    expect(metadata).toMatchObject({
      introspection_endpoint: `${issuer().issuer}/introspect`,
      introspection_endpoint_auth_methods_supported: methods,
      revocation_endpoint_auth_methods_supported: methods,
      userinfo_endpoint: `${issuer().issuer}/userinfo`,
    })
    for (const method of ['HEAD', 'GET'])
      expect((await fetch(metadata.introspection_endpoint, { method })).status).toBe(405)
  })
})
