/** graphql-shield for the schema, with rules made from our table. */

import { allow, and, applyMiddleware, deny, rule, shield } from '@fieldnotes/policy/test/shield-library'
import { defaultFieldResolver, type GraphQLSchema, isObjectType } from 'graphql'
import type { Context } from '../world/callers.ts'
import { type Demand, demands, demandsOf, eachRule } from '../world/rules.ts'
import { bareSchema } from './graphql-js-engine.ts'

type ShieldRule = ReturnType<typeof and> | ReturnType<ReturnType<typeof rule>> | typeof allow

function isCaller(demand: Demand) {
  return demand !== 'mine'
}

/**
 * Rules as the guide writes them: asynchronous, `contextual` where they depend on the caller only, combined by `and`.
 */
export function guideRules(cacheOfObjectRules: 'strict' | 'no_cache') {
  const leaves = new Map(
    (Object.keys(demands) as Demand[]).map((name) => [
      name,
      rule(name, { cache: isCaller(name) ? 'contextual' : cacheOfObjectRules })(
        async (parent, _args, { principal }: Context) => demands[name](principal, parent ?? {}),
      ),
    ]),
  )
  return eachRule((needs): ShieldRule => {
    const rules = needs.map((demand) => leaves.get(demand) ?? deny)
    return rules.length > 0 ? and(...rules) : allow
  })
}

/** One flat, synchronous rule per field, cached where it depends on the caller only. */
export function flatRules() {
  const made = new Map<string, ShieldRule>([['', allow]])
  return eachRule((needs): ShieldRule => {
    const name = needs.join('+')
    const found = made.get(name) ?? flatRule(name, needs)
    made.set(name, found)
    return found
  })
}

function flatRule(name: string, needs: readonly Demand[]): ShieldRule {
  const tests = needs.map((demand) => demands[demand])
  const cache = needs.every(isCaller) ? 'contextual' : 'no_cache'
  return rule(name, { cache })((parent, _args, { principal }: Context) =>
    tests.every((test) => test(principal, parent ?? {})),
  )
}

/** The schema with graphql-shield in front of every field. */
export function shielded(rules: Record<string, Record<string, ShieldRule>>): GraphQLSchema {
  return applyMiddleware(bareSchema(), shield(rules, { fallbackRule: deny }))
}

/** The same without shield's wrapper on fields that need no rule: the best tuning we found. */
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
