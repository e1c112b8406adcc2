/** Requests with a token that is bound to a key, each with a DPoP proof (RFC 9449). */
import { createHash, generateKeyPairSync } from 'node:crypto'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { calculateJwkThumbprint, SignJWT } from 'jose'
import type { Issuer } from '../world/issuer.ts'

/** By the proof that they have. */
export type BoundEvents = Readonly<Record<'first' | 'second' | 'bad', APIGatewayProxyEventV2>>

/** What the proofs are for. */
export interface BoundRequest {
  /** The request with this `authorization` header. */
  readonly eventWith: (authorization: string) => APIGatewayProxyEventV2
  /** The URL of the endpoint. */
  readonly htu: string
}

/** Mints a token of a person, and signs the proofs by its key. */
export async function eventsWithProofs(mint: Issuer['mint'], { eventWith, htu }: BoundRequest): Promise<BoundEvents> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' })
  const jwk = { kty, crv, x, y } as { kty: string }
  const token = await mint('e', undefined, { cnf: { jkt: await calculateJwkThumbprint(jwk) } })
  const ath = createHash('sha256').update(token).digest('base64url')
  const sent = async (jti: string, htm = 'POST') => {
    const proof = new SignJWT({ jti, htm, htu, ath }).setIssuedAt()
    const dpop = await proof.setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk }).sign(privateKey)
    const event = eventWith(`DPoP ${token}`)
    return { ...event, headers: { ...event.headers, dpop } }
  }
  return { first: await sent('1'), second: await sent('2'), bad: await sent('3', 'GET') }
}
