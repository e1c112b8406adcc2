/** Every way in which a rule can end for one caller, whatever the object and the arguments are. */
import type { Principal } from '@fieldnotes/core/principal'
import type { RefusalCode } from '../decide/decision.ts'
import { trace } from '../decide/trace.ts'
import type { ObjectLeaf } from '../rule/leaf.ts'
import type { Tree } from '../rule/tree.ts'

export type Outcome = 'allowed' | RefusalCode

/** What the object leaves answered on one way, in the order in which they were asked. */
type Answers = Map<ObjectLeaf, boolean>

/** The tree with assumed answers in place of its object leaves. */
function assuming(tree: Tree, answerOf: (leaf: ObjectLeaf) => boolean): Tree {
  if (tree.kind === 'object') return { ...tree, test: () => answerOf(tree) }
  if ('trees' in tree) return { ...tree, trees: tree.trees.map((inner) => assuming(inner, answerOf)) }
  return 'tree' in tree ? { ...tree, tree: assuming(tree.tree, answerOf) } : tree
}

/** The next way: the last leaf that refused allows instead, and what was asked after it is open again. */
function nextOf(answers: Answers): Answers | undefined {
  const asked = [...answers]
  const turn = asked.findLastIndex(([, answer]) => !answer)
  const [leaf] = asked[turn] ?? []
  return leaf && new Map([...asked.slice(0, turn), [leaf, true]])
}

/** What is assumed of a leaf; one that was not asked yet refuses at first. */
function answerIn(answers: Answers, leaf: ObjectLeaf): boolean {
  const answer = answers.get(leaf) ?? false
  answers.set(leaf, answer)
  return answer
}

/**
 * Asks the rule itself once for each way in which its object leaves can answer, so that it says what the decision says.
 * A leaf that stands twice answers the same; that one may throw for some object, nobody can know here. Ends as soon as
 * the rule is seen both to allow and to refuse; takes 2ⁿ askings at most for n object leaves.
 */
export function outcomesOf(tree: Tree, principal: Principal): ReadonlySet<Outcome> {
  const outcomes = new Set<Outcome>()
  let next: Answers | undefined = new Map()
  while (next) {
    const answers: Answers = next
    const assumed = assuming(tree, (leaf) => answerIn(answers, leaf))
    const decision = trace(assumed, { asked: { principal }, parent: undefined, args: {} })
    outcomes.add(decision.allowed ? 'allowed' : decision.code)
    if (outcomes.has('allowed') && outcomes.size > 1) break
    next = nextOf(answers)
  }
  return outcomes
}
