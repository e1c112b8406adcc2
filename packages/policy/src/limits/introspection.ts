/** Introspection behind a rule. */
import type { Principal } from '@fieldnotes/core/principal'
import { BREAK, type DocumentNode, visit } from 'graphql'
import { refusedRequest } from '../decide/graphql-errors.ts'
import { trace } from '../decide/trace.ts'
import { remediesWithoutTable } from '../remedy/find-remedy.ts'
import type { Rule } from '../rule/rule-object.ts'
import { readTree } from '../rule/tree.ts'

const known = new WeakMap<DocumentNode, boolean>()

function search(document: DocumentNode): boolean {
  let found = false
  visit(document, {
    Field: ({ name }) => {
      found = name.value === '__schema' || name.value === '__type'
      return found ? BREAK : undefined
    },
  })
  return found
}

/**
 * Whether a document selects the schema anywhere, also under an alias or in a fragment. `__typename` is not
 * introspection.
 */
export function introspects(document: DocumentNode): boolean {
  const found = known.get(document) ?? search(document)
  known.set(document, found)
  return found
}

/**
 * Refuses introspection to callers whom `rule` refuses: `deny` and `allow` by stage, `inGroup(…)` by group.
 * @throws GraphQLError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND or UNAVAILABLE, as the rule decides
 */
export function assertIntrospection(document: DocumentNode, principal: Principal, rule: Rule): void {
  if (!introspects(document)) return
  const tree = readTree(rule)
  const input = { context: { principal }, parent: undefined, args: {} }
  const decision = trace(tree, input)
  if (!decision.allowed) throw refusedRequest('__schema', remediesWithoutTable(tree)(decision, input))
}
