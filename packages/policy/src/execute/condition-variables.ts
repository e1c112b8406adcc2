/** The variables that decide which fields of an operation are selected: the variables in its `@skip` and `@include`. */
import { type DirectiveNode, Kind, type OperationDefinitionNode, type SelectionSetNode, visit } from 'graphql'
import type { Fragments } from '../limits/fragments.ts'

const conditions = new Set(['skip', 'include'])

function variablesIn({ name, arguments: given = [] }: DirectiveNode): readonly string[] {
  if (!conditions.has(name.value)) return []
  return given.flatMap(({ value }) => (value.kind === Kind.VARIABLE ? [value.name.value] : []))
}

function read(operation: OperationDefinitionNode, fragments: Fragments): readonly string[] {
  const names = new Set<string>()
  const spread = new Set<string>()
  const visitSet = (set: SelectionSetNode): void => {
    visit(set, {
      Directive: (node) => {
        for (const name of variablesIn(node)) names.add(name)
      },
      FragmentSpread: ({ name: { value } }) => {
        const fragment = fragments[value]
        if (!fragment || spread.has(value)) return
        spread.add(value)
        visitSet(fragment.selectionSet)
      },
    })
  }
  visitSet(operation.selectionSet)
  return [...names].sort()
}

const known = new WeakMap<OperationDefinitionNode, readonly string[]>()

/**
 * The names of the variables in conditions that this operation reaches, sorted. Variables of other operations of the
 * document are not among them: their values may be any text, and a cache keyed by them could be filled at will.
 */
export function conditionVariablesOf(operation: OperationDefinitionNode, fragments: Fragments): readonly string[] {
  const names = known.get(operation) ?? read(operation, fragments)
  known.set(operation, names)
  return names
}
