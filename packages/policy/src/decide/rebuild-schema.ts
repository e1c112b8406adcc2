/** Copies of a schema with other resolvers. The original is never changed. */
import {
  type GraphQLFieldConfig,
  GraphQLInterfaceType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLUnionType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql'

export type FieldConfig = GraphQLFieldConfig<unknown, unknown>

/** Returns the field of an object type with other resolvers. */
export type RebuildField = (type: GraphQLObjectType, field: string, config: FieldConfig) => FieldConfig

type Fields = Record<string, FieldConfig>

/** A copy of `schema` in which `rebuildField` replaced each field of each object type. The schema must be valid. */
export function rebuildSchema(schema: GraphQLSchema, rebuildField: RebuildField): GraphQLSchema {
  const copies = new Map<string, GraphQLNamedType>()
  const named = <Type extends GraphQLNamedType>(type: Type): Type => (copies.get(type.name) ?? type) as Type
  const typed = (type: GraphQLOutputType): GraphQLOutputType => {
    if (isNonNullType(type)) return new GraphQLNonNull(typed(type.ofType) as never)
    return isListType(type) ? new GraphQLList(typed(type.ofType)) : named(type)
  }
  const mapFields = (fields: Fields, change: (name: string, config: FieldConfig) => FieldConfig): Fields =>
    Object.fromEntries(Object.entries(fields).map(([name, config]) => [name, change(name, config)]))
  const retype = (config: FieldConfig): FieldConfig => ({ ...config, type: typed(config.type) })

  const copy = (type: GraphQLNamedType): GraphQLNamedType => {
    if (isObjectType(type)) {
      const config = type.toConfig()
      return new GraphQLObjectType({
        ...config,
        interfaces: () => config.interfaces.map(named),
        fields: () => mapFields(config.fields, (name, field) => retype(rebuildField(type, name, field))),
      })
    }
    if (isInterfaceType(type)) {
      const config = type.toConfig()
      return new GraphQLInterfaceType({
        ...config,
        interfaces: () => config.interfaces.map(named),
        fields: () => mapFields(config.fields, (_name, field) => retype(field)),
      })
    }
    if (!isUnionType(type)) return type
    const config = type.toConfig()
    return new GraphQLUnionType({ ...config, types: () => config.types.map(named) })
  }

  const config = schema.toConfig()
  const types = config.types.filter((type) => !isIntrospectionType(type))
  for (const type of types) copies.set(type.name, copy(type))
  return new GraphQLSchema({
    ...config,
    query: config.query && named(config.query),
    mutation: config.mutation && named(config.mutation),
    subscription: config.subscription && named(config.subscription),
    types: types.map(named),
    assumeValid: true,
  })
}
