/**
 * Builds a schema from a document and resolvers with graphql-js alone: a library for it would be loaded at every cold
 * start.
 */
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  isScalarType,
} from 'graphql'

type Members = Readonly<Record<string, unknown>>

const scalarParts = ['serialize', 'parseValue', 'parseLiteral'] as const

function attach(name: string, type: ReturnType<GraphQLSchema['getType']>, members: Members): void {
  if (isObjectType(type)) attachFields(name, type.getFields() as unknown as Fields, members)
  else if (isAbstractType(type)) Object.assign(type, { resolveType: members.__resolveType })
  else if (isScalarType(type)) for (const part of scalarParts) Object.assign(type, { [part]: members[part] })
  else throw new Error(`resolvers.${name}: no such type in the schema`)
}

type Fields = Readonly<Record<string, { resolve?: unknown }>>

function attachFields(name: string, fields: Fields, members: Members): void {
  for (const [member, resolve] of Object.entries(members)) {
    const field = Object.hasOwn(fields, member) ? fields[member] : undefined
    if (!field || typeof resolve !== 'function')
      throw new Error(`resolvers.${name}.${member}: no such field in the schema`)
    field.resolve = resolve
  }
}

/**
 * The executable schema of a document and its resolvers. The document is not validated: `npm run generate` refuses an
 * invalid one, and validation takes as long as building. The caller validates the schema.
 * @throws Error for a resolver without a field or type in the schema
 */
export function executableSchema(document: DocumentNode, resolvers: object): GraphQLSchema {
  const schema = buildASTSchema(document, { assumeValidSDL: true })
  for (const [name, members] of Object.entries(resolvers)) attach(name, schema.getType(name), members)
  return schema
}
