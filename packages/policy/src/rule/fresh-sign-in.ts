/** Step-up: fields that want a recent sign-in (RFC 9470). */
import type { Principal } from '@fieldnotes/core/principal'
import { family } from './family.ts'
import { leafRule, type OwnRule } from './rule-object.ts'

/** Seconds since a person signed in; undefined for a service, and for a credential that does not say it. */
function secondsSinceSignIn(principal: Principal): number | undefined {
  if (principal.kind !== 'user' || principal.authenticatedAt === undefined) return undefined
  return Date.now() / 1000 - principal.authenticatedAt
}

const freshWithin = family((maxAge: `${number}`) =>
  leafRule({
    kind: 'object',
    name: `signed in within ${maxAge} s`,
    // Evaluated for each field, and never kept: the result ends with time.
    readsArgs: true,
    maxAge: Number(maxAge),
    test: (_parent, _args, { principal }) => {
      const age = secondsSinceSignIn(principal)
      return age !== undefined && age <= Number(maxAge)
    },
    describe: (principal) => {
      const age = secondsSinceSignIn(principal)
      return age === undefined ? 'no instant of a sign-in' : `signed in ${Math.floor(age)} s ago`
    },
  }),
)

/**
 * A person whose sign-in (`authenticatedAt`) is at most `maxAge` seconds old when the field is executed. A refreshed
 * token keeps the instant of its sign-in. Services are refused, and so are credentials that have no such instant. A
 * refusal that a new sign-in would end has the remedy STEP_UP with `maxAge` (RFC 9470 §3).
 * @throws RangeError when `maxAge` is not a positive whole number
 * @example
 * ```ts
 * import { and, firstParty, freshSignIn } from '@fieldnotes/policy/rules'
 *
 * const table = { Mutation: { deleteAccount: and(firstParty, freshSignIn(300)) } }
 * ```
 */
export function freshSignIn(maxAge: number): OwnRule {
  if (!(Number.isSafeInteger(maxAge) && maxAge > 0))
    throw new RangeError('maxAge is a positive whole number of seconds')
  return freshWithin(`${maxAge}`)
}
