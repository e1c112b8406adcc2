import { AppError } from '@fieldnotes/core/error'
import type { Principal, User } from '@fieldnotes/core/principal'
import { describe, expect, it, vi } from 'vitest'
import type { AllowedScopes } from '../../src/groups/group-policies.ts'
import { createAuthenticateSigned } from '../../src/signed-requests.ts'
import { authenticate, identityWith, outcomeOf } from '../kit/identities.ts'
import { mint, shapes } from '../kit/mint.ts'
import { cognitoRow, now } from '../kit/rows.ts'

const token = mint(shapes.cognito)
const undecided = 'UNAVAILABLE group_policies_unavailable'

function scopesOf(principal: Principal): readonly string[] {
  return principal.kind === 'anonymous' ? [] : [...principal.scopes]
}

async function narrowed(allowedScopes: AllowedScopes): Promise<User> {
  const principal = await authenticate(identityWith({ allowedScopes }), token)
  if (principal.kind === 'user') return principal
  throw new Error(principal.kind)
}

describe('a credential', () => {
  it('keeps the scopes that are allowed, and says which were taken', async () => {
    const { scopes, allowedScopes, withheldScopes } = await narrowed(() => new Set(['notes:write']))
    expect([scopes, allowedScopes, withheldScopes]).toEqual([
      new Set(),
      new Set(['notes:write']),
      new Set(['notes:read']),
    ])
  })

  it('gets no scope that its token does not have', async () => {
    expect([...(await narrowed(() => new Set(['notes:read', 'notes:write', 'notes:audit']))).scopes]).toEqual([
      'notes:read',
    ])
  })

  it('is the principal of its token where nothing narrows', async () => {
    expect(await narrowed(() => 'all')).toEqual(await authenticate(identityWith(), token))
  })

  it('is frozen, with its sets', async () => {
    const principal = await narrowed(() => new Set<string>())
    expect(Object.isFrozen(principal)).toBe(true)
    for (const set of [principal.scopes, principal.withheldScopes])
      expect(() => (set as Set<string>).add('notes:write')).toThrow(TypeError)
  })

  it('that is remembered is one object for one set, and another one after a change', async () => {
    let allowed: ReadonlySet<string> = new Set(['notes:read'])
    const identity = identityWith({ allowedScopes: () => allowed })
    const first = await authenticate(identity, token)
    expect(await authenticate(identity, token)).toBe(first)
    allowed = new Set()
    const second = await authenticate(identity, token)
    expect([scopesOf(first), scopesOf(second)]).toEqual([['notes:read'], []])
    allowed = new Set(['notes:read'])
    expect(scopesOf(await authenticate(identity, token))).toEqual(['notes:read'])
  })

  it('is narrowed for requireCaller, and by a check that is asynchronous', async () => {
    const identity = identityWith({ allowedScopes: async () => new Set<string>() })
    expect(scopesOf(await identity.requireCaller({ authorization: `Bearer ${token}` }))).toEqual([])
  })
})

describe('allowedScopes', () => {
  it('is called for no request without a token, and for none with a bad one', async () => {
    const allowedScopes = vi.fn<AllowedScopes>(() => 'all')
    const identity = identityWith({ allowedScopes })
    await identity.authenticate({})
    expect(await outcomeOf(authenticate(identity, `${token}x`))).toContain('UNAUTHENTICATED')
    expect(allowedScopes).not.toHaveBeenCalled()
    await authenticate(identity, token)
    await authenticate(identity, token)
    expect(allowedScopes).toHaveBeenCalledTimes(2)
  })

  it.each<readonly [string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('no answer')
      },
    ],
    [
      'throws a refusal of its own',
      () => {
        throw new AppError('FORBIDDEN', 'odd')
      },
    ],
    ['rejects', () => Promise.reject(new Error('no answer'))],
    ['returns nothing', () => undefined],
    ['resolves to nothing', async () => undefined],
    ['returns a list', () => ['notes:read']],
    ['returns another word', () => 'none'],
    ['resolves to true', async () => true],
  ])('that %s refuses the credential as an outage', async (_what, allowedScopes) => {
    const identity = identityWith({ allowedScopes: allowedScopes as AllowedScopes })
    expect(await outcomeOf(authenticate(identity, token))).toBe(undecided)
  })

  it('never hides a revocation, and a rejection of either is handled', async () => {
    const failing: AllowedScopes = () => {
      throw new Error('no answer')
    }
    const sync = identityWith({ isRevoked: () => true, allowedScopes: failing })
    expect(await outcomeOf(authenticate(sync, token))).toBe('UNAUTHENTICATED revoked')
    for (const isRevoked of [async () => true, () => Promise.reject(new Error('no answer'))]) {
      const identity = identityWith({ isRevoked, allowedScopes: failing })
      expect(await outcomeOf(authenticate(identity, token))).toMatch(/revoked|unavailable/)
    }
    const passing = identityWith({ isRevoked: async () => false, allowedScopes: async () => 'all' as const })
    expect(await outcomeOf(authenticate(passing, token))).toBe('accepted')
  })
})

describe('a signed request', () => {
  const provider = 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI'
  const subject = String(shapes.cognito.claims.sub)
  const role = 'arn:aws:sts::123456789012:assumed-role/reports'
  const settings = {
    userPool: cognitoRow,
    provider,
    identityPoolId: 'eu-west-1:11111111-2222-3333-4444-555555555555',
    clientId: 'web',
    scopes: ['notes:read', 'notes:write'],
    services: { [role]: ['notes:read'] },
  }
  const amr = ['authenticated', provider, `${provider}:CognitoSignIn:${subject}`]
  const person = { cognitoIdentity: { amr, identityPoolId: settings.identityPoolId } }
  const signed = (iam: unknown, allowedScopes: AllowedScopes) =>
    createAuthenticateSigned(settings, { isRevoked: undefined, allowedScopes, clock: () => now * 1000 })(iam)

  it('is narrowed as a token is', async () => {
    expect(scopesOf(await signed(person, () => new Set(['notes:read'])))).toEqual(['notes:read'])
    expect(scopesOf(await signed(person, () => 'all'))).toEqual(['notes:read', 'notes:write'])
  })

  it('is an outage where the policies are out of reach', async () => {
    expect(await outcomeOf(signed(person, () => Promise.reject(new Error('no answer'))))).toBe(undecided)
  })
})
