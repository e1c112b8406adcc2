/** graphql-shield over the schema, its rules made from our table. */
import { defaultFieldResolver, type GraphQLSchema, isObjectType } from 'graphql'
import type { Context } from '../callers.ts'
import { allow, and, applyMiddleware, deny, rule, shield } from '../graphql-shield.ts'
import { type Demand, demands, demandsOf, eachRule } from '../rules.ts'
import { bareSchema } from './graphql-js.ts'

type ShieldRule = ReturnType<typeof and> | ReturnType<ReturnType<typeof rule>> | typeof allow

function isCaller(demand: Demand) {
  return demand !== 'mine'
}

/** The rules as the guide writes them: asynchronous, `contextual` where only the caller matters, joined by `and`. */
export function guideRules(cacheOfObjectRules: 'strict' | 'no_cache') {
  const leaves = new Map(
    (Object.keys(demands) as Demand[]).map((name) => [
      name,
      rule(name, { cache: isCaller(name) ? 'contextual' : cacheOfObjectRules })(
        async (parent, _args, { principal }: Context) => demands[name](principal, parent ?? {}),
      ),
    ]),
  )
  return eachRule((asked): ShieldRule => {
    const rules = asked.map((demand) => leaves.get(demand) ?? deny)
    return rules.length > 0 ? and(...rules) : allow
  })
}

/** One flat, synchronous rule per field, cached where only the caller matters. */
export function flatRules() {
  const made = new Map<string, ShieldRule>([['', allow]])
  return eachRule((asked): ShieldRule => {
    const name = asked.join('+')
    const found = made.get(name) ?? flatRule(name, asked)
    made.set(name, found)
    return found
  })
}

function flatRule(name: string, asked: readonly Demand[]): ShieldRule {
  const tests = asked.map((demand) => demands[demand])
  const cache = asked.every(isCaller) ? 'contextual' : 'no_cache'
  return rule(name, { cache })((parent, _args, { principal }: Context) =>
    tests.every((test) => test(principal, parent ?? {})),
  )
}

/** The schema with graphql-shield in front of every field. */
export function shielded(rules: Record<string, Record<string, ShieldRule>>): GraphQLSchema {
  return applyMiddleware(bareSchema(), shield(rules, { fallbackRule: deny }))
}

/** The same, with shield's wrapper taken off the fields that ask for nothing: the best tuning we found. */
export function unwrapped(schema: GraphQLSchema): GraphQLSchema {
  const bare = bareSchema()
  for (const type of Object.values(schema.getTypeMap())) {
    const original = bare.getType(type.name)
    if (!isObjectType(type) || !isObjectType(original) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) {
      const resolve = original.getFields()[field.name]?.resolve ?? defaultFieldResolver
      if (demandsOf(type.name, field.name).length === 0) field.resolve = resolve
    }
  }
  return schema
}
