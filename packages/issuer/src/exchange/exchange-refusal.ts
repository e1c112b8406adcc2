/** Why a token is not exchanged. */

/** Codes of RFC 6749 §5.2 and RFC 8693 §2.2.2. A subject token that is not acceptable is `invalid_request`. */
export type ExchangeCode = 'invalid_request' | 'invalid_scope' | 'invalid_target' | 'unauthorized_client'

/** A refusal. Its message is public, and quotes nothing that was sent. `reason` is for the log. */
export class ExchangeRefusal extends Error {
  override readonly name = 'ExchangeRefusal'
  readonly code: ExchangeCode
  readonly reason: string

  constructor(code: ExchangeCode, message: string, reason: string = message) {
    super(message)
    this.code = code
    this.reason = reason
  }
}
