/** Apps of third parties by two libraries of other authors' making, unpatched: openid-client and oauth4webapi. */
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { beforeAll, describe, expect, it } from 'vitest'
import { agreedAt, parametersOf } from './support/command-line.ts'
import { type AppName, appNames, linkedApps } from './support/linked-apps.ts'
import { ephemeralIssuer } from './support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()
const { add, appOf } = linkedApps(issuer)

beforeAll(add)

/** What a library reports of one link: signed in, refreshed, introspected, read by userinfo, and revoked. */
interface Link {
  readonly active: boolean
  readonly sub: string
  readonly named: string | undefined
  /** After the revocation. */
  readonly ended: boolean
}

const insecure = { execute: [openid.allowInsecureRequests], algorithm: 'oauth2' as const }
const openidAuth = { basic: openid.ClientSecretBasic, post: openid.ClientSecretPost, nothing: openid.None } as const
const provider = { provider: 'Cognito', scope: 'notes:read' }

async function byOpenidClient(name: AppName): Promise<Link> {
  const { id, secret, sends, redirectUri: redirect_uri, pkce } = appOf(name)
  const config = await openid.discovery(new URL(issuer().issuer), id, undefined, openidAuth[sends](secret), insecure)
  const [verifier, expectedState] = [openid.randomPKCECodeVerifier(), openid.randomState()]
  const code_challenge = await openid.calculatePKCECodeChallenge(verifier)
  const challenge = pkce ? { code_challenge, code_challenge_method: 'S256' } : {}
  const request = { redirect_uri, state: expectedState, ...provider, ...challenge }
  const back = new URL(await agreedAt(cloud, openid.buildAuthorizationUrl(config, request).href))
  const checks = { expectedState, ...(pkce && { pkceCodeVerifier: verifier }) }
  const first = await openid.authorizationCodeGrant(config, back, checks)
  const { access_token } = await openid.refreshTokenGrant(config, String(first.refresh_token))
  const { active, sub = '' } = await openid.tokenIntrospection(config, access_token)
  const { name: named } = await openid.fetchUserInfo(config, access_token, sub)
  await openid.tokenRevocation(config, access_token)
  return { active, sub, named, ended: !(await openid.tokenIntrospection(config, access_token)).active }
}

const options = { [oauth.allowInsecureRequests]: true }
const oauthAuth = { basic: oauth.ClientSecretBasic, post: oauth.ClientSecretPost, nothing: oauth.None } as const

async function byOauth4webapi(name: AppName): Promise<Link> {
  const { id, secret, sends, redirectUri, pkce } = appOf(name)
  const url = new URL(issuer().issuer)
  const found = await oauth.discoveryRequest(url, { algorithm: 'oauth2', ...options })
  const [as, client, auth] = [
    await oauth.processDiscoveryResponse(url, found),
    { client_id: id },
    oauthAuth[sends](secret),
  ]
  const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()]
  const code_challenge = await oauth.calculatePKCECodeChallenge(verifier)
  const challenge = pkce ? { code_challenge, code_challenge_method: 'S256' } : {}
  const request = { client_id: id, response_type: 'code', redirect_uri: redirectUri, state, ...provider, ...challenge }
  const at = await agreedAt(cloud, `${as.authorization_endpoint}?${new URLSearchParams(request)}`)
  const back = oauth.validateAuthResponse(as, client, new URL(at), state)
  const withVerifier = pkce ? verifier : oauth.nopkce
  const grant = await oauth.authorizationCodeGrantRequest(as, client, auth, back, redirectUri, withVerifier, options)
  const first = await oauth.processAuthorizationCodeResponse(as, client, grant)
  const refreshed = await oauth.refreshTokenGrantRequest(as, client, auth, String(first.refresh_token), options)
  const { access_token } = await oauth.processRefreshTokenResponse(as, client, refreshed)
  const introspected = async () =>
    oauth.processIntrospectionResponse(
      as,
      client,
      await oauth.introspectionRequest(as, client, auth, access_token, options),
    )
  const { active, sub = '' } = await introspected()
  const person = await oauth.userInfoRequest(as, client, access_token, options)
  const { name: named } = await oauth.processUserInfoResponse(as, client, sub, person)
  await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, auth, access_token, options))
  return { active, sub, named, ended: !(await introspected()).active }
}

describe.each([
  ['openid-client', byOpenidClient],
  ['oauth4webapi', byOauth4webapi],
] as const)('%s', (_library, link) => {
  it.each(appNames)('signs a person in to %s, refreshes, introspects, reads userinfo and revokes', async (name) => {
    expect(await link(name)).toEqual({
      ...{ active: true, sub: expect.stringMatching(/^[\w-]{27}$/), named: 'Alice', ended: true },
    })
  })
})

it('names itself in each answer (RFC 9207)', async () => {
  const { id, redirectUri } = appOf('assistant')
  const request = { client_id: id, response_type: 'code', redirect_uri: redirectUri, scope: 'notes:audit' }
  const { headers } = await fetch(`${issuer().issuer}/authorize?${new URLSearchParams(request)}`, {
    redirect: 'manual',
  })
  expect(parametersOf({ url: headers.get('location') ?? '' })).toMatchObject({
    ...{ error: 'invalid_scope', iss: issuer().issuer },
  })
})
