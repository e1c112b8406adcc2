/**
 * The evaluation of a rule that also finds the deciding leaf. It is slower, and used after a refusal and for
 * explanations.
 */
import type { Leaf, RuleContext } from '../rule/leaf.ts'
import type { Tree } from '../rule/tree.ts'
import { settle } from './caller-verdicts.ts'
import { type Decision, refusalCode } from './decision.ts'

/** What one evaluation of a rule reads. */
export interface RuleInput {
  readonly context: RuleContext
  readonly parent: unknown
  readonly args: unknown
  readonly info?: unknown
}

type Finding =
  | { readonly kind: 'allowed'; readonly leaf: string }
  | { readonly kind: 'refused'; readonly leaf: string; readonly missing: readonly string[]; readonly hidden: boolean }
  | { readonly kind: 'undecided'; readonly leaf: string; readonly cause: unknown }

function refused(leaf: string, missing: readonly string[] = [leaf], hidden = false): Finding {
  return { kind: 'refused', leaf, missing, hidden }
}

function evaluateLeaf(leaf: Leaf, { context, parent, args, info }: RuleInput): boolean {
  return settle(leaf.kind === 'caller' ? leaf.test(context.principal) : leaf.test(parent, args, context, info))
}

function findLeaf(leaf: Leaf, input: RuleInput): Finding {
  try {
    return evaluateLeaf(leaf, input) ? { kind: 'allowed', leaf: leaf.name } : refused(leaf.name)
  } catch (cause) {
    return { kind: 'undecided', leaf: leaf.name, cause }
  }
}

function findAll(trees: readonly Tree[], input: RuleInput): Finding {
  const names: string[] = []
  for (const tree of trees) {
    const finding = find(tree, input)
    if (finding.kind !== 'allowed') return finding
    names.push(finding.leaf)
  }
  return { kind: 'allowed', leaf: names.join(' & ') }
}

function findAny(trees: readonly Tree[], input: RuleInput): Finding {
  const failures: Extract<Finding, { kind: 'refused' }>[] = []
  for (const tree of trees) {
    const finding = find(tree, input)
    if (finding.kind !== 'refused') return finding
    failures.push(finding)
  }
  return refused(
    failures.map(({ leaf }) => leaf).join(' | '),
    failures.flatMap(({ missing }) => missing),
    failures.some(({ hidden }) => hidden),
  )
}

function findNot(tree: Tree, input: RuleInput): Finding {
  const finding = find(tree, input)
  if (finding.kind === 'undecided') return finding
  const leaf = `not (${finding.leaf})`
  return finding.kind === 'allowed' ? refused(leaf) : { kind: 'allowed', leaf }
}

function findHidden(tree: Tree, input: RuleInput): Finding {
  const finding = find(tree, input)
  return finding.kind === 'refused' ? { ...finding, hidden: true } : finding
}

function find(tree: Tree, input: RuleInput): Finding {
  switch (tree.kind) {
    case 'constant':
      return tree.allowed ? { kind: 'allowed', leaf: 'allow' } : refused('deny', [])
    case 'caller':
    case 'object':
      return findLeaf(tree, input)
    case 'all':
      return findAll(tree.trees, input)
    case 'any':
      return findAny(tree.trees, input)
    case 'not':
      return findNot(tree.tree, input)
    case 'hidden':
      return findHidden(tree.tree, input)
  }
}

/** What the rule decides, and the leaf that decided. Never throws: a rule that throws is UNAVAILABLE. */
export function trace(tree: Tree, input: RuleInput): Decision {
  const finding = find(tree, input)
  if (finding.kind === 'allowed') return { allowed: true, leaf: finding.leaf }
  const { leaf } = finding
  if (finding.kind === 'undecided')
    return { allowed: false, code: 'UNAVAILABLE', leaf, missing: [], cause: finding.cause }
  const code = refusalCode(input.context.principal, finding.hidden)
  return { allowed: false, code, leaf, missing: finding.missing }
}
