/** Authenticates a request twice: by the verdict of the gateway's authorizer, and by the endpoint itself. */
import { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import type { Principal } from '@fieldnotes/core/principal'
import { agreementOf, hasOpaqueToken, parseVerdict, type Verdict } from '@fieldnotes/core/verdict'
import type { Identity } from '@fieldnotes/identity/identity'
import { type AuthenticateEvent, authorizerOf, byCredential } from './authenticate-event.ts'

/** The endpoint's own result: a principal, or the error that refuses the request. */
type Outcome = { readonly principal: Principal } | { readonly error: AppError }

/**
 * Returns a function that accepts a caller only where the gateway's verdict is the same as the endpoint's own. It logs
 * `locks_differ` where the verdict is missing or contradicts, which is an alarm.
 * @throws UNAUTHENTICATED and UNAVAILABLE as `identity.authenticate`, and for the gateway's verdict; INTERNAL after a
 * bug in the authorizer, whatever the credential
 */
export function createTwoLocks(identity: Pick<Identity, 'authenticate'>, log: Log): AuthenticateEvent {
  const authenticate = byCredential(identity)
  return async (event) => {
    const outcome = await outcomeOf(authenticate(event))
    const gate = parseVerdict(authorizerOf(event).lambda)
    const own = hasOpaqueToken(event.headers.authorization) ? ({ verdict: 'form' } as const) : verdictOf(outcome)
    const agreement = agreementOf(gate, own)
    if (agreement === 'missing' || agreement === 'differs') {
      const { requestId } = event.requestContext
      log('error', 'locks_differ', { requestId, agreement, gate: textOf(gate), own: textOf(own) })
    }
    if (gate?.verdict === 'failed') throw new AppError('INTERNAL', 'gate_failed')
    if ('error' in outcome) throw outcome.error
    if (agreement !== 'same') throw refusalOf(gate)
    return outcome.principal
  }
}

async function outcomeOf(attempt: Promise<Principal>): Promise<Outcome> {
  try {
    return { principal: await attempt }
  } catch (error) {
    if (error instanceof AppError && error.code !== 'INTERNAL') return { error }
    throw error
  }
}

function verdictOf(outcome: Outcome): Verdict {
  if ('error' in outcome) {
    const { code, reason } = outcome.error
    return code === 'UNAVAILABLE' ? { verdict: 'unavailable' } : { verdict: 'refused', code: reason }
  }
  const { principal } = outcome
  return principal.kind === 'anonymous' ? { verdict: 'anonymous' } : { verdict: 'ok', id: principal.id }
}

/** The refusal of a caller whom the endpoint itself would accept. */
function refusalOf(gate: Verdict | undefined): AppError {
  if (gate?.verdict === 'unavailable') return new AppError('UNAVAILABLE', 'gate_unavailable')
  if (gate?.verdict === 'refused') return new AppError('UNAUTHENTICATED', gate.code)
  return new AppError('UNAUTHENTICATED', gate === undefined ? 'verdict_missing' : 'verdicts_differ')
}

/** Verdict and reason for the log. An id is left out: the line of the request has it where it is needed. */
function textOf(verdict: Verdict | undefined): string {
  if (verdict === undefined) return 'none'
  return verdict.verdict === 'refused' ? `refused ${verdict.code}` : verdict.verdict
}
