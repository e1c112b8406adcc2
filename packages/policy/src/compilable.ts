/**
 * Which operations may be compiled by graphql-jit. Everything else is executed by graphql-js: graphql-jit 0.8 answers some
 * documents differently, and *executes code that stands in a string literal* of a document (see the package's README).
 * The list says what may pass, so that whatever nobody thought of is not compiled.
 */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isSpecifiedScalarType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { objectTypesOf } from './check.ts'
import { measure } from './measure.ts'

/** Code is generated for each field, fragments in their place; beyond this, compiling takes too long. */
const fieldsMax = 1000

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

/** Runtime types are asked of code that may throw or answer later, which graphql-jit does not survive. */
const isAbstract = (type: GraphQLOutputType | GraphQLCompositeType | null | undefined): boolean =>
  isAbstractType(getNamedType(type))

const isPlainDocument = (document: DocumentNode, schema: GraphQLSchema): boolean => {
  const types = new TypeInfo(schema)
  let plain = true
  visit(
    document,
    visitWithTypeInfo(types, {
      enter: (node) => {
        if (unfitNodes.has(node.kind)) plain = false
        if (node.kind !== Kind.FIELD) return
        if (!isPlainField(node, schema) || isAbstract(types.getType()) || isAbstract(types.getParentType()))
          plain = false
      },
    }),
  )
  return plain
}

/** Variables that graphql-js has coerced and that can be coerced again without change. */
const hasPlainVariables = ({ variableDefinitions = [] }: OperationDefinitionNode, schema: GraphQLSchema): boolean =>
  variableDefinitions.every(({ type }) => {
    const input = typeFromAST(schema, type as never)
    return input !== undefined && isSpecifiedScalarType(getNamedType(input))
  })

/** Whether the answer of the compiled operation is known to be graphql-js's own. The document must be valid. */
export const isCompilable = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean => {
  if (operation.operation !== OperationTypeNode.QUERY || measure(document).fields > fieldsMax) return false
  return isUnambiguous(schema) && isPlainDocument(document, schema) && hasPlainVariables(operation, schema)
}
