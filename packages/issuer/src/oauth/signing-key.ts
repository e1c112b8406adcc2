/** A key of the ring as oidc-provider signs with it. */
import type { KeyObject } from 'node:crypto'
import { AppError } from '@fieldnotes/core/error'
import { ExternalSigningKey } from 'oidc-provider'
import type { RingKey } from '../keys/key-ring.ts'
import { joseSignature } from '../keys/signature-form.ts'
import { answering } from './oauth-errors.ts'

/** An ES256 key whose private half is elsewhere. A class, because oidc-provider recognizes it by its class. */
export class SigningKey extends ExternalSigningKey {
  readonly #key: RingKey

  constructor(key: RingKey) {
    super()
    this.#key = key
    Object.assign(this, { kid: key.kid, alg: 'ES256' })
  }

  /** @throws UNAVAILABLE when the key service refuses or gives no answer */
  async #signed(message: Uint8Array): Promise<Uint8Array> {
    try {
      return await this.#key.sign(message)
    } catch (cause) {
      throw new AppError('UNAVAILABLE', 'the signing key is out of reach', { cause })
    }
  }

  override keyObject(): KeyObject {
    return this.#key.publicKey
  }

  override async sign(message: Uint8Array): Promise<Buffer> {
    return joseSignature(await answering(() => this.#signed(message)))
  }
}
