/** Takes from a principal the scopes that are not allowed. It is closed: what can't be decided is an outage. */
import type { Service, User } from '@fieldnotes/core/principal'
import { frozenSet } from '../principal/frozen-set.ts'
import { unavailable, undecided } from '../refusals.ts'
import type { Allowed } from './allowed-scopes.ts'
import type { AllowedScopes } from './group-policies.ts'

type Caller = User | Service

/** Returns the caller with the scopes that are allowed: a plain value where `allowedScopes` returns one. */
export type NarrowScopes = (principal: Caller) => Caller | Promise<Caller>

/**
 * Builds the step after the verification of a credential. The scopes of the result are those of the token that are
 * allowed: whatever `allowedScopes` returns, no scope is added. One principal and one set of allowed scopes give the
 * same frozen object each time.
 * @throws UNAVAILABLE when `allowedScopes` fails, or returns neither a set nor `all`
 */
export function createNarrowScopes(allowedScopes: AllowedScopes): NarrowScopes {
  const made = new WeakMap<Caller, { readonly allowed: ReadonlySet<string>; readonly narrowed: Caller }>()
  const narrow = (principal: Caller, allowed: Allowed): Caller => {
    if (allowed === 'all') return principal
    if (!(allowed instanceof Set)) return unavailable('group_policies_unavailable')
    const known = made.get(principal)
    if (known?.allowed === allowed) return known.narrowed
    const narrowed = narrowedBy(principal, allowed)
    made.set(principal, { allowed, narrowed })
    return narrowed
  }
  return (principal) => {
    const allowed = attempt(() => allowedScopes(principal))
    if (!isThenable(allowed)) return narrow(principal, allowed)
    return Promise.resolve(allowed).then((found) => narrow(principal, found), closed)
  }
}

function narrowedBy(principal: Caller, allowed: ReadonlySet<string>): Caller {
  const scopes = [...principal.scopes]
  return Object.freeze({
    ...principal,
    scopes: frozenSet(scopes.filter((scope) => allowed.has(scope))),
    withheldScopes: frozenSet(scopes.filter((scope) => !allowed.has(scope))),
    allowedScopes: allowed,
  })
}

function isThenable(allowed: Allowed | Promise<Allowed>): allowed is Promise<Allowed> {
  return allowed instanceof Promise || typeof (allowed as Partial<Promise<Allowed>> | undefined)?.then === 'function'
}

function attempt(act: () => Allowed | Promise<Allowed>): Allowed | Promise<Allowed> {
  try {
    return act()
  } catch (error) {
    return closed(error)
  }
}

function closed(error: unknown): never {
  return undecided('group_policies_unavailable', error)
}
