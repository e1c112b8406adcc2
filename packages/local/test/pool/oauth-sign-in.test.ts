/** A sign-in with code and PKCE at the user pool, driven by openid-client and judged by `identity` as deployed. */
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'
import { cognitoSubject } from '../../src/issuers/token-claims.ts'
import { bearer, signInAs, useOAuth } from './kit/oauth.ts'
import { createVisitor } from './kit/visitor.ts'

const { open, signedIn } = useOAuth()

describe('a sign-in with code and PKCE', () => {
  it('gives tokens of Cognito’s shape, which identity accepts as alice of the token command', async () => {
    const { pool, tokens } = await signedIn()
    expect(decodeProtectedHeader(tokens.access_token)).toEqual({ alg: 'RS256', kid: pool.keys.cognito.kid })
    const claims = decodeJwt(tokens.access_token)
    expect(claims).toEqual({
      sub: cognitoSubject('alice'),
      iss: pool.issuer,
      version: 2,
      client_id: 'localclient0001',
      origin_jti: expect.stringMatching(/^[\w-]{36}$/),
      event_id: expect.any(String),
      token_use: 'access',
      scope: 'openid email profile notes/read notes/write',
      auth_time: expect.any(Number),
      exp: (claims.iat ?? 0) + 900,
      iat: expect.any(Number),
      jti: expect.any(String),
      username: 'alice',
      name: 'Alice',
      email: 'alice@cognito.example',
      email_verified: true,
    })
    expect(await pool.identity.authenticate(bearer(tokens.access_token))).toMatchObject({
      kind: 'user',
      subject: cognitoSubject('alice'),
      clientId: 'localclient0001',
      scopes: new Set(['notes:read', 'notes:write']),
    })
  })

  it('gives an ID token for the app alone', async () => {
    const { pool, tokens } = await signedIn()
    expect(tokens.claims()).toMatchObject({
      aud: 'localclient0001',
      token_use: 'id',
      'cognito:username': 'alice',
      email_verified: true,
      origin_jti: decodeJwt(tokens.access_token).origin_jti,
    })
    await expect(pool.identity.authenticate(bearer(tokens.id_token ?? ''))).rejects.toThrow()
  })

  it('takes the address in place of the name, and all scopes of the client when none is requested', async () => {
    const { app, visitor } = await open()
    const started = await app.start({ scope: '' })
    const view = await signInAs(
      visitor,
      started.url.replace('scope=&', ''),
      'ALICE@cognito.example',
      'fieldnotes-alice',
    )
    const { scope } = decodeJwt((await app.redeem(started, view)).access_token)
    expect(scope).toBe(
      'openid email profile aws.cognito.signin.user.admin notes/read notes/write notes/share notes/trash',
    )
  })

  it('gives an audience to a token that is requested for the API, and to no other resource', async () => {
    const { pool, app, visitor } = await open()
    const started = await app.start({ resource: `${pool.url}/graphql` })
    const { access_token } = await app.redeem(started, await signInAs(visitor, started.url))
    expect(decodeJwt(access_token).aud).toBe(`${pool.url}/graphql`)
    await expect(pool.identity.authenticate(bearer(access_token))).resolves.toMatchObject({ kind: 'user' })
    const other = await app.start({ resource: 'https://elsewhere.example/' })
    expect((await visitor.open(other.url)).url).toMatch(/error=invalid_target/)
  })

  it('shows no second page while the session lives, unless the app wants it', async () => {
    const { app, visitor } = await signedIn()
    const silent = await app.start({ prompt: 'none' })
    expect((await visitor.open(silent.url)).url).toMatch(/code=/)
    const login = await app.start({ prompt: 'login' })
    expect((await visitor.open(login.url)).html).toContain('name="password"')
    const stranger = createVisitor(new URL((await app.start()).url).origin)
    expect((await stranger.open(silent.url)).url).toMatch(/error=login_required/)
  })

  it('opens the page of sign-up, and that of Google, when the app says so', async () => {
    const { pool, app, visitor } = await open()
    const { search } = new URL((await app.start()).url)
    expect((await visitor.open(`${pool.issuer}/signup${search}`)).html).toContain('Make an account')
    expect((await visitor.open(`${pool.issuer}/login${search}`)).html).toContain('name="password"')
    const google = await app.start({ identity_provider: 'Google' })
    expect((await visitor.open(google.url)).url).toContain(`${pool.url}/google/`)
  })
})
