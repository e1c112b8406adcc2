/** Rules as functions that only answer. `trace` asks the same leaves in the same order and says why. */
import type { Principal } from '@fieldnotes/core/principal'
import type { Asked, CallerLeaf, ObjectLeaf } from '../rule/leaf.ts'
import type { Tree } from '../rule/tree.ts'
import { type Callers, settle, type Verdict } from './callers.ts'

/**
 * `at` is the place of the object: the one object that the paths of its fields name as `prev`.
 * @throws whatever a leaf throws: the rule is then undecided, and nothing catches it under `not`, `or` or `race`
 */
export type Test = (parent: unknown, args: unknown, asked: Asked, at?: object, info?: unknown) => boolean

function answered(verdict: Verdict): boolean {
  if (typeof verdict === 'boolean') return verdict
  throw verdict.thrown
}

function compileCaller(leaf: CallerLeaf, callers: Callers): Test {
  const slot = callers.slotOf(leaf)
  if (slot === undefined) return (_parent, _args, asked) => settle(leaf.test(asked.principal))
  return (_parent, _args, asked) => answered(callers.verdictsOf(asked.principal)[slot] ?? false)
}

/**
 * Judges a leaf that does not read arguments once per object. Fields of one object share their parent's path, an object
 * of the executor that lives for one execution: no answer outlives the request, even when the store hands out one object twice.
 */
function oncePerObject(test: Test): Test {
  let lastAt: object | undefined
  let lastParent: unknown
  let lastPrincipal: Principal | undefined
  let lastAnswer = false
  return (parent, args, asked, at) => {
    if (at === undefined) return test(parent, args, asked)
    if (lastAt === at && lastParent === parent && lastPrincipal === asked.principal) return lastAnswer
    lastAt = undefined
    lastAnswer = test(parent, args, asked, at)
    lastParent = parent
    lastPrincipal = asked.principal
    lastAt = at
    return lastAnswer
  }
}

const objectTests = new WeakMap<ObjectLeaf, Test>()

/** One function per leaf, so that all fields of an object share its answer. */
function compileObject(leaf: ObjectLeaf): Test {
  const plain: Test = (parent, args, asked, _at, info) => settle(leaf.test(parent, args, asked, info))
  const test = objectTests.get(leaf) ?? (leaf.readsArgs ? plain : oncePerObject(plain))
  objectTests.set(leaf, test)
  return test
}

function compileRow(tests: readonly Test[], deciding: boolean): Test {
  const [first, second] = tests
  if (first && second && tests.length === 2)
    return (parent, args, asked, at, info) =>
      first(parent, args, asked, at, info) === deciding ? deciding : second(parent, args, asked, at, info)
  return (parent, args, asked, at, info) => {
    for (const test of tests) if (test(parent, args, asked, at, info) === deciding) return deciding
    return !deciding
  }
}

/** The fast function of a tree. */
export function compile(tree: Tree, callers: Callers): Test {
  switch (tree.kind) {
    case 'constant':
      return () => tree.allowed
    case 'caller':
      return compileCaller(tree, callers)
    case 'object':
      return compileObject(tree)
    case 'hidden':
      return compile(tree.tree, callers)
    case 'not': {
      const test = compile(tree.tree, callers)
      return (parent, args, asked, at, info) => !test(parent, args, asked, at, info)
    }
    case 'all':
    case 'any':
      return compileRow(
        tree.trees.map((inner) => compile(inner, callers)),
        tree.kind === 'any',
      )
  }
}
