/** The claim `act` of an exchanged token (RFC 8693 §4.1). */
import type { Actor } from '@fieldnotes/core/principal'
import { ExchangeRefusal } from './exchange-refusal.ts'

/** Most actors of a token: `identity` refuses longer chains. */
const actorsMax = 3

/** A claim `act`: the current actor, and the earlier ones inside. */
export interface ActClaim {
  readonly sub: string
  readonly act?: ActClaim
}

/** The client, in front of the actors of the subject. @throws ExchangeRefusal for a fourth actor */
export function actFor(clientId: string, before: Actor | undefined): ActClaim {
  if (lengthOf(before) >= actorsMax) throw new ExchangeRefusal('invalid_request', 'subject_token has too many actors')
  return { sub: clientId, ...(before && { act: claimOf(before) }) }
}

function lengthOf(actor: Actor | undefined): number {
  return actor === undefined ? 0 : 1 + lengthOf(actor.actor)
}

function claimOf({ subject, actor }: Actor): ActClaim {
  return { sub: subject, ...(actor && { act: claimOf(actor) }) }
}
