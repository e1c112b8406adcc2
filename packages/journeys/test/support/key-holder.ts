/** A client that holds a key: tokens that are bound to it, and DPoP proofs (RFC 9449) in any form. */
import { createHash, randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

/** What a proof is changed in. `undefined` removes a member. */
export interface ProofChange {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
}

/** The request that a proof is for. */
export interface ProofFor {
  readonly htu: string
  readonly htm?: string
  /** The token beside it. At the token endpoint there is none. */
  readonly token?: string
}

/** A client with a new key. */
export async function createKeyHolder() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk: JWK = await exportJWK(publicKey)

  /** A proof, signed by the key of this client. */
  async function proof({ htu, htm = 'POST', token }: ProofFor, { claims = {}, header = {} }: ProofChange = {}) {
    const ath = token === undefined ? undefined : createHash('sha256').update(token).digest('base64url')
    const iat = Math.floor(Date.now() / 1000)
    return new SignJWT({ jti: randomUUID(), htm, htu, iat, ath, ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header } as never)
      .sign(privateKey)
  }

  return { jwk, privateKey, thumbprint: await calculateJwkThumbprint(jwk), proof }
}

/** A client with a key. */
export type KeyHolder = Awaited<ReturnType<typeof createKeyHolder>>
