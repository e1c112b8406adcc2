/** What a record has of a caller and of the results of rules. */
import type { Principal } from '@fieldnotes/core/principal'
import { settle } from '../decide/caller-verdicts.ts'
import type { Decisions } from '../decide/check-table.ts'
import { callerFactOf } from '../prove/caller-facts.ts'
import type { CallerLeaf, Leaf } from '../rule/leaf.ts'
import { leavesOf } from '../rule/tree.ts'
import type { CallerFacts, Facts } from './recorded-decision.ts'

/** Whether a leaf is on the caller, or on the object. */
export function isOn<Kind extends Leaf['kind']>(kind: Kind) {
  return (leaf: Leaf): leaf is Extract<Leaf, { readonly kind: Kind }> => leaf.kind === kind
}

/** A fact without a value threw, and is left out. */
export function factsOf<L extends Leaf>(leaves: readonly L[], test: (leaf: L) => unknown): Facts {
  const entries = leaves.flatMap((leaf) => {
    try {
      return [[leaf.name, settle(test(leaf))] as const]
    } catch {
      return []
    }
  })
  return Object.fromEntries(entries)
}

/** The leaves of a table that are on the caller. */
export interface CallerLeaves {
  readonly groups: readonly string[]
  readonly own: readonly CallerLeaf[]
}

export function callerLeavesOf(decisions: Decisions): CallerLeaves {
  const leaves = [...new Set([...decisions.values()].flatMap(leavesOf))].filter(isOn('caller'))
  const facts = leaves.map(callerFactOf)
  return {
    groups: facts.flatMap((fact) => (fact?.kind === 'group' ? [fact.value] : [])),
    own: leaves.filter((_, index) => !facts[index]),
  }
}

/** What rules read of a caller. */
export function callerFacts(principal: Principal, { groups, own }: CallerLeaves): CallerFacts {
  const isKnown = principal.kind !== 'anonymous'
  return {
    kind: principal.kind,
    thirdParty: isKnown && principal.thirdParty !== false,
    scopes: isKnown ? [...principal.scopes].sort() : [],
    groups: Object.fromEntries(groups.map((group) => [group, isKnown && principal.groups.has(group)])),
    rules: factsOf(own, (leaf) => leaf.test(principal)),
  }
}
