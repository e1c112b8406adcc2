/** A schema's document and resolvers made one. graphql-js has all it takes; a library for it would be loaded at every cold start. */
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  isScalarType,
} from 'graphql'

type Members = Readonly<Record<string, unknown>>

type Attach = (name: string, type: ReturnType<GraphQLSchema['getType']>, members: Members) => void

const scalarParts = ['serialize', 'parseValue', 'parseLiteral'] as const

const attach: Attach = (name, type, members) => {
  if (isObjectType(type)) return attachFields(name, type.getFields() as unknown as Fields, members)
  if (isAbstractType(type)) return void Object.assign(type, { resolveType: members.__resolveType })
  if (!isScalarType(type)) throw new Error(`resolvers.${name}: no such type in the schema`)
  for (const part of scalarParts) Object.assign(type, { [part]: members[part] })
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
 * The schema of this document, answered by these resolvers. The document is our own, and nothing is generated of one that
 * is not valid: validating it again would take as long as building. What is built of it is validated by whoever uses it.
 * @throws Error for a resolver that the schema has no place for
 */
export function executableSchema(document: DocumentNode, resolvers: object): GraphQLSchema {
  const schema = buildASTSchema(document, { assumeValidSDL: true })
  for (const [name, members] of Object.entries(resolvers)) attach(name, schema.getType(name), members)
  return schema
}
