/**
 * What a caller can do about a refusal, computed from the rule. A remedy reveals nothing that the caller does not know:
 * it depends on the rule, on the caller's own token, and on facts that the caller may read on the same object.
 */
import { defaultRemedies, type Remedy } from '@fieldnotes/core/remedy'
import type { AddRemedy, Remedies } from '../decide/add-remedy.ts'
import { createCallerVerdicts } from '../decide/caller-verdicts.ts'
import type { Refused } from '../decide/decision.ts'
import type { RuleInput } from '../decide/trace.ts'
import type { Tree } from '../rule/tree.ts'
import { type ScopeSources, scopesFinder } from './missing-scopes.ts'
import { scopeSetsOf } from './scope-sets.ts'
import { stepUpFinder } from './step-up.ts'

function unchanged(refused: Refused): Refused {
  return refused
}

/** Refusals without remedies. */
export function withoutRemedies(): AddRemedy {
  return unchanged
}

type Find = (refused: Refused, input: RuleInput, objectPath?: object) => Remedy | undefined

/** Whether the rule can allow at all: after a sign-in, every leaf may have another result. */
function canAllow(tree: Tree): boolean {
  return scopeSetsOf(tree, () => undefined).length > 0
}

function finderOf(tree: Tree, type: string | undefined, sources: ScopeSources): Find {
  const findScopes = scopesFinder(tree, type, sources)
  const findStepUp = stepUpFinder(tree, type, sources)
  const signIn = canAllow(tree) ? defaultRemedies.UNAUTHENTICATED : undefined
  return ({ code }, input, objectPath) => {
    if (code === 'FORBIDDEN') return findScopes(input, objectPath) ?? findStepUp(input, objectPath)
    if (code === 'UNAUTHENTICATED') return signIn
    return code === 'UNAVAILABLE' ? defaultRemedies.UNAVAILABLE : undefined
  }
}

/** The remedies of one table of rules. */
export function createRemedies(sources: ScopeSources): Remedies {
  return (tree, type) => {
    const find = finderOf(tree, type, sources)
    return (refused, input, objectPath) => {
      if (refused.code === 'NOT_FOUND') return refused
      try {
        const remedy = find(refused, input, objectPath)
        return remedy ? { ...refused, remedy } : refused
      } catch {
        // A rule that the decision did not reach throws: nothing is known to help.
        return refused
      }
    }
  }
}

/** For a rule outside a table, such as that of introspection: no field shows what it finds about an object. */
export const remediesWithoutTable: Remedies = createRemedies({
  decisions: new Map(),
  callers: createCallerVerdicts([]),
  shownBy: {},
  spell: (_caller, scope) => scope,
})
