/** The fragments of a document, for everything that follows spreads. */
import { type DocumentNode, type FragmentDefinitionNode, Kind } from 'graphql'

/** By name. An object without a prototype, as resolvers are told. */
export type Fragments = Readonly<Record<string, FragmentDefinitionNode>>

/** Every fragment of a document. */
export function fragmentsOf({ definitions }: DocumentNode): Fragments {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null)
  for (const node of definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node
  return fragments
}
