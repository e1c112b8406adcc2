import type { AppError } from '@fieldnotes/core/error'
import { describe, expect, it, vi } from 'vitest'
import type { ConsumeProof, UsedProof } from '../../src/proof/proofs.ts'
import { identityWith, outcomeOf } from '../kit/identities.ts'
import { mint, shapes } from '../kit/mint.ts'
import {
  bearerToken,
  boundToken,
  hashOf,
  otherKey,
  post,
  proof,
  proofKey,
  proven,
  provingIdentity,
  thumbprintOf,
} from '../kit/proofs.ts'
import { now, resource } from '../kit/rows.ts'
import { proofTable } from '../refusals/proof-attacks.ts'

describe.each(Object.entries(proofTable))('of a token that is bound to a key, a fault of its %s', (_section, rows) => {
  it.each(rows)('%s is refused, and nothing is consumed', async (_what, reason, headers) => {
    const consume = vi.fn<ConsumeProof>(async () => true)
    expect(await outcomeOf(provingIdentity(consume).authenticate(headers(), post))).toBe(`UNAUTHENTICATED ${reason}`)
    expect(consume).not.toHaveBeenCalled()
  })
})

describe('a token that is bound to a key', () => {
  it('is accepted with its proof, which is consumed', async () => {
    const consume = vi.fn<ConsumeProof>(async () => true)
    const principal = await provingIdentity(consume).requireCaller(proven(), post)
    expect(principal).toMatchObject({ kind: 'user', boundTo: thumbprintOf(proofKey), via: 'bearer' })
    const used: UsedProof = { thumbprint: thumbprintOf(proofKey), id: 'proof-1', until: now + 360 }
    expect(consume.mock.calls).toEqual([[used]])
  })

  it.each([
    ['of any spelling of the scheme', { ...proven(), authorization: `dpop  ${boundToken}` }],
    ['in a header of any spelling', { authorization: `DPoP ${boundToken}`, DPOP: [proof()] }],
    ['with a type in upper case', proven(proof({}, { typ: 'DPOP+JWT' }))],
    ['with a key that names its use', proven(proof({}, { jwk: proofKey.jwk }))],
    ['with a nonce, of which none is ever given', proven(proof({ nonce: 'x' }))],
    ['with query and fragment in htu', proven(proof({ htu: `${resource}?query=x#y` }))],
    ['with htu in another spelling', proven(proof({ htu: 'HTTPS://API.fieldnotes.dev:443/x/../graphql' }))],
    ['300 seconds old', proven(proof({ iat: now - 300 }))],
    ['60 seconds ahead', proven(proof({ iat: now + 60 }))],
    ['with nbf and exp', proven(proof({ nbf: now, exp: now + 1 }))],
  ])('is accepted with a proof %s', async (_what, headers) => {
    expect(await outcomeOf(provingIdentity().authenticate(headers, post))).toBe('accepted')
  })

  it('needs a proof also when it is remembered', async () => {
    const identity = provingIdentity()
    await identity.authenticate(proven(), post)
    expect(await outcomeOf(identity.authenticate({ authorization: `DPoP ${boundToken}` }, post))).toBe(
      'UNAUTHENTICATED proof_missing',
    )
    expect(await outcomeOf(identity.authenticate({ authorization: `Bearer ${boundToken}` }, post))).toBe(
      'UNAUTHENTICATED sender_constrained',
    )
    expect(await outcomeOf(identity.authenticate(proven(proof({ htm: 'GET' })), { method: 'GET' }))).toBe('accepted')
  })

  it('is compared with the path that the host says, at the origin of the resource', async () => {
    const identity = provingIdentity()
    const at = (htu: string, path: string) =>
      outcomeOf(identity.authenticate(proven(proof({ htu })), { ...post, path }))
    expect(await at('https://api.fieldnotes.dev/exports/7', '/exports/7')).toBe('accepted')
    expect(await at(resource, '/exports/7')).toBe('UNAUTHENTICATED proof_target_wrong')
    expect(await at('https://evil.example/x', '//evil.example/x')).toBe('UNAUTHENTICATED proof_target_wrong')
  })

  it('is not accepted where nothing is said of the request, or of proofs', async () => {
    expect(await outcomeOf(provingIdentity().authenticate(proven()))).toBe('UNAUTHENTICATED scheme_unsupported')
    expect(await outcomeOf(identityWith().authenticate(proven(), post))).toBe('UNAUTHENTICATED scheme_unsupported')
    expect(await outcomeOf(identityWith().authenticate({ authorization: `Bearer ${boundToken}` }, post))).toBe(
      'UNAUTHENTICATED sender_constrained',
    )
  })

  it('is judged by the revocation of its key', async () => {
    const identity = identityWith({
      proofs: { consume: 'elsewhere' },
      isRevoked: ({ boundTo }) => boundTo === thumbprintOf(proofKey),
    })
    expect(await outcomeOf(identity.authenticate(proven(), post))).toBe('UNAUTHENTICATED revoked')
  })
})

describe('an opaque token that is bound to a key', () => {
  const token = 'o'.repeat(43)
  const claims = { ...shapes.fieldnotes.claims, client_id: 'assistant', cnf: { jkt: thumbprintOf(proofKey) } }
  const identity = identityWith({ introspect: async () => claims, proofs: { consume: async () => true } })

  it('is accepted with its proof alone', async () => {
    const headers = proven(proof({ ath: hashOf(token) }), token)
    expect(await identity.authenticate(headers, post)).toMatchObject({ boundTo: thumbprintOf(proofKey) })
    expect(await outcomeOf(identity.authenticate({ authorization: `Bearer ${token}` }, post))).toBe(
      'UNAUTHENTICATED sender_constrained',
    )
    expect(await outcomeOf(identity.authenticate(proven(undefined, token), post))).toBe(
      'UNAUTHENTICATED proof_token_wrong',
    )
  })
})

describe('a bearer token', () => {
  it('is accepted beside tokens that are bound, and a DPoP header beside it is not read', async () => {
    const headers = { authorization: `Bearer ${bearerToken}`, dpop: 'x' }
    expect(await provingIdentity().authenticate(headers, post)).toMatchObject({ kind: 'user', boundTo: undefined })
  })
})

describe('a key that the host says is proved', () => {
  const as = (token: string, provenKey: string) =>
    outcomeOf(identityWith().authenticate({ authorization: `Bearer ${token}` }, { provenKey }))

  it('makes a token that is bound to it acceptable, and leaves bearer tokens so', async () => {
    expect(await as(boundToken, thumbprintOf(proofKey))).toBe('accepted')
    expect(await as(bearerToken, thumbprintOf(proofKey))).toBe('accepted')
  })

  it('does nothing for a token that is bound to another key', async () => {
    expect(await as(boundToken, thumbprintOf(otherKey))).toBe('UNAUTHENTICATED proof_key_other')
    expect(await as(mint(shapes.oidc, { cnf: { jkt: '' } }), '')).toBe('UNAUTHENTICATED sender_constrained')
  })
})

describe('the consumption of a proof', () => {
  it('refuses a proof that was used before', async () => {
    const used = new Set<string>()
    const identity = provingIdentity(async ({ id }) => used.size < used.add(id).size)
    const outcomes = [await outcomeOf(identity.authenticate(proven(), post))]
    outcomes.push(await outcomeOf(identity.authenticate(proven(), post)))
    expect(outcomes).toEqual(['accepted', 'UNAUTHENTICATED proof_used'])
  })

  it.each<[string, ConsumeProof]>([
    ['rejects', () => Promise.reject(new Error('down'))],
    [
      'throws',
      () => {
        throw new Error('down')
      },
    ],
    ['returns no boolean', async () => undefined as never],
  ])('is an outage where it %s', async (_what, consume) => {
    const identity = provingIdentity(consume)
    expect(await outcomeOf(identity.authenticate(proven(), post))).toBe('UNAVAILABLE proofs_unavailable')
  })

  it('is left to another process where the settings say so', async () => {
    const identity = provingIdentity('elsewhere')
    expect(await outcomeOf(identity.authenticate(proven(), post))).toBe('accepted')
    expect(await outcomeOf(identity.authenticate(proven(), post))).toBe('accepted')
  })

  it.each([undefined, 'nowhere', true])('does not start as %j', (consume) => {
    expect(() => identityWith({ proofs: { consume } as never })).toThrow('proofs.consume: not a function')
  })
})

describe('the answer to a refused request', () => {
  const identity = provingIdentity()
  const pointer = 'resource_metadata="https://api.fieldnotes.dev/.well-known/oauth-protected-resource/graphql"'

  async function challengeFor(headers: ReturnType<typeof proven>) {
    const error = await identity.requireCaller(headers, post).catch((thrown: AppError) => thrown)
    return identity.errorResponse(error).headers['www-authenticate']
  }

  it('has a challenge for each scheme (RFC 9449 §7.1)', async () => {
    expect(await challengeFor({})).toBe(`Bearer ${pointer}, DPoP ${pointer}, algs="ES256"`)
    expect(await challengeFor({ authorization: `Bearer ${boundToken}` })).toBe(
      `Bearer error="invalid_token", ${pointer}, DPoP error="invalid_token", ${pointer}, algs="ES256"`,
    )
  })

  it('says that the proof was refused, and not why', async () => {
    const refused = `DPoP error="invalid_dpop_proof", ${pointer}, algs="ES256"`
    expect(await challengeFor(proven(proof({ iat: 1 })))).toBe(refused)
    expect(await challengeFor({ authorization: `DPoP ${boundToken}` })).toBe(refused)
  })

  it('does not send the person to sign in again for a refused proof', async () => {
    const error = await identity.authenticate(proven('x'), post).catch((thrown: AppError) => thrown)
    expect(identity.errorResponse(error).body).toEqual({
      code: 'UNAUTHENTICATED',
      message: 'The DPoP proof is not accepted.',
      resourceMetadata: identity.metadataUrl,
    })
  })

  it('lists no algorithm in the metadata where no proof is accepted', () => {
    const plain = identityWith()
    expect(plain.metadata).not.toHaveProperty('dpop_signing_alg_values_supported')
    expect(identity.metadata).toHaveProperty('dpop_signing_alg_values_supported', ['ES256'])
  })
})
