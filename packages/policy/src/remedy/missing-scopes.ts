/** The remedy SCOPES of a refusal: which further scopes would make its rule allow. */
import type { Principal, Service, User } from '@fieldnotes/core/principal'
import type { MoreScopes } from '@fieldnotes/core/remedy'
import { type Verdict, verdictOf } from '../decide/caller-verdicts.ts'
import type { RuleInput } from '../decide/trace.ts'
import type { ObjectLeaf } from '../rule/leaf.ts'
import { leavesOf, type Tree } from '../rule/tree.ts'
import { type FactSources, type Facts, factsOfTree } from './known-facts.ts'
import { type LeafResult, type ScopeSet, scopeSetsOf } from './scope-sets.ts'

export type FindScopes = (input: RuleInput, objectPath?: object) => MoreScopes | undefined

export interface ScopeSources extends FactSources {
  /** As in `RemedyOptions`. */
  readonly spell: (caller: User | Service, scope: string) => string | undefined
}

type Known = User | Service

/** Results that are kept for one caller and rule: one for each combination of facts. */
const keptMax = 64

/** Alternatives that one remedy names at most, the smallest ones. */
const namedMax = 16

function settled(verdict: Verdict): boolean {
  if (typeof verdict === 'boolean') return verdict
  throw verdict.thrown
}

/** The result of each rule on the object. */
export type FactResult = (leaf: ObjectLeaf) => boolean

function resultsOf(factOf: FactResult, principal: Principal): LeafResult {
  return (leaf) => (leaf.kind === 'object' ? factOf(leaf) : settled(verdictOf(leaf, principal)))
}

/**
 * Whether the rule really allows with a token that has these scopes too: a rule of another name may read scopes, or
 * `not` may refuse one.
 */
function allowsWith(tree: Tree, factOf: FactResult, principal: Known, set: ScopeSet): boolean {
  return allowsAt(tree, factOf, { ...principal, scopes: new Set([...principal.scopes, ...set]) })
}

/** Whether the rule allows a caller at an object of which each rule has this result. @throws what a rule throws */
export function allowsAt(tree: Tree, factOf: FactResult, principal: Principal): boolean {
  return scopeSetsOf(tree, resultsOf(factOf, principal)).some(({ length }) => length === 0)
}

interface SpelledSet {
  readonly scopes: ScopeSet
  readonly issuerScopes: ScopeSet
}

/** The set in the words of the caller's issuer; none when one of its scopes is out of the caller's reach. */
function spelledIn(principal: Known, spell: ScopeSources['spell']): (scopes: ScopeSet) => readonly SpelledSet[] {
  return (scopes) => {
    const spelled = scopes.map((scope) => spell(principal, scope))
    const issuerScopes = [...new Set(spelled.filter((scope) => scope !== undefined))]
    return spelled.includes(undefined) ? [] : [{ scopes, issuerScopes }]
  }
}

function isSpelledAlike({ scopes, issuerScopes }: SpelledSet): boolean {
  return scopes.join(' ') === issuerScopes.join(' ')
}

function remedyOf(sets: readonly SpelledSet[]): MoreScopes | undefined {
  if (sets.length === 0) return undefined
  const scopes = sets.map((set) => set.scopes)
  if (sets.every(isSpelledAlike)) return Object.freeze({ kind: 'SCOPES', scopes })
  return Object.freeze({ kind: 'SCOPES', scopes, issuerScopes: sets.map((set) => set.issuerScopes) })
}

function scopesIn(tree: Tree): readonly string[] {
  return leavesOf(tree).flatMap((leaf) => (leaf.kind === 'caller' && leaf.scope !== undefined ? [leaf.scope] : []))
}

/** Remedies of one rule by caller and facts: a list may refuse one field for each of its items. */
function createKept(compute: (principal: Known, facts: Facts) => MoreScopes | undefined) {
  const kept = new WeakMap<Principal, Map<Facts, MoreScopes | undefined>>()
  return (principal: Known, facts: Facts): MoreScopes | undefined => {
    const known = kept.get(principal) ?? new Map<Facts, MoreScopes | undefined>()
    const remedy = known.get(facts)
    if (remedy !== undefined || known.has(facts)) return remedy
    const computed = compute(principal, facts)
    if (known.size < keptMax) kept.set(principal, known.set(facts, computed))
    return computed
  }
}

/** The finder for a rule on a field of `type`. */
export function scopesFinder(tree: Tree, type: string | undefined, sources: ScopeSources): FindScopes {
  const wanted = scopesIn(tree)
  const { read, resultOf } = factsOfTree(tree, type, sources)
  const remedyFor = createKept((principal, facts) => {
    const factOf = (leaf: ObjectLeaf) => resultOf(leaf, facts)
    const sets = scopeSetsOf(tree, resultsOf(factOf, principal))
    const helpful = sets.filter((set) => set.length > 0 && allowsWith(tree, factOf, principal, set))
    return remedyOf(helpful.flatMap(spelledIn(principal, sources.spell)).slice(0, namedMax))
  })
  return (input, objectPath) => {
    const { principal } = input.context
    if (principal.kind === 'anonymous' || wanted.every((scope) => principal.scopes.has(scope))) return undefined
    const facts = read(input, objectPath)
    return facts === undefined ? undefined : remedyFor(principal, facts)
  }
}
