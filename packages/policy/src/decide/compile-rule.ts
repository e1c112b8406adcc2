/** Rules compiled into functions that only decide. `trace` evaluates the same leaves in the same order and says why. */
import type { Principal } from '@fieldnotes/core/principal'
import type { CallerLeaf, ObjectLeaf, RuleContext } from '../rule/leaf.ts'
import type { Tree } from '../rule/tree.ts'
import { type CallerVerdicts, settle, type Verdict } from './caller-verdicts.ts'

/**
 * Whether the rule allows. `objectPath` is the path of the parent object: all fields of one object have the same path
 * object as `info.path.prev`.
 * @throws what a leaf throws: the rule is then undecided, also under `not`, `or` and `race`
 */
export type RuleTest = (
  parent: unknown,
  args: unknown,
  context: RuleContext,
  objectPath?: object,
  info?: unknown,
) => boolean

function resultOf(verdict: Verdict): boolean {
  if (typeof verdict === 'boolean') return verdict
  throw verdict.thrown
}

function compileCaller(leaf: CallerLeaf, callers: CallerVerdicts): RuleTest {
  const index = callers.indexOf(leaf)
  if (index === undefined) return (_parent, _args, context) => settle(leaf.test(context.principal))
  return (_parent, _args, context) => resultOf(callers.verdictsOf(context.principal)[index] ?? false)
}

/**
 * Evaluates a leaf that does not read arguments once per object. The executor makes the path of an object for one
 * execution only, so that no result outlives a request, also when resolvers return one object twice.
 */
function oncePerObject(test: RuleTest): RuleTest {
  let lastPath: object | undefined
  let lastParent: unknown
  let lastPrincipal: Principal | undefined
  let lastResult = false
  return (parent, args, context, objectPath) => {
    if (objectPath === undefined) return test(parent, args, context)
    if (lastPath === objectPath && lastParent === parent && lastPrincipal === context.principal) return lastResult
    lastPath = undefined
    lastResult = test(parent, args, context, objectPath)
    lastParent = parent
    lastPrincipal = context.principal
    lastPath = objectPath
    return lastResult
  }
}

const objectTests = new WeakMap<ObjectLeaf, RuleTest>()

/** One function per leaf, so that all fields of an object share its result. */
function compileObject(leaf: ObjectLeaf): RuleTest {
  const always: RuleTest = (parent, args, context, _objectPath, info) => settle(leaf.test(parent, args, context, info))
  const test = objectTests.get(leaf) ?? (leaf.readsArgs ? always : oncePerObject(always))
  objectTests.set(leaf, test)
  return test
}

/** @param deciding the result that ends the combination */
function compileCombination(tests: readonly RuleTest[], deciding: boolean): RuleTest {
  const [first, second] = tests
  if (first && second && tests.length === 2)
    return (parent, args, context, objectPath, info) =>
      first(parent, args, context, objectPath, info) === deciding
        ? deciding
        : second(parent, args, context, objectPath, info)
  return (parent, args, context, objectPath, info) => {
    for (const test of tests) if (test(parent, args, context, objectPath, info) === deciding) return deciding
    return !deciding
  }
}

/** The function of a tree. */
export function compileRule(tree: Tree, callers: CallerVerdicts): RuleTest {
  switch (tree.kind) {
    case 'constant':
      return () => tree.allowed
    case 'caller':
      return compileCaller(tree, callers)
    case 'object':
      return compileObject(tree)
    case 'hidden':
      return compileRule(tree.tree, callers)
    case 'not': {
      const test = compileRule(tree.tree, callers)
      return (parent, args, context, objectPath, info) => !test(parent, args, context, objectPath, info)
    }
    case 'all':
    case 'any':
      return compileCombination(
        tree.trees.map((inner) => compileRule(inner, callers)),
        tree.kind === 'any',
      )
  }
}
