/** Answers of the rules that look only at the caller: asked once per principal and rule, and kept as long as the principal lives. */
import type { Principal } from '@fieldnotes/core/principal'
import type { CallerLeaf } from '../rule/leaf.ts'

/** A rule that could not be decided, with what it threw. */
export class Undecided extends Error {
  override readonly name = 'Undecided'
}

/** The answer of a test: only `true` allows; a promise is not an answer. */
export function settle(answer: unknown): boolean {
  if (typeof answer === 'boolean') return answer
  if (typeof (answer as PromiseLike<unknown> | null | undefined)?.then !== 'function') return false
  Promise.resolve(answer).catch(() => {})
  throw new Undecided('the rule returned a promise')
}

export type Verdict = boolean | { readonly thrown: unknown }

export interface Callers {
  /** Where the leaf's answer stands; undefined for a leaf outside the table. */
  readonly slotOf: (leaf: CallerLeaf) => number | undefined
  /** The answers to every leaf of the table, by slot. */
  readonly verdictsOf: (principal: Principal) => readonly Verdict[]
  /** One text for each set of answers: the grant set. Undefined when a rule threw. */
  readonly grantsOf: (principal: Principal) => string | undefined
}

/** The answer of one leaf for one caller, or what it threw. Never throws. */
export function judgeCaller(leaf: CallerLeaf, principal: Principal): Verdict {
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

function know(leaves: readonly CallerLeaf[], principal: Principal): Known {
  const verdicts = leaves.map((leaf) => judgeCaller(leaf, principal))
  const decided = verdicts.every((verdict) => typeof verdict === 'boolean')
  return { verdicts, grants: decided ? verdicts.map(Number).join('') : undefined }
}

/** @param leaves those of the table, whose answers make up the grant set */
export function createCallers(leaves: readonly CallerLeaf[]): Callers {
  const slots = new Map(leaves.map((leaf, slot) => [leaf, slot]))
  const seen = new WeakMap<Principal, Known>()
  let last: [Principal, Known] | undefined

  const of = (principal: Principal): Known => {
    if (last?.[0] === principal) return last[1]
    const known = seen.get(principal) ?? know(leaves, principal)
    seen.set(principal, known)
    last = [principal, known]
    return known
  }
  return {
    slotOf: (leaf) => slots.get(leaf),
    verdictsOf: (principal) => of(principal).verdicts,
    grantsOf: (principal) => of(principal).grants,
  }
}
