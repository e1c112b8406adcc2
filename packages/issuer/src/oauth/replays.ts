/**
 * Replays of assertions (RFC 7523 §3) and of DPoP proofs (RFC 9449 §11.1). oidc-provider reads, and writes when it
 * found nothing, so that of five simultaneous uses all would win. It also mixes the ids of both, and has the code of a
 * grant for a proof.
 */
import Provider, { errors } from 'oidc-provider'
import { getDpopJwt } from 'oidc-provider/lib/helpers/validate_dpop.js'
import type { TakeOnce } from '../sign-in/id-token-use.ts'
import { answering } from './oauth-errors.ts'

/** Has oidc-provider take each proof and each assertion of a client once. */
export function refuseReplays(provider: Provider, takeOnce: TakeOnce): void {
  provider.ReplayDetection.unique = (clientId, jti, exp) =>
    answering(async () => {
      const isProof = proofId(provider) === jti
      const isFirst = await takeOnce(`${isProof ? 'proof' : 'assertion'} ${clientId}`, jti, exp)
      if (!isFirst && isProof) throw new errors.InvalidDpopProof('the proof was used before')
      return isFirst
    })
}

/** `jti` of the request's proof, once it is verified: after the client has authenticated. */
function proofId(provider: Provider): unknown {
  const ctx = Provider.ctx
  return ctx && getDpopJwt(provider, ctx)?.payload.jti
}
