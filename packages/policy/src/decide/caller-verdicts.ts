/**
 * The results of all rules on the caller alone: evaluated once per principal and rule, and kept as long as the
 * principal.
 */
import type { Principal } from '@fieldnotes/core/principal'
import type { CallerLeaf } from '../rule/leaf.ts'
import { isPrincipal } from './assert-principal.ts'

/** A rule that returned a promise. */
export class Undecided extends Error {
  override readonly name = 'Undecided'
}

/**
 * The result of a test: only `true` allows.
 * @throws Undecided for a promise
 */
export function settle(result: unknown): boolean {
  if (typeof result === 'boolean') return result
  if (typeof (result as PromiseLike<unknown> | null | undefined)?.then !== 'function') return false
  Promise.resolve(result).catch(() => {})
  throw new Undecided('the rule returned a promise')
}

/** What a test returned, or what it threw. */
export type Verdict = boolean | { readonly thrown: unknown }

export interface CallerVerdicts {
  /** The index of the leaf in the verdicts; undefined for a leaf outside the table. */
  readonly indexOf: (leaf: CallerLeaf) => number | undefined
  /** One verdict for each leaf of the table. @throws TypeError for anything but a principal */
  readonly verdictsOf: (principal: Principal) => readonly Verdict[]
  /** The grant set: all verdicts as text, one digit each. Undefined when a rule threw, or without a principal. */
  readonly grantsOf: (principal: Principal) => string | undefined
}

/** The verdict of one leaf for one caller. Never throws. */
export function verdictOf(leaf: CallerLeaf, principal: Principal): Verdict {
  try {
    return settle(leaf.test(principal))
  } catch (thrown) {
    return { thrown }
  }
}

interface Known {
  readonly verdicts: readonly Verdict[]
  readonly grants: string | undefined
}

function evaluateAll(leaves: readonly CallerLeaf[], principal: Principal): Known {
  const verdicts = leaves.map((leaf) => verdictOf(leaf, principal))
  const decided = verdicts.every((verdict) => typeof verdict === 'boolean')
  return { verdicts, grants: decided ? verdicts.map(Number).join('') : undefined }
}

/** @param leaves the leaves of the table, whose verdicts make up the grant set */
export function createCallerVerdicts(leaves: readonly CallerLeaf[]): CallerVerdicts {
  const indexes = new Map(leaves.map((leaf, index) => [leaf, index]))
  const seen = new WeakMap<Principal, Known>()
  let last: [Principal, Known] | undefined

  const of = (principal: Principal): Known => {
    if (last?.[0] === principal) return last[1]
    // Otherwise every caller but an anonymous one would count as signed in.
    if (!isPrincipal(principal)) throw new TypeError('not a principal')
    const known = seen.get(principal) ?? evaluateAll(leaves, principal)
    seen.set(principal, known)
    last = [principal, known]
    return known
  }
  return {
    indexOf: (leaf) => indexes.get(leaf),
    verdictsOf: (principal) => of(principal).verdicts,
    grantsOf: (principal) => (isPrincipal(principal) ? of(principal).grants : undefined),
  }
}
