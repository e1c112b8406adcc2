import { AppError, type ErrorCode, errors } from '@fieldnotes/core/error'
import type { Remedy } from '@fieldnotes/core/remedy'
import { describe, expect, it } from 'vitest'
import { authenticate, identityWith } from '../kit/identities.ts'
import { mint, shapes } from '../kit/mint.ts'
import { cognitoRow, fieldnotesRow, firebaseRow, oidcRow, resource } from '../kit/rows.ts'

const identity = identityWith()
const metadata = 'resource_metadata="https://api.fieldnotes.dev/.well-known/oauth-protected-resource/graphql"'

describe('a challenge', () => {
  it('has the metadata URL and no error for a request without credential (RFC 6750 §3.1)', () => {
    expect(identity.challenge(new AppError('UNAUTHENTICATED', 'refused by rule'))).toBe(`Bearer ${metadata}`)
  })

  it('says invalid_token for a refused credential, and not the reason', async () => {
    for (const headers of [
      { authorization: 'Bearer x' },
      { authorization: 'Basic eDp5' },
      { authorization: `Bearer ${mint(shapes.oidc, { exp: 1, iat: 0 })}` },
    ]) {
      const error = await identity.authenticate(headers).catch((thrown: AppError) => thrown)
      expect(identity.challenge(error as AppError)).toBe(`Bearer error="invalid_token", ${metadata}`)
    }
  })

  it('says insufficient_scope for FORBIDDEN', () => {
    expect(identity.challenge(new AppError('FORBIDDEN', 'x'))).toBe(`Bearer error="insufficient_scope", ${metadata}`)
  })

  const remedies: readonly [Remedy, string | undefined][] = [
    [
      {
        kind: 'SCOPES',
        scopes: [
          ['a', 'b'],
          ['c', 'd', 'e'],
        ],
      },
      'error="insufficient_scope", scope="a b"',
    ],
    [
      { kind: 'SCOPES', scopes: [['notes:read']], issuerScopes: [['notes/read']] },
      'error="insufficient_scope", scope="notes/read"',
    ],
    [{ kind: 'SCOPES', scopes: [['two words']] }, 'error="insufficient_scope"'],
    [{ kind: 'SCOPES', scopes: [['a"b'], ['a']] }, 'error="insufficient_scope"'],
    [{ kind: 'STEP_UP', maxAge: 300 }, 'error="insufficient_user_authentication", max_age="300"'],
    [{ kind: 'ASK_OWNER' }, undefined],
  ]
  it.each(remedies)('says what the remedy of FORBIDDEN says: %j', (remedy, reason) => {
    const challenge = identity.challenge(new AppError('FORBIDDEN', 'x', { remedy }))
    expect(challenge).toBe(reason && `Bearer ${reason}, ${metadata}`)
  })

  const others = (Object.keys(errors) as ErrorCode[]).filter(
    (code) => code !== 'UNAUTHENTICATED' && code !== 'FORBIDDEN',
  )
  it.each(others)('is not made for %s', (code) => {
    expect(identity.challenge(new AppError(code, 'expired'))).toBeUndefined()
  })

  it('quotes nothing that came from outside', () => {
    expect(identity.challenge(new AppError('UNAUTHENTICATED', 'x"\r\nSet-Cookie: a'))).toBe(`Bearer ${metadata}`)
    expect(identity.challenge(new AppError('UNAUTHENTICATED', 'toString'))).toBe(`Bearer ${metadata}`)
  })
})

describe('an error of identity', () => {
  it('has the same message for every refusal, and no cause', async () => {
    const refused = await Promise.all(
      [
        mint(shapes.oidc, { exp: 1, iat: 0 }),
        mint(shapes.cognito, { token_use: 'id' }),
        'x',
        `${mint(shapes.oidc)}x`,
      ].map((token) => authenticate(identity, token).catch((thrown: AppError) => thrown)),
    )
    for (const error of refused) {
      expect(error).toMatchObject({ code: 'UNAUTHENTICATED', message: errors.UNAUTHENTICATED.message, extensions: {} })
      expect((error as AppError).cause).toBeUndefined()
    }
    expect(new Set(refused.map((error) => (error as AppError).reason)).size).toBe(4)
  })
})

describe('the metadata of the resource', () => {
  it('names the authorization servers and their scopes as clients request them (RFC 9728 §2)', () => {
    expect(identity.metadata).toEqual({
      resource,
      authorization_servers: [cognitoRow.issuer, oidcRow.issuer, fieldnotesRow.issuer],
      scopes_supported: ['notes/read', 'notes/write', 'notes:read', 'notes:write'],
      bearer_methods_supported: ['header'],
    })
  })

  it('has no authorization server where there is only Firebase', () => {
    expect(identityWith({ issuers: [firebaseRow] }).metadata).toMatchObject({
      authorization_servers: [],
      scopes_supported: [],
    })
  })

  it.each([
    ['https://api.fieldnotes.dev', 'https://api.fieldnotes.dev/.well-known/oauth-protected-resource'],
    ['https://api.fieldnotes.dev/', 'https://api.fieldnotes.dev/.well-known/oauth-protected-resource'],
    [
      'https://api.fieldnotes.dev:8443/v1/graphql',
      'https://api.fieldnotes.dev:8443/.well-known/oauth-protected-resource/v1/graphql',
    ],
    ['https://api.fieldnotes.dev/g?v=1', 'https://api.fieldnotes.dev/.well-known/oauth-protected-resource/g?v=1'],
  ])('of %s is at %s (RFC 9728 §3.1)', (own, url) => {
    expect(identityWith({ resource: own }).metadataUrl).toBe(url)
  })
})
