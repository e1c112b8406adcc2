/** Who may look at the schema: a rule, like everything else. */
import type { Principal } from '@fieldnotes/core/principal'
import { BREAK, type DocumentNode, visit } from 'graphql'
import { refusalError } from '../decide/decision.ts'
import { trace } from '../decide/trace.ts'
import type { Rule } from '../rule/shield.ts'
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

/** Whether a document asks for the schema anywhere, be it under an alias or in a fragment. `__typename` is no introspection. */
export function introspects(document: DocumentNode): boolean {
  const found = known.get(document) ?? search(document)
  known.set(document, found)
  return found
}

/**
 * Lets only those look at the schema whom `rule` lets: `deny` and `allow` by stage, `inGroup(…)` by group.
 * @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND or UNAVAILABLE, as the rule says
 */
export function assertIntrospection(document: DocumentNode, principal: Principal, rule: Rule): void {
  if (!introspects(document)) return
  const decision = trace(readTree(rule), { asked: { principal }, parent: undefined, args: {} })
  if (!decision.allowed) throw refusalError('__schema', decision)
}
