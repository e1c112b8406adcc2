/** A key of the ring as oidc-provider signs with it. */
import type { KeyObject } from 'node:crypto'
import { ExternalSigningKey } from 'oidc-provider'
import type { RingKey } from '../keys/key-ring.ts'
import { joseSignature } from '../keys/signature-form.ts'

/** An ES256 key whose private half is elsewhere. A class, because oidc-provider recognizes it by its class. */
export class SigningKey extends ExternalSigningKey {
  readonly #key: RingKey

  constructor(key: RingKey) {
    super()
    this.#key = key
    Object.assign(this, { kid: key.kid, alg: 'ES256' })
  }

  override keyObject(): KeyObject {
    return this.#key.publicKey
  }

  override async sign(message: Uint8Array): Promise<Buffer> {
    return joseSignature(await this.#key.sign(message))
  }
}
