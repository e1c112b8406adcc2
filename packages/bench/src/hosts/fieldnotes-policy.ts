/** Our policy for the schema: the table of demands as rules of `@fieldnotes/policy`, executable like the endpoint's. */
import { executableSchema } from '@fieldnotes/api/executable-schema'
import { createPolicy, type Policy } from '@fieldnotes/policy/policy'
import { allow, caller, chain, object, type Rule, type RuleTable } from '@fieldnotes/policy/rules'
import { parse } from 'graphql'
import { resolvers } from '../world/resolvers.ts'
import { type Demand, demands, eachRule } from '../world/rules.ts'
import { sdl } from '../world/schema.ts'

function leafOf(demand: Demand): Rule {
  const test = demands[demand]
  if (demand === 'mine') return object(demand, (principal, note: { ownerId?: string }) => test(principal, note))
  return caller(demand, (principal) => test(principal, {}))
}

/** The bench's policy. */
export function benchPolicy(): Policy {
  const leaves = new Map((Object.keys(demands) as Demand[]).map((demand) => [demand, leafOf(demand)]))
  const ruleOf = (needs: readonly Demand[]): Rule => {
    const rules = needs.map((demand) => leaves.get(demand) as Rule)
    return rules.length > 0 ? chain(...rules) : allow
  }
  return createPolicy(
    executableSchema(parse(sdl(), { noLocation: true }), resolvers),
    eachRule(ruleOf) as RuleTable<Record<string, Record<string, unknown>>>,
  )
}
