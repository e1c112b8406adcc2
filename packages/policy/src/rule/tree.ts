/** A rule read out of graphql-shield's objects into plain data, refusing what cannot be evaluated purely and synchronously. */
import { hides, type Leaf, leafIn } from './leaf.ts'
import { type Parts, partsOf } from './shield.ts'

export type Tree =
  | { readonly kind: 'constant'; readonly allowed: boolean }
  | { readonly kind: 'all' | 'any'; readonly trees: readonly Tree[] }
  | { readonly kind: 'not' | 'hidden'; readonly tree: Tree }
  | Leaf

/** A rule that may not stand in a table. The message names the mend. */
export class UnfitRule extends Error {
  override readonly name = 'UnfitRule'
}

function isPlainFunction(value: unknown): value is (...asked: unknown[]) => unknown {
  return Object.prototype.toString.call(value) === '[object Function]'
}

/** Why a rule made by graphql-shield's own `rule` is refused, and the mend. */
const defects: readonly [(parts: Parts) => boolean, string][] = [
  [({ name }) => /^0\.\d+/.test(name), 'has no name: say rule(name), so that the matrix and the log can'],
  [
    ({ func }) => !isPlainFunction(func),
    'is asynchronous: a rule is pure, so look things up before the principal is made or in the resolver',
  ],
  [
    ({ cache }) => cache === 'contextual',
    "is cached for the whole request whatever object it looks at: write it with caller(name, test), which sees only the caller, or with cache: 'no_cache'",
  ],
  [
    ({ cache }) => cache !== 'no_cache',
    'has a cache that can answer for another object: leave the cache out, compiled rules need none',
  ],
  [
    ({ fragment }) => fragment !== undefined,
    'asks for a fragment, which is never fetched: have the resolver of the parent load it',
  ],
]

function rawLeaf(parts: Parts): Tree {
  const { name } = parts
  const defect = defects.find(([isDefective]) => isDefective(parts))
  if (defect) throw new UnfitRule(`rule "${name}" ${defect[1]}`)
  const test = parts.func as (...asked: unknown[]) => unknown
  return { kind: 'object', name, readsArgs: true, test }
}

function branch(parts: Parts): Tree {
  if (parts.rules.length === 0) throw new UnfitRule(`${parts.word}() of nothing decides nothing: write allow or deny`)
  const kind = parts.word === 'and' || parts.word === 'chain' ? 'all' : 'any'
  return { kind, trees: parts.rules.map(readTree) }
}

function negation(parts: Parts): Tree {
  if (parts.error !== undefined)
    throw new UnfitRule(
      'not() with an error of its own: the code of a refusal comes from the caller, or from notFound(rule)',
    )
  return { kind: 'not', tree: readTree(parts.rules[0]) }
}

const readers: Readonly<Record<Parts['word'], (parts: Parts) => Tree>> = {
  allow: () => ({ kind: 'constant', allowed: true }),
  deny: () => ({ kind: 'constant', allowed: false }),
  and: branch,
  chain: branch,
  or: branch,
  race: branch,
  not: negation,
  rule: rawLeaf,
}

function read(rule: object, parts: Parts): Tree {
  const tree: Tree = leafIn(rule) ?? readers[parts.word](parts)
  return hides(rule) ? { kind: 'hidden', tree } : tree
}

/** One tree per rule object, so that a rule used twice is one leaf. */
const trees = new WeakMap<object, Tree>()

/**
 * The tree of one rule.
 * @throws UnfitRule for anything that is not a rule of this copy of graphql-shield, or that is not pure and synchronous.
 */
export function readTree(rule: unknown): Tree {
  const parts = partsOf(rule)
  if (!parts) throw new UnfitRule(`${describe(rule)} is not a rule: import the words from @fieldnotes/policy/rules`)
  const tree = trees.get(rule as object) ?? read(rule as object, parts)
  trees.set(rule as object, tree)
  return tree
}

function describe(value: unknown): string {
  if (typeof value === 'function') return 'a bare function'
  if (typeof value !== 'object' || value === null) return String(value)
  return `an object of class ${value.constructor?.name ?? 'unknown'}`
}

/** Every leaf of a tree, from left to right. */
export function leavesOf(tree: Tree): readonly Leaf[] {
  if (tree.kind === 'constant') return []
  if ('trees' in tree) return tree.trees.flatMap(leavesOf)
  if ('tree' in tree) return leavesOf(tree.tree)
  return [tree]
}
