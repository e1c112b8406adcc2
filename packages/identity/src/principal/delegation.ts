/** The delegation chain of a token (RFC 8693 §4.1): who acts for the caller now, and who did before. */
import type { Actor } from '@fieldnotes/core/principal'
import { fixedBounds } from '../bounds.ts'
import { refuse } from '../refusals.ts'
import { isPrintableAscii } from '../token/printable-ascii.ts'
import { isJsonObject } from '../token/strict-json.ts'

/**
 * Parses a claim `act` into a frozen chain. Members other than `sub` and `act` are not read.
 * @throws UNAUTHENTICATED for an actor without a valid `sub`, and for more than three actors
 */
export function parseActor(claim: unknown, actorsMax: number = fixedBounds.actorsMax): Actor | undefined {
  if (claim === undefined) return undefined
  if (actorsMax === 0) return refuse('actor_invalid')
  const { sub, act } = isJsonObject(claim) ? claim : {}
  if (!isPrintableAscii(sub)) return refuse('actor_invalid')
  const actor = parseActor(act, actorsMax - 1)
  return Object.freeze({ subject: sub, ...(actor && { actor }) })
}
