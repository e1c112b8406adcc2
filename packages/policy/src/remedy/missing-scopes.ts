/** The remedy SCOPES of a refusal: which further scopes would make its rule allow. */
import type { Principal, Service, User } from '@fieldnotes/core/principal'
import type { MoreScopes } from '@fieldnotes/core/remedy'
import { type Verdict, verdictOf } from '../decide/caller-verdicts.ts'
import { compileRule } from '../decide/compile-rule.ts'
import type { RuleInput } from '../decide/trace.ts'
import type { ObjectLeaf } from '../rule/leaf.ts'
import { leavesOf, type Tree } from '../rule/tree.ts'
import { type CallerKey, createKept } from './kept-remedies.ts'
import { type FactSources, factsOfTree } from './known-facts.ts'
import { type LeafResult, type ScopeSet, scopeSetsOf } from './scope-sets.ts'

export type FindScopes = (input: RuleInput, objectPath?: object) => MoreScopes | undefined

export interface ScopeSources extends FactSources {
  /** As in `RemedyOptions`. */
  readonly spell: (caller: User | Service, scope: string) => string | undefined
}

type Known = User | Service

/**
 * What the remedies of a rule depend on beside the facts: the verdicts on the caller, and how its issuer spells the
 * scopes. Undefined for a rule with a test that may read scopes in its own way: the remedy depends on the whole caller.
 */
function callerKey(tree: Tree, wanted: readonly string[], { callers, spell }: ScopeSources): CallerKey | undefined {
  const leaves = [...new Set(leavesOf(tree))].filter((leaf) => leaf.kind === 'caller')
  if (!leaves.every(({ scope, ignoresScopes }) => scope !== undefined || ignoresScopes)) return undefined
  const tests = leaves.map((leaf) => compileRule(leaf, callers))
  return (principal) => {
    let key = ''
    const context = { principal }
    for (const test of tests) key += test(undefined, undefined, context) ? '1' : '0'
    for (const scope of wanted) key += `\n${spell(principal, scope) ?? '\r'}`
    return key
  }
}

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
  const found = leavesOf(tree).flatMap((leaf) =>
    leaf.kind === 'caller' && leaf.scope !== undefined ? [leaf.scope] : [],
  )
  return [...new Set(found)]
}

/** The finder for a rule on a field of `type`. */
export function scopesFinder(tree: Tree, type: string | undefined, sources: ScopeSources): FindScopes {
  const wanted = scopesIn(tree)
  const { read, resultOf } = factsOfTree(tree, type, sources)
  const remedyFor = createKept<MoreScopes | undefined>(callerKey(tree, wanted, sources), (principal, facts) => {
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
