import { describe, expect, it } from 'vitest'
import { authenticate, identityWith, outcomeOf } from '../kit/identities.ts'
import { type Members, mint, type Shape, seal, shapes } from '../kit/mint.ts'
import { cognitoRow, now, oidcRow, resource } from '../kit/rows.ts'

const identity = identityWith()
const { cognito, firebase, oidc } = shapes
function nested(depth: number): unknown {
  return depth === 0 ? 0 : [nested(depth - 1)]
}

/** The last values that pass, each beside its refusals in the tables of attacks. */
const accepted: readonly (readonly [string, Shape, Members, Members?])[] = [
  ['expiring in a second', oidc, { exp: now + 1 }],
  ['issued 10 s ahead', oidc, { iat: now + 10 }],
  ['valid in 10 s', oidc, { nbf: now + 10 }],
  ['valid long since', oidc, { nbf: 0 }],
  ['a life of an hour and a minute', oidc, { iat: now - 60, exp: now + 3600 }],
  ['a life of a second', oidc, { iat: now, exp: now + 1 }],
  ['signed in 10 s ahead, by a clock that is as much ahead', oidc, { iat: now + 10, auth_time: now + 10 }],
  ['signed in 10 s after issue', oidc, { iat: now - 60, auth_time: now - 50 }],
  ['signed in at the epoch', oidc, { auth_time: 0 }],
  ['without the time of sign-in', oidc, { auth_time: undefined }],
  ['a subject of 128 characters', oidc, { sub: 'x'.repeat(128) }],
  ['a subject of one character', oidc, { sub: '!' }],
  ['a subject as Auth0 writes it', oidc, { sub: 'auth0|5f7c8ec7c33c6c004bbafe82' }],
  ['our audience in a list', oidc, { aud: [resource] }],
  ['another type of the same kind', oidc, {}, { typ: 'application/AT+JWT' }],
  ['a header member that we do not know', oidc, {}, { x5t: 'x', 'urn:x': { a: [1] } }],
  ['nesting of 16', oidc, { z: nested(15) }],
  ['Cognito’s other spelling', cognito, { iss: cognitoRow.issuerAlias }],
  ['another of our clients', cognito, { client_id: 'mobile' }],
  ['our resource as Cognito’s audience', cognito, { aud: resource }],
  ['Cognito without token id', cognito, { jti: undefined }],
  ['a type where none is needed', cognito, {}, { typ: 'JWT' }],
  ['Firebase without type', firebase, {}, { typ: undefined }],
  ['Firebase without user_id', firebase, { user_id: undefined }],
  ['Firebase without its own claim', firebase, { firebase: undefined }],
  ['claims that mean nothing to us', oidc, { roles: ['admin'], admin: true, act: { sub: 'x' }, 'https://x': null }],
]

describe('a token at the limit', () => {
  for (const [what, shape, claims, header] of accepted) {
    it(`is accepted: ${what}`, async () => {
      expect(await outcomeOf(authenticate(identity, mint(shape, claims, header)))).toBe('accepted')
    })
  }

  it('may have exactly 8,192 characters', async () => {
    const pad = (length: number) => mint(oidc, { pad: 'x'.repeat(length) })
    const start = pad(0).length
    const lengths = Array.from({ length: 5 }, (_, i) => Math.floor(((8192 - start) * 3) / 4) + i - 2)
    const exact = lengths.map(pad).find((token) => token.length === 8192) ?? ''
    expect(await outcomeOf(authenticate(identity, exact))).toBe('accepted')
  })

  it('may come from a pool with one spelling', async () => {
    const { issuerAlias, ...row } = cognitoRow
    const single = identityWith({ issuers: [row] })
    expect(await outcomeOf(authenticate(single, mint(cognito)))).toBe('accepted')
    expect(await outcomeOf(authenticate(single, mint(cognito, { iss: issuerAlias })))).toBe(
      'UNAUTHENTICATED issuer_unknown',
    )
  })

  it('may live as long as its row says', async () => {
    const longer = identityWith({ issuers: [{ ...oidcRow, lifetimeSecondsMax: 7200 }] })
    expect(await outcomeOf(authenticate(longer, mint(oidc, { iat: now, exp: now + 7200 })))).toBe('accepted')
    expect(await outcomeOf(authenticate(longer, mint(oidc, { iat: now, exp: now + 7201 })))).toBe(
      'UNAUTHENTICATED lifetime_too_long',
    )
  })

  it('may be of either algorithm where the row names both, each by its own keys', async () => {
    const served = { keys: [cognito.key.jwk, oidc.key.jwk] }
    const both = identityWith({
      issuers: [{ ...oidcRow, algorithms: ['RS256', 'ES256'] }],
      fetch: async () => Response.json(served),
    })
    const rsa: Shape = { ...oidc, key: cognito.key }
    const attempt = (shape: Shape, header: Members) => outcomeOf(authenticate(both, mint(shape, {}, header)))
    expect(await attempt(oidc, {})).toBe('accepted')
    expect(await attempt(rsa, { alg: 'RS256', kid: cognito.key.kid })).toBe('accepted')
    expect(await attempt(rsa, { alg: 'ES256', kid: cognito.key.kid })).toBe('UNAUTHENTICATED header_alg_unexpected')
    expect(await attempt(oidc, { alg: 'RS256' })).toBe('UNAUTHENTICATED header_alg_unexpected')
  })

  it('may repeat a member in another object, and hold what looks like one in a string', async () => {
    const claims = JSON.stringify({
      ...oidc.claims,
      a: { sub: 1 },
      b: [{ sub: 2 }, { sub: 3 }],
      c: '"sub":"\\',
      d: '{"__proto__":[',
    })
    expect(await outcomeOf(authenticate(identity, seal(oidc.key, oidc.header, claims)))).toBe('accepted')
  })
})
