import { AppError } from '@fieldnotes/core/error'
import type { Revocation } from '@fieldnotes/core/revocation'
import { describe, expect, it, vi } from 'vitest'
import { createRevocationList, type IsRevoked } from '../../src/revocation/revocation-list.ts'
import { authenticate, identityWith, outcomeOf } from '../kit/identities.ts'
import { type Members, mint, type Shape, shapes } from '../kit/mint.ts'
import { now } from '../kit/rows.ts'

const revoked = 'UNAUTHENTICATED revoked'
const undecided = 'UNAVAILABLE revocations_unavailable'
const all = Object.entries(shapes)
/** Another person: 20 bytes as base64url, which is a subject at every issuer. */
const twin = 'twin'.padEnd(27, 'A')

async function idOf(shape: Shape): Promise<string> {
  const principal = await authenticate(identityWith(), mint(shape))
  return principal.kind === 'anonymous' ? '' : principal.id
}

/** An identity whose list has these entries, and a clock that tests move. */
function listing(...entries: Revocation[]) {
  let seconds = now
  const clock = () => seconds * 1000
  const options = { read: () => entries, clock, windowSeconds: 3900, log: () => undefined }
  const identity = identityWith({ isRevoked: createRevocationList(options), clock })
  return {
    outcome: (shape: Shape, claims: Members = {}) => outcomeOf(authenticate(identity, mint(shape, claims))),
    add: (entry: Revocation) => entries.push(entry),
    wait: (more: number) => {
      seconds += more
    },
  }
}

describe.each(all)('a revoked person of %s', (_name, shape) => {
  it('is refused until the instant and in its second, and accepted after a new sign-in', async () => {
    const { outcome } = listing({ kind: 'person', personId: await idOf(shape), at: now - 60 })
    expect(await outcome(shape)).toBe(revoked)
    expect(await outcome(shape, { auth_time: now - 61 })).toBe(revoked)
    expect(await outcome(shape, { auth_time: now - 59 })).toBe('accepted')
  })

  it('is refused with a refreshed token, whose iat is later', async () => {
    const { outcome } = listing({ kind: 'person', personId: await idOf(shape), at: now - 60 })
    expect(await outcome(shape, { iat: now - 1, jti: 'refreshed' })).toBe(revoked)
    expect(await outcome(shape, { iat: now - 1, auth_time: now - 59, jti: 'signed-in' })).toBe('accepted')
  })

  it('is refused with a remembered token as soon as the copy of the list is old', async () => {
    const { outcome, add, wait } = listing()
    expect(await outcome(shape)).toBe('accepted')
    add({ kind: 'person', personId: await idOf(shape), at: now - 1 })
    expect(await outcome(shape)).toBe('accepted')
    wait(5)
    expect(await outcome(shape)).toBe(revoked)
    expect(await outcome(shape)).toBe(revoked)
    expect(await outcome(shape, { sub: twin, user_id: twin })).toBe('accepted')
  })
})

describe('a revoked credential', () => {
  it('of an OIDC issuer that sends no auth_time is refused until the window has passed', async () => {
    const { outcome } = listing({ kind: 'person', personId: await idOf(shapes.oidc), at: 1 })
    expect(await outcome(shapes.oidc, { auth_time: undefined })).toBe(revoked)
    expect(await outcome(shapes.oidc)).toBe('accepted')
  })

  it('of one token is that token alone', async () => {
    const { outcome } = listing({ kind: 'token', issuer: 'cognito', tokenId: 'c-1' })
    expect(await outcome(shapes.cognito)).toBe(revoked)
    expect(await outcome(shapes.cognito, { jti: 'c-2' })).toBe('accepted')
    expect(await outcome(shapes.oidc, { jti: 'c-1' })).toBe('accepted')
  })

  it('of one login is each token that was refreshed from it, at Cognito and at our own issuer', async () => {
    const { outcome } = listing({ kind: 'login', loginId: 'login-a' })
    for (const [shape, claim] of [
      [shapes.cognito, 'origin_jti'],
      [shapes.fieldnotes, 'login_id'],
    ] as const) {
      expect(await outcome(shape, { [claim]: 'login-a' })).toBe(revoked)
      expect(await outcome(shape, { [claim]: 'login-a', iat: now - 1, jti: 'refreshed' })).toBe(revoked)
      expect(await outcome(shape, { [claim]: 'login-b' })).toBe('accepted')
    }
  })

  it('of a client is each of its tokens at that issuer', async () => {
    const { outcome } = listing({ kind: 'client', issuer: 'cognito', clientId: 'web', at: now })
    expect(await outcome(shapes.cognito)).toBe(revoked)
    expect(await outcome(shapes.cognito, { client_id: 'mobile' })).toBe('accepted')
  })

  it('of a client is the client itself', async () => {
    const { outcome } = listing({ kind: 'client', issuer: 'own', clientId: 'robot', at: now - 1 })
    expect(await outcome(shapes.oidc, { sub: 'robot', client_id: 'robot', auth_time: undefined })).toBe(revoked)
    expect(await outcome(shapes.oidc, { sub: 'other', client_id: 'other', auth_time: undefined })).toBe('accepted')
  })

  it('gets the challenge of every bad token, and no hint that it was good', async () => {
    const identity = identityWith({ isRevoked: () => true })
    const refused = (await authenticate(identity, mint(shapes.cognito)).catch((error) => error)) as AppError
    const expired = (await authenticate(identity, mint(shapes.cognito, { exp: now - 1 })).catch((e) => e)) as AppError
    expect(identity.errorResponse(refused)).toEqual(identity.errorResponse(expired))
    expect(identity.challenge(refused)).toContain('error="invalid_token"')
  })
})

describe('isRevoked', () => {
  it('is called for no request without a token and for none with a bad one', async () => {
    const isRevoked = vi.fn(() => false)
    const identity = identityWith({ isRevoked })
    await identity.authenticate({})
    expect(await outcomeOf(authenticate(identity, mint(shapes.cognito, { exp: now - 1 })))).toContain('UNAUTHENTICATED')
    expect(await outcomeOf(authenticate(identity, `${mint(shapes.cognito)}x`))).toContain('UNAUTHENTICATED')
    expect(isRevoked).not.toHaveBeenCalled()
    await authenticate(identity, mint(shapes.cognito))
    await authenticate(identity, mint(shapes.cognito))
    expect(isRevoked).toHaveBeenCalledTimes(2)
  })

  it('is called for requireCaller too', async () => {
    const identity = identityWith({ isRevoked: async () => true })
    const authorization = `Bearer ${mint(shapes.cognito)}`
    expect(await outcomeOf(identity.requireCaller({ authorization }))).toBe(revoked)
  })

  it.each<readonly [string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('no answer')
      },
    ],
    [
      'throws no Error',
      () => {
        throw 'no answer'
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
    ['returns a number', () => 0],
    ['resolves to a text', async () => 'false'],
  ])('that %s refuses the credential as an outage', async (_what, isRevoked) => {
    const identity = identityWith({ isRevoked: isRevoked as IsRevoked })
    expect(await outcomeOf(authenticate(identity, mint(shapes.cognito)))).toBe(undecided)
    expect(await outcomeOf(authenticate(identity, mint(shapes.cognito)))).toBe(undecided)
    expect(await outcomeOf(identity.authenticate({}))).toBe('accepted')
  })

  it('that returns or resolves to false accepts the credential', async () => {
    for (const isRevoked of [() => false, async () => false])
      expect(await outcomeOf(authenticate(identityWith({ isRevoked }), mint(shapes.cognito)))).toBe('accepted')
  })
})
