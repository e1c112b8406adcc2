/** Our policy over the schema, made executable as the endpoint's is: the same table of rules in the words of `@fieldnotes/policy`. */
import { executableSchema } from '@fieldnotes/api/executable-schema'
import { createPolicy, type Policy } from '@fieldnotes/policy/policy'
import { allow, caller, chain, object, type Rule, type RuleTable } from '@fieldnotes/policy/rules'
import { parse } from 'graphql'
import { resolvers } from '../resolvers.ts'
import { type Demand, demands, eachRule } from '../rules.ts'
import { sdl } from '../schema.ts'

function leafOf(demand: Demand): Rule {
  const test = demands[demand]
  if (demand === 'mine') return object(demand, (principal, note: { ownerId?: string }) => test(principal, note))
  return caller(demand, (principal) => test(principal, {}))
}

/** The policy of the bench, as an endpoint would make it. */
export function benchPolicy(): Policy {
  const leaves = new Map((Object.keys(demands) as Demand[]).map((demand) => [demand, leafOf(demand)]))
  const ruleOf = (asked: readonly Demand[]): Rule => {
    const rules = asked.map((demand) => leaves.get(demand) as Rule)
    return rules.length > 0 ? chain(...rules) : allow
  }
  return createPolicy(
    executableSchema(parse(sdl(), { noLocation: true }), resolvers),
    eachRule(ruleOf) as RuleTable<Record<string, Record<string, unknown>>>,
  )
}
