/** The number of fields that have one path in the response, with every fragment expanded (GraphQL §5.3.2). */
import { type DocumentNode, type FieldNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql'
import type { Fragments } from './fragments.ts'

type Groups = Map<string, FieldNode[]>

/** The fields of merged selections by response name, through fragments. */
function groupFields(sets: readonly SelectionSetNode[], fragments: Fragments): Groups {
  const groups: Groups = new Map()
  const add = (node: SelectionNode): void => {
    if (node.kind !== Kind.FIELD) {
      const inner = node.kind === Kind.INLINE_FRAGMENT ? node : fragments[node.name.value]
      for (const selection of inner?.selectionSet.selections ?? []) add(selection)
      return
    }
    const name = node.alias?.value ?? node.name.value
    groups.set(name, [...(groups.get(name) ?? []), node])
  }
  for (const { selections } of sets) for (const node of selections) add(node)
  return groups
}

function largestIn(sets: readonly SelectionSetNode[], fragments: Fragments): number {
  let largest = 0
  for (const fields of groupFields(sets, fragments).values()) {
    const below = fields.flatMap(({ selectionSet }) => selectionSet ?? [])
    largest = Math.max(largest, fields.length, below.length > 0 ? largestIn(below, fragments) : 0)
  }
  return largest
}

/**
 * The largest number of fields with one path, in any operation or fragment. No fragment may contain itself, and the
 * number of fields must be bounded: a field of a fragment is visited once for each spread.
 */
export function duplicatesIn(document: DocumentNode, fragments: Fragments): number {
  const counts = document.definitions.map((node) =>
    'selectionSet' in node && node.selectionSet ? largestIn([node.selectionSet], fragments) : 0,
  )
  return Math.max(0, ...counts)
}
