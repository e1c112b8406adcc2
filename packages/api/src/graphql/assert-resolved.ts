/** Refuses a schema with a field that nothing resolves. */
import { type GraphQLObjectType, type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql'

/** A schema that does not start. The message lists all problems, one a line. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError'
}

/** Type → fields that are read as the property of their name. */
export type PropertyTable = Readonly<Record<string, readonly string[]>>

/**
 * Asserts that each field of each object type has a resolver or is in the table, and not both.
 * @throws SchemaError that lists every other field, and every entry of the table without a field
 */
export function assertResolved(schema: GraphQLSchema, properties: PropertyTable): void {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !isIntrospectionType(type))
  const problems = [
    ...types.flatMap((type) => fieldProblems(type as GraphQLObjectType, properties)),
    ...Object.entries(properties).flatMap(([type, fields]) => strayEntries(schema, type, fields)),
  ]
  if (problems.length > 0)
    throw new SchemaError(`The schema can't start:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
}

function fieldProblems(type: GraphQLObjectType, properties: PropertyTable): readonly string[] {
  const listed = new Set(Object.hasOwn(properties, type.name) ? properties[type.name] : [])
  return Object.values(type.getFields()).flatMap(({ name, resolve }) => {
    const coordinate = `${type.name}.${name}`
    if (resolve && listed.has(name)) return [`${coordinate} has a resolver: remove it from resolvers/properties.ts.`]
    if (resolve || listed.has(name)) return []
    return [`${coordinate} has no resolver: add one in resolvers/, or the property to resolvers/properties.ts.`]
  })
}

function strayEntries(schema: GraphQLSchema, typeName: string, listed: readonly string[]): readonly string[] {
  const type = schema.getType(typeName)
  const fields = isObjectType(type) ? type.getFields() : {}
  return listed
    .filter((name) => !Object.hasOwn(fields, name))
    .map((name) => `${typeName}.${name} is in resolvers/properties.ts but not in the schema: remove it.`)
}
