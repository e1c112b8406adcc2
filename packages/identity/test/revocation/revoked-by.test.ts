import type { Service, User } from '@fieldnotes/core/principal'
import type { Revocation } from '@fieldnotes/core/revocation'
import { describe, expect, it } from 'vitest'
import { indexRevocations, isRevokedBy } from '../../src/revocation/revoked-by.ts'
import { aService, aUser, signedInAt } from '../kit/principals.ts'

const user = aUser()
const service = aService()
const { id: personId, issuer } = user

function refuses(entries: readonly Revocation[], principal: User | Service): boolean {
  return isRevokedBy(indexRevocations(entries), principal)
}

const before = signedInAt - 1
const after = signedInAt + 1
const undated = aUser({ authenticatedAt: undefined })
const webClient = { kind: 'client', issuer, clientId: 'web' } as const
const webApp = { kind: 'app', personId, clientId: 'web' } as const

/** An entry, the principal that it refuses, and its twin, which goes on. */
const refusals: readonly (readonly [what: string, Revocation, refused: User | Service, twin: User | Service])[] = [
  ['a person until after the sign-in', { kind: 'person', personId, at: after }, user, aUser({ id: 'another' })],
  [
    'a person in the second of the sign-in',
    { kind: 'person', personId, at: signedInAt },
    user,
    aUser({ authenticatedAt: after }),
  ],
  [
    'a person without sign-in time',
    { kind: 'person', personId, at: 1 },
    undated,
    aUser({ id: 'another', authenticatedAt: undefined }),
  ],
  ['a login', { kind: 'login', loginId: 'login-1' }, user, aUser({ loginId: 'login-2' })],
  ['a login, of a credential without one', { kind: 'login', loginId: 'login-1' }, user, aUser({ loginId: undefined })],
  [
    'a refreshed token of a login',
    { kind: 'login', loginId: 'login-1' },
    aUser({ tokenId: 'token-9' }),
    aUser({ loginId: 'login-2' }),
  ],
  ['a token', { kind: 'token', issuer, tokenId: 'token-1' }, user, aUser({ tokenId: 'token-2' })],
  ['a token of this issuer alone', { kind: 'token', issuer, tokenId: 'token-1' }, user, aUser({ issuer: 'firebase' })],
  [
    'a token, of a credential without id',
    { kind: 'token', issuer, tokenId: 'token-1' },
    user,
    aUser({ tokenId: undefined }),
  ],
  ['an app until after the sign-in', { ...webApp, at: after }, user, aUser({ clientId: 'mobile' })],
  ['an app in the second of the sign-in', { ...webApp, at: signedInAt }, user, aUser({ authenticatedAt: after })],
  ['an app, of one person', { ...webApp, at: after }, user, aUser({ id: 'another' })],
  ['an app, of a token without client', { ...webApp, at: after }, user, aUser({ clientId: undefined })],
  ['a client, for its people', { ...webClient, at: after }, user, aUser({ authenticatedAt: after + 1 })],
  ['a client of this issuer alone', { ...webClient, at: after }, user, aUser({ issuer: 'firebase' })],
  [
    'a client, for itself',
    { kind: 'client', issuer, clientId: 'robot', at: 1 },
    service,
    aService({ clientId: 'other' }),
  ],
  [
    'a client, for itself, whatever its token says of a sign-in',
    { kind: 'client', issuer, clientId: 'robot', at: 1 },
    aService({ authenticatedAt: after }),
    aService({ clientId: 'other' }),
  ],
  ['a service by its id', { kind: 'person', personId: service.id, at: 1 }, service, aService({ id: 'another' })],
  ['a key', { kind: 'key', thumbprint: 'thumb-1' }, aUser({ boundTo: 'thumb-1' }), user],
]

describe('an entry of the list', () => {
  it.each(refusals)('refuses %s, and not the twin', (_what, entry, refused, twin) => {
    expect(refuses([entry], refused)).toBe(true)
    expect(refuses([entry], twin)).toBe(false)
  })

  it('spares a sign-in that is later by one second', () => {
    expect(refuses([{ kind: 'person', personId, at: before }], user)).toBe(false)
    expect(
      refuses(
        [
          { ...webApp, at: before },
          { ...webClient, at: before },
        ],
        user,
      ),
    ).toBe(false)
  })

  it('counts with the latest instant of its person, in any order', () => {
    const early: Revocation = { kind: 'person', personId, at: before }
    const late: Revocation = { kind: 'person', personId, at: after }
    expect(refuses([late, early], user)).toBe(true)
    expect(refuses([early, late], user)).toBe(true)
  })

  it.each([
    ['a login named as a person', { kind: 'login', loginId: personId }],
    ['a token whose id has the text of another kind', { kind: 'token', issuer: 'x', tokenId: `${issuer}#token-1` }],
    ['a client that is named as the person', { kind: 'client', issuer, clientId: personId, at: after }],
  ] as const)('does not refuse across kinds: %s', (_what, entry) => {
    expect(refuses([entry], user)).toBe(false)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('with the instant %s refuses: it is closed', (at) => {
    expect(refuses([{ kind: 'person', personId, at }], user)).toBe(true)
  })

  it('of an unknown kind makes the whole list unusable, instead of being skipped', () => {
    const unknown = { kind: 'group', groupId: 'staff' } as unknown as Revocation
    expect(() => indexRevocations([unknown])).toThrow(TypeError)
  })
})
