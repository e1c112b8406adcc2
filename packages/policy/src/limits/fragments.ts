/** The fragments of a document. */
import { type DocumentNode, type FragmentDefinitionNode, Kind } from 'graphql'

/** Fragments by name. The object has no prototype, as `info.fragments` of a resolver. */
export type Fragments = Readonly<Record<string, FragmentDefinitionNode>>

/** Every fragment of a document. */
export function fragmentsOf({ definitions }: DocumentNode): Fragments {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null)
  for (const node of definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node
  return fragments
}
