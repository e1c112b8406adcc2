/**
 * Which operations graphql-jit may be given. It writes the document into JavaScript, and names things by joining words of
 * the document: a string in it can become code, and two aliases can be taken for one. What could do either stays with
 * graphql-js, and so does what the two are known to answer differently.
 */
import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** Nodes of a document. A larger one is not worth the code it would make. */
const nodesMax = 1_000

/** Joined by `_`, words with a `_` in them become ambiguous; `__proto__` is one of those. */
const isPlain = (word: string): boolean => /^[A-Za-z][A-Za-z0-9]*$/.test(word) || word === '__typename'

/** Text, directives and whatever is new or rare stays out: only these kinds of node are known to be harmless. */
const harmless: ReadonlySet<string> = new Set([
  Kind.DOCUMENT,
  Kind.OPERATION_DEFINITION,
  Kind.FRAGMENT_DEFINITION,
  Kind.SELECTION_SET,
  Kind.FIELD,
  Kind.INLINE_FRAGMENT,
  Kind.FRAGMENT_SPREAD,
  Kind.ARGUMENT,
  Kind.NAME,
  Kind.NAMED_TYPE,
  Kind.LIST_TYPE,
  Kind.NON_NULL_TYPE,
  Kind.VARIABLE,
  Kind.VARIABLE_DEFINITION,
  Kind.INT,
  Kind.BOOLEAN,
  Kind.ENUM,
  Kind.NULL,
])

const isOneQuery = ({ definitions }: DocumentNode): boolean => {
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  return operations.length === 1 && operations[0]?.operation === 'query'
}

/** Whether graphql-jit answers this valid document as graphql-js does, and safely. */
export const isCompilable = (schema: GraphQLSchema, document: DocumentNode): boolean => {
  const types = new TypeInfo(schema)
  let nodes = 0
  let harmful = !isOneQuery(document)
  const enter = (node: { readonly kind: string; readonly value?: unknown }) => {
    nodes += 1
    const type = getNamedType(types.getType())
    harmful ||= nodes > nodesMax || !harmless.has(node.kind) || isAbstractType(type)
    harmful ||= node.kind === Kind.NAME && !isPlain(String(node.value))
  }
  visit(document, visitWithTypeInfo(types, { enter }))
  return !harmful
}

/** Whether no two fields of the schema have one name when type and field are joined: graphql-jit keeps resolvers under it. */
export const hasDistinctNames = (schema: GraphQLSchema): boolean => {
  const names = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.keys(type.getFields()).map((field) => type.name + field))
  return new Set(names).size === names.length
}
