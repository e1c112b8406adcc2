/**
 * Which operations may be compiled by graphql-jit. Everything else is executed by graphql-js: graphql-jit 0.8 answers some
 * documents differently, and *executes code that stands in a string literal* of a document (see the package's README).
 * The list says what may pass, so that whatever nobody thought of is not compiled.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
  visit,
} from 'graphql'
import { objectTypesOf } from './check.ts'

/** Code is generated for each field of each possible type; beyond this, compiling takes too long. */
const sizeMax = 1000

/** Two fields whose `Type` + `field` are one word would share one resolver, and with it one rule. */
const collides = (schema: GraphQLSchema): boolean => {
  const words = objectTypesOf(schema).flatMap((type) => Object.keys(type.getFields()).map((field) => type.name + field))
  return new Set(words).size < words.length
}

const collisions = new WeakMap<GraphQLSchema, boolean>()

const isUnambiguous = (schema: GraphQLSchema): boolean => {
  const known = collisions.get(schema) ?? collides(schema)
  collisions.set(schema, known)
  return !known
}

/** Names of generated variables are joined from response names: no underscore, no index, no name of a type. `__proto__` is none. */
const isPlainName = (name: string, schema: GraphQLSchema): boolean =>
  /^[A-Za-z][A-Za-z0-9]*$/.test(name) && !/^idx\d+$/.test(name) && !schema.getType(name)

/** Directives, and literals other than names, booleans and integers, leave a document to graphql-js. */
const unfitNodes = new Set<string>([Kind.STRING, Kind.DIRECTIVE, Kind.OBJECT, Kind.LIST, Kind.FLOAT])

/** `__typename` stays; what else begins with two underscores is introspection. */
const isPlainField = (node: FieldNode, schema: GraphQLSchema): boolean => {
  const { value } = node.name
  if (value === '__typename' && !node.alias) return true
  return (value === '__typename' || !value.startsWith('__')) && isPlainName(node.alias?.value ?? value, schema)
}

const isPlainDocument = (document: DocumentNode, schema: GraphQLSchema): boolean => {
  let plain = true
  visit(document, {
    enter: (node) => {
      if (unfitNodes.has(node.kind) || (node.kind === Kind.FIELD && !isPlainField(node, schema))) plain = false
    },
  })
  return plain
}

/** Variables that graphql-js has coerced and that can be coerced again without change. */
const hasPlainVariables = ({ variableDefinitions = [] }: OperationDefinitionNode, schema: GraphQLSchema): boolean =>
  variableDefinitions.every(({ type }) => {
    const input = typeFromAST(schema, type as never)
    return input !== undefined && isSpecifiedScalarType(getNamedType(input))
  })

const fragmentsOf = (document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  )

/** How many fields code would be generated for. Stops counting beyond the maximum. */
const createSizer = (
  document: DocumentNode,
  schema: GraphQLSchema,
): ((set: SelectionSetNode, type: GraphQLNamedType) => number) => {
  const fragments = fragmentsOf(document)
  let left = sizeMax

  const ofField = (node: FieldNode, type: GraphQLNamedType): number => {
    const field = isObjectType(type) ? type.getFields()[node.name.value] : undefined
    return 1 + (field && node.selectionSet ? ofSet(node.selectionSet, getNamedType(field.type)) : 0)
  }
  const ofSelection = (node: SelectionNode, type: GraphQLNamedType): number => {
    left -= 1
    if (left < 0) return Number.POSITIVE_INFINITY
    if (node.kind === Kind.FIELD) return ofField(node, type)
    const inner = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value)
    return inner ? ofSet(inner.selectionSet, type) : 0
  }
  const ofSet = (set: SelectionSetNode, type: GraphQLNamedType): number => {
    const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type]
    return types.flatMap((each) => set.selections.map((node) => ofSelection(node, each))).reduce((a, b) => a + b, 0)
  }
  return ofSet
}

/** Whether the answer of the compiled operation is known to be graphql-js's own. The document must be valid. */
export const isCompilable = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean => {
  const root = schema.getQueryType()
  if (operation.operation !== OperationTypeNode.QUERY || !root) return false
  if (!isUnambiguous(schema) || !isPlainDocument(document, schema) || !hasPlainVariables(operation, schema))
    return false
  return createSizer(document, schema)(operation.selectionSet, root) <= sizeMax
}
