import { describe, expect, it } from 'vitest'
import { authenticate, identityWith } from './kit/identities.ts'
import { mint, shapes } from './kit/mint.ts'
import { now } from './kit/rows.ts'

describe('authenticate', () => {
  it('returns anonymous without an Authorization header', async () => {
    expect(await identityWith().authenticate({ 'x-user-id': 'alice', authorization: undefined })).toEqual({
      kind: 'anonymous',
    })
  })

  it('returns a user for a Cognito access token', async () => {
    expect(await authenticate(identityWith(), mint(shapes.cognito))).toEqual({
      kind: 'user',
      id: expect.stringMatching(/^[A-Za-z0-9_-]{27}$/),
      issuer: 'cognito',
      subject: shapes.cognito.claims.sub,
      clientId: 'web',
      scopes: new Set(['notes:read']),
      groups: new Set(['cognito:staff']),
      authenticatedAt: now - 60,
      tokenId: 'c-1',
      loginId: 'login-1',
      actor: undefined,
      thirdParty: false,
      boundTo: undefined,
      via: 'bearer',
      expiresAt: now + 300,
      name: 'alice',
      email: undefined,
    })
  })

  it('returns a user for a Firebase ID token', async () => {
    expect(await authenticate(identityWith(), mint(shapes.firebase))).toMatchObject({
      kind: 'user',
      issuer: 'firebase',
      clientId: undefined,
      scopes: new Set(['notes:read']),
      groups: new Set(['firebase:staff']),
      name: 'Carol',
      email: 'carol@example.com',
    })
  })

  it('returns a user for an RFC 9068 access token', async () => {
    expect(await authenticate(identityWith(), mint(shapes.oidc))).toMatchObject({
      kind: 'user',
      issuer: 'own',
      clientId: 'app-1',
      scopes: new Set(['notes:read']),
      groups: new Set(['own:staff']),
    })
  })

  it('returns the same frozen principal for the same token', async () => {
    const identity = identityWith()
    const token = mint(shapes.cognito)
    const first = await authenticate(identity, token)
    expect(await authenticate(identity, token)).toBe(first)
    expect(Object.isFrozen(first)).toBe(true)
  })
})
