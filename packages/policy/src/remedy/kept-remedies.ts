/**
 * Keeps the remedies of one rule. A list refuses one field for each of its items, and each request has a principal of
 * its own, though most callers differ in nothing on which a remedy depends.
 */
import type { Service, User } from '@fieldnotes/core/principal'
import type { Facts } from './known-facts.ts'

type Known = User | Service

/** Everything about a caller on which a remedy depends, as text. @throws what a rule throws */
export type CallerKey = (principal: Known) => string

/** Callers that are kept for one rule, and combinations of facts for one caller. */
const keptMax = 64

/** The remedies of one caller, by the facts. */
type ByFacts<Remedy> = Map<Facts, Remedy>

function byKey<Remedy>(keyOf: CallerKey): (principal: Known) => ByFacts<Remedy> {
  const kept = new Map<string, ByFacts<Remedy>>()
  return (principal) => {
    const key = keyOf(principal)
    const known = kept.get(key)
    if (known) return known
    if (kept.size >= keptMax) kept.clear()
    const made: ByFacts<Remedy> = new Map()
    kept.set(key, made)
    return made
  }
}

function byPrincipal<Remedy>(): (principal: Known) => ByFacts<Remedy> {
  const kept = new WeakMap<Known, ByFacts<Remedy>>()
  return (principal) => {
    const known = kept.get(principal) ?? new Map<Facts, Remedy>()
    kept.set(principal, known)
    return known
  }
}

/** @param keyOf undefined where a remedy depends on the whole caller: it is then kept as long as the principal */
export function createKept<Remedy>(
  keyOf: CallerKey | undefined,
  compute: (principal: Known, facts: Facts) => Remedy,
): (principal: Known, facts: Facts) => Remedy {
  const remediesOf = keyOf ? byKey<Remedy>(keyOf) : byPrincipal<Remedy>()
  let last: readonly [Known, ByFacts<Remedy>] | undefined
  return (principal, facts) => {
    if (last?.[0] !== principal) last = [principal, remediesOf(principal)]
    const [, known] = last
    const remedy = known.get(facts)
    if (remedy !== undefined || known.has(facts)) return remedy as Remedy
    const computed = compute(principal, facts)
    if (known.size < keptMax) known.set(facts, computed)
    return computed
  }
}
