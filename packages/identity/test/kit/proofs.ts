/** A token that is bound to a key, and proofs that the sender holds the key. A test changes what it is about. */
import { createHash } from 'node:crypto'
import type { ConsumeProof } from '../../src/proof/proofs.ts'
import type { Headers } from '../../src/token/authorization.ts'
import { identityWith } from './identities.ts'
import { ecPair, type KeyPair } from './keys.ts'
import { type Members, mint, seal, shapes } from './mint.ts'
import { now, resource } from './rows.ts'

/** The key of the client. */
export const proofKey = ecPair('device-1')

/** Another key of the same kind. */
export const otherKey = ecPair('device-2')

/** The members of a public key that its thumbprint has (RFC 7638 §3.2), in their order. */
function publicMembers({ jwk: { crv, kty, x, y } }: KeyPair) {
  return { crv, kty, x, y }
}

export function thumbprintOf(key: KeyPair): string {
  return createHash('sha256')
    .update(JSON.stringify(publicMembers(key)))
    .digest('base64url')
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** An access token that is bound to `proofKey`. */
export const boundToken = mint(shapes.fieldnotes, { cnf: { jkt: thumbprintOf(proofKey) } })

/** The same token without the binding. */
export const bearerToken = mint(shapes.fieldnotes)

export const proofHeader = { typ: 'dpop+jwt', alg: 'ES256', jwk: publicMembers(proofKey) }

export const proofClaims = { jti: 'proof-1', htm: 'POST', htu: resource, iat: now, ath: hashOf(boundToken) }

/** A proof with changed claims and header; `undefined` removes a member. */
export function proof(claims: Members = {}, header: Members = {}, key: KeyPair = proofKey): string {
  return seal(key, { ...proofHeader, ...header }, { ...proofClaims, ...claims })
}

/** The headers of a request. */
export function proven(dpop: Headers[string] = proof(), token: string = boundToken): Headers {
  return { authorization: `DPoP ${token}`, dpop }
}

export const post = { method: 'POST' } as const

/** An identity that accepts proofs, each of them as the first of its kind unless `consume` says otherwise. */
export function provingIdentity(consume: ConsumeProof | 'elsewhere' = async () => true) {
  return identityWith({ proofs: { consume } })
}
