import { describe, expect, it } from 'vitest'
import { authorizationOf, type Headers, parseCredential, uncheckedToken } from '../../src/token/authorization.ts'
import { identityWith } from '../kit/identities.ts'
import { mint, shapes } from '../kit/mint.ts'

const token = mint(shapes.oidc)

describe('an Authorization header', () => {
  const accepted: readonly (readonly [string, Headers])[] = [
    ['in lower case', { authorization: `bearer ${token}` }],
    ['in upper case', { AUTHORIZATION: `BEARER ${token}` }],
    ['in mixed case', { Authorization: `BeArEr ${token}` }],
    ['with several spaces', { authorization: `Bearer    ${token}` }],
    ['as a list of one', { authorization: [`Bearer ${token}`] }],
    ['before an absent one', { authorization: `Bearer ${token}`, Authorization: undefined }],
    ['beside an absent one', { Authorization: undefined, authorization: `Bearer ${token}` }],
    [
      'among others',
      { host: 'x', 'x-authorization': 'Basic eDp5', authorizations: 'y', authorization: `Bearer ${token}` },
    ],
  ]
  it.each(accepted)('is understood %s', async (_what, headers) => {
    expect(await identityWith().authenticate(headers)).toMatchObject({ kind: 'user', subject: 'person-1' })
  })

  const absent: readonly (readonly [string, Headers])[] = [
    ['no headers', {}],
    ['an empty list', { authorization: [] }],
    ['undefined', { authorization: undefined }],
    ['a name of the same length', { authorizatioN_: 'Bearer x', authorizatiom: 'Bearer x' }],
    [
      'headers that only claim who calls',
      { 'x-user-id': 'alice', 'x-amzn-oidc-data': token, cookie: `token=${token}` },
    ],
  ]
  it.each(absent)('is absent: %s', async (_what, headers) => {
    expect(await identityWith().authenticate(headers)).toEqual({ kind: 'anonymous' })
  })
})

describe('parseCredential', () => {
  it('takes a token of exactly the bound, however the scheme is spelled', () => {
    expect(parseCredential(`Bearer ${'a'.repeat(20)}`, 20, ['Bearer']).token).toBe('a'.repeat(20))
    expect(() => parseCredential(`Bearer ${'a'.repeat(21)}`, 20, ['Bearer'])).toThrow(
      expect.objectContaining({ reason: 'token_too_long' }),
    )
  })

  it.each(['DPoP', 'dpop', 'DPOP'])('takes %s only where the scheme is accepted', (name) => {
    expect(parseCredential(`${name} x`, 20, ['Bearer', 'DPoP'])).toEqual({ scheme: 'DPoP', token: 'x' })
    expect(() => parseCredential(`${name} x`, 20, ['Bearer'])).toThrow(
      expect.objectContaining({ reason: 'scheme_unsupported' }),
    )
  })

  it.each(['DPoP', 'DPoP ', 'DPoP x y', 'DPoP x, DPoP x'])('refuses %j', (authorization) => {
    expect(() => parseCredential(authorization, 20, ['Bearer', 'DPoP'])).toThrow(
      expect.objectContaining({ reason: 'authorization_malformed' }),
    )
  })
})

describe('uncheckedToken', () => {
  it('returns what follows the scheme, and nothing after any other seven characters', () => {
    expect(uncheckedToken('Bearer x y')).toBe('x y')
    expect(uncheckedToken('bearer x')).toBeUndefined()
    expect(uncheckedToken('Basic  x')).toBeUndefined()
  })

  it('does not accept a verified token after another scheme', async () => {
    const identity = identityWith()
    await identity.authenticate({ authorization: `Bearer ${token}` })
    for (const prefix of ['Basic  ', 'Digest ', 'xxxxxxx', '       ', 'Bearer.']) {
      await expect(identity.authenticate({ authorization: `${prefix}${token}` })).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      })
    }
  })
})

describe('authorizationOf', () => {
  it.each([null, 7, true, {}, { 0: 'Bearer x', length: 1 }, [null], [7], [['Bearer x']]])(
    'refuses %j, which is neither a text nor missing',
    async (authorization) => {
      await expect(identityWith().authenticate({ authorization } as unknown as Headers)).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
        reason: 'authorization_malformed',
      })
    },
  )

  it('reads headers without a prototype', () => {
    expect(authorizationOf(Object.assign(Object.create(null), { authorization: 'x' }))).toBe('x')
  })
})
