/** Rule objects read into plain data. Rules that cannot be evaluated purely and synchronously are refused. */
import type { Leaf } from './leaf.ts'
import { isOwnRule, type OwnRule, type RuleKind } from './rule-object.ts'
import { type ShieldParts, type ShieldRuleKind, shieldPartsOf } from './shield-rule.ts'

/** A rule as data. `hidden` marks that a refusal is reported as NOT_FOUND. */
export type Tree =
  | { readonly kind: 'constant'; readonly allowed: boolean }
  | { readonly kind: 'all' | 'any'; readonly trees: readonly Tree[] }
  | { readonly kind: 'not' | 'hidden'; readonly tree: Tree }
  | Leaf

/** A rule that no table may contain. The message says how to correct it. */
export class UnfitRule extends Error {
  override readonly name = 'UnfitRule'
}

function isPlainFunction(value: unknown): value is (...values: unknown[]) => unknown {
  return Object.prototype.toString.call(value) === '[object Function]'
}

/** Why a rule made by graphql-shield's `rule` is refused, and the correction. */
const defects: readonly [(parts: ShieldParts) => boolean, string][] = [
  [({ name }) => /^0\.\d+/.test(name), 'has no name: say rule(name), so that the matrix and the log can'],
  [
    ({ func }) => !isPlainFunction(func),
    'is asynchronous: a rule is pure, so look things up before the principal is made or in the resolver',
  ],
  [
    ({ cache }) => cache === 'contextual',
    'is cached for the whole request whatever object it looks at: ' +
      "write it with caller(name, test), which sees only the caller, or with cache: 'no_cache'",
  ],
  [
    ({ cache }) => cache !== 'no_cache',
    'has a cache that can answer for another object: leave the cache out, compiled rules need none',
  ],
  [
    ({ fragment }) => fragment !== undefined,
    'declares a fragment, which is never fetched: have the resolver of the parent load it',
  ],
]

function shieldLeaf(parts: ShieldParts): Tree {
  const { name } = parts
  const defect = defects.find(([isDefective]) => isDefective(parts))
  if (defect) throw new UnfitRule(`rule "${name}" ${defect[1]}`)
  return { kind: 'object', name, readsArgs: true, test: parts.func as (...values: unknown[]) => unknown }
}

type Parts = OwnRule | ShieldParts

function combination({ kind: ruleKind, rules }: Parts): Tree {
  if (rules.length === 0) throw new UnfitRule(`${ruleKind}() of nothing decides nothing: write allow or deny`)
  const kind = ruleKind === 'and' || ruleKind === 'chain' ? 'all' : 'any'
  return { kind, trees: rules.map(readTree) }
}

function negation({ error, rules }: Parts): Tree {
  if (error !== undefined)
    throw new UnfitRule(
      'not() with an error of its own: the code of a refusal comes from the caller, or from notFound(rule)',
    )
  return { kind: 'not', tree: readTree(rules[0]) }
}

const combinations = {
  allow: () => ({ kind: 'constant', allowed: true }),
  deny: () => ({ kind: 'constant', allowed: false }),
  and: combination,
  chain: combination,
  or: combination,
  race: combination,
  not: negation,
} as const satisfies Partial<Record<RuleKind | ShieldRuleKind, (parts: Parts) => Tree>>

function readOwn(rule: OwnRule): Tree {
  if (rule.leaf) return rule.leaf
  if (rule.kind === 'leaf') throw new UnfitRule('a leaf without a test decides nothing')
  return rule.kind === 'notFound' ? { kind: 'hidden', tree: readTree(rule.rules[0]) } : combinations[rule.kind](rule)
}

function readShield(parts: ShieldParts): Tree {
  return parts.kind === 'rule' ? shieldLeaf(parts) : combinations[parts.kind](parts)
}

function read(rule: unknown): Tree {
  if (isOwnRule(rule)) return readOwn(rule)
  const parts = shieldPartsOf(rule)
  if (parts) return readShield(parts)
  throw new UnfitRule(`${kindOf(rule)} is not a rule: import rules from @fieldnotes/policy/rules`)
}

function kindOf(value: unknown): string {
  if (typeof value === 'function') return 'a bare function'
  if (typeof value !== 'object' || value === null) return String(value)
  return `an object of class ${value.constructor?.name ?? 'unknown'}`
}

/** One tree per rule object, so that a rule used twice is one leaf. */
const trees = new WeakMap<object, Tree>()

/**
 * The tree of one rule.
 * @throws UnfitRule for a value that is not a rule, or a rule that is not pure and synchronous
 */
export function readTree(rule: unknown): Tree {
  const isObject = typeof rule === 'object' && rule !== null
  const tree = (isObject && trees.get(rule)) || read(rule)
  if (isObject) trees.set(rule, tree)
  return tree
}

/** Every leaf of a tree, from left to right. */
export function leavesOf(tree: Tree): readonly Leaf[] {
  if (tree.kind === 'constant') return []
  if ('trees' in tree) return tree.trees.flatMap(leavesOf)
  if ('tree' in tree) return leavesOf(tree.tree)
  return [tree]
}

/** The tree with another leaf in place of each. */
export function mapLeaves(tree: Tree, other: (leaf: Leaf) => Leaf): Tree {
  if (tree.kind === 'constant') return tree
  if ('trees' in tree) return { ...tree, trees: tree.trees.map((inner) => mapLeaves(inner, other)) }
  if ('tree' in tree) return { ...tree, tree: mapLeaves(tree.tree, other) }
  return other(tree)
}
