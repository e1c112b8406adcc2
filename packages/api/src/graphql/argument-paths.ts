/**
 * Paths of literals in a document, such as `input.tags.0`, so that errors of validation name them as those of variables
 * are named.
 */
import { type ASTNode, type DocumentNode, type GraphQLError, Kind, type ValueNode, visit } from 'graphql'

/** Characters of a path. Errors of deeper literals have locations alone. */
const pathMax = 200

type Paths = ReadonlyMap<ASTNode, string>

function addValue(paths: Map<ASTNode, string>, path: string, node: ValueNode): void {
  if (path.length > pathMax) return
  paths.set(node, path)
  if (node.kind === Kind.LIST)
    for (const [index, item] of node.values.entries()) addValue(paths, `${path}.${index}`, item)
  if (node.kind === Kind.OBJECT) for (const member of node.fields) addMember(paths, `${path}.`, member)
}

interface Named {
  readonly name: ASTNode & { readonly value: string }
  readonly value: ValueNode
}

/** An argument, or a member of an input object. Errors about duplicates have the name as their node. */
function addMember(paths: Map<ASTNode, string>, prefix: string, node: Named & ASTNode): void {
  const path = `${prefix}${node.name.value}`
  if (path.length > pathMax) return
  paths.set(node, path).set(node.name, path)
  addValue(paths, path, node.value)
}

/** The path of each node in an argument or in the default value of a variable. */
function pathsOf(document: DocumentNode): Paths {
  const paths = new Map<ASTNode, string>()
  visit(document, {
    Argument: (node) => {
      addMember(paths, '', node)
      return false
    },
    VariableDefinition: ({ variable, defaultValue }) => {
      if (defaultValue) addValue(paths, variable.name.value, defaultValue)
    },
  })
  return paths
}

/** Messages about something that is missing: its name, below the path of the node. */
const missing: readonly RegExp[] = [
  /^Field "\w+\.(\w+)" of required type /,
  /^(?:Field|Argument|Directive) "@?[\w.]+" argument "(\w+)" of type /,
]

/** The path that an error names; undefined for one that is not about an argument. */
function pathOf({ message, nodes = [] }: GraphQLError, paths: Paths): string | undefined {
  const path = nodes.flatMap((node) => paths.get(node) ?? []).at(-1)
  const name = missing.flatMap((pattern) => pattern.exec(message)?.[1] ?? [])[0]
  if (name === undefined) return path
  return path === undefined ? name : `${path}.${name}`
}

/** The errors of a document, each with the path of the argument that it is about. The document is visited once. */
export function withPaths(
  document: DocumentNode,
  errors: readonly GraphQLError[],
): readonly (readonly [error: GraphQLError, path: string | undefined])[] {
  if (errors.length === 0) return []
  const paths = pathsOf(document)
  return errors.map((error) => [error, pathOf(error, paths)])
}
