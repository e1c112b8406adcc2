/** All outcomes that a rule can have for one caller, over all objects and arguments. */
import type { Principal } from '@fieldnotes/core/principal'
import type { RefusalCode } from '../decide/decision.ts'
import { trace } from '../decide/trace.ts'
import type { ObjectLeaf } from '../rule/leaf.ts'
import type { Tree } from '../rule/tree.ts'

export type Outcome = 'allowed' | RefusalCode

/** Assumed results of the object leaves, in the order of evaluation. */
type Assumptions = Map<ObjectLeaf, boolean>

/** The tree with assumed results in place of its object leaves. */
function assuming(tree: Tree, resultOf: (leaf: ObjectLeaf) => boolean): Tree {
  if (tree.kind === 'object') return { ...tree, test: () => resultOf(tree) }
  if ('trees' in tree) return { ...tree, trees: tree.trees.map((inner) => assuming(inner, resultOf)) }
  return 'tree' in tree ? { ...tree, tree: assuming(tree.tree, resultOf) } : tree
}

/**
 * The next assumptions: the last leaf that refused allows instead, and the leaves evaluated after it are open again.
 */
function nextOf(assumptions: Assumptions): Assumptions | undefined {
  const evaluated = [...assumptions]
  const last = evaluated.findLastIndex(([, result]) => !result)
  const [leaf] = evaluated[last] ?? []
  return leaf && new Map([...evaluated.slice(0, last), [leaf, true]])
}

/** The assumed result of a leaf. A leaf that was not evaluated yet refuses at first. */
function assumedIn(assumptions: Assumptions, leaf: ObjectLeaf): boolean {
  const result = assumptions.get(leaf) ?? false
  assumptions.set(leaf, result)
  return result
}

/**
 * Evaluates the rule once for each combination of results of its object leaves. A leaf that occurs twice has one
 * result. That a leaf throws for some object can not be known here. Ends as soon as the rule both allowed and refused;
 * at most 2ⁿ evaluations for n object leaves.
 */
export function outcomesOf(tree: Tree, principal: Principal): ReadonlySet<Outcome> {
  const outcomes = new Set<Outcome>()
  let next: Assumptions | undefined = new Map()
  while (next) {
    const assumptions: Assumptions = next
    const assumed = assuming(tree, (leaf) => assumedIn(assumptions, leaf))
    const decision = trace(assumed, { context: { principal }, parent: undefined, args: {} })
    outcomes.add(decision.allowed ? 'allowed' : decision.code)
    if (outcomes.has('allowed') && outcomes.size > 1) break
    next = nextOf(assumptions)
  }
  return outcomes
}
