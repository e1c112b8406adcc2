/** How requests reach objects of a type. */
import { type GraphQLSchema, getNamedType, isAbstractType, isObjectType } from 'graphql'

interface Edge {
  readonly coordinate: string
  /** The object types that the field can return. */
  readonly to: readonly string[]
}

function edgesOf(schema: GraphQLSchema, name: string): readonly Edge[] {
  const type = schema.getType(name)
  if (!isObjectType(type)) return []
  return Object.values(type.getFields()).map((field) => {
    const named = getNamedType(field.type)
    const possible = isAbstractType(named) ? schema.getPossibleTypes(named) : [named].filter(isObjectType)
    return { coordinate: `${name}.${field.name}`, to: possible.map((each) => each.name) }
  })
}

/** For each object type, the shortest path of fields that leads to it from a root type, such as `Query`. */
export function shortestWays(schema: GraphQLSchema): ReadonlyMap<string, readonly string[]> {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(isObjectType)
  const ways = new Map<string, readonly string[]>(roots.map(({ name }) => [name, []]))
  // A map visits the entries that are added while it is read.
  for (const [name, way] of ways)
    for (const { coordinate, to } of edgesOf(schema, name))
      for (const next of to) if (!ways.has(next)) ways.set(next, [...way, coordinate])
  return ways
}
