/** Generated rules, callers and objects: a remedy helps, and reveals nothing that its caller may not read. */
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import fc from 'fast-check'
import { buildSchema, execute, type GraphQLSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/policy.ts'
import { readTree } from '../../src/rule/tree.ts'
import { allow, and, deny, has, inGroup, not, notFound, object, or, person, type Rule } from '../../src/rules.ts'

const names = ['a', 'b', 'c'] as const
const facts = ['one', 'two', 'three'] as const
type Facts = Readonly<Record<(typeof facts)[number], boolean>>

const factRules = facts.map((name) => object<Facts>(name, (_principal, it) => it[name]))
const leaves: readonly Rule[] = [...names.map(has), ...factRules, inGroup('g'), person, allow, deny]

const { tree } = fc.letrec<{ tree: Rule }>((tie) => {
  const some = fc.array(tie('tree'), { minLength: 1, maxLength: 3 })
  return {
    tree: fc.oneof(
      { maxDepth: 4 },
      { weight: 3, arbitrary: fc.constantFrom(...leaves) },
      some.map((rules) => and(...rules)),
      some.map((rules) => or(...rules)),
      tie('tree').map((rule) => not(rule)),
      tie('tree').map((rule) => notFound(rule)),
    ),
  }
})

const objects: fc.Arbitrary<Facts> = fc.record({ one: fc.boolean(), two: fc.boolean(), three: fc.boolean() })
const callers: fc.Arbitrary<Principal> = fc
  .record({ scopes: fc.subarray([...names]), staff: fc.boolean(), kind: fc.constantFrom('user', 'service', 'none') })
  .map(({ scopes, staff, kind }) => {
    if (kind === 'none') return anonymous
    const members = { scopes: new Set(scopes), groups: new Set(staff ? ['g'] : []) }
    return kind === 'user' ? sampleUser(members) : sampleService(members)
  })

const schema = buildSchema(`
  type Query { it: Thing }
  type Thing { field: Int shows_one: Int shows_two: Int shows_three: Int names: [Int] }
`)

/** The policy of a drawn rule. Each fact has a field that shows it, behind a drawn rule of its own, or none. */
function policyOf(field: Rule, shows: readonly (Rule | undefined)[]) {
  const rows = facts.map((name, index) => [`shows_${name}`, shows[index] ?? deny])
  // `shownBy` may only name rules of the table.
  const table = { Query: { it: allow }, Thing: { field, ...Object.fromEntries(rows), names: or(allow, ...factRules) } }
  const shown = facts.filter((_name, index) => shows[index]).map((name) => [name, `Thing.shows_${name}`])
  return createPolicy(schema, table, { remedies: { shownBy: Object.fromEntries(shown) } })
}

/** Half of the rules need a fact in any case: few of the others have a remedy that depends on one. */
const field = fc.oneof(
  tree,
  fc.tuple(fc.constantFrom(...factRules), tree).map((rules) => and(...rules)),
)

const drawn = {
  field,
  shows: fc.tuple(...facts.map(() => fc.option(fc.oneof(fc.constant(allow), tree), { nil: undefined }))),
  caller: callers,
  it: objects,
  other: objects,
}

/** The refusal of the field, as the client gets it. */
function refusalOf(enforced: GraphQLSchema, principal: Principal, it: Facts): unknown {
  const args = { schema: enforced, document: parse('{ it { field } }'), contextValue: { principal } }
  const result = execute({ ...args, rootValue: { it: { ...it, field: 1 } } })
  return JSON.stringify(result)
}

function factsIn(rule: Rule): readonly (typeof facts)[number][] {
  const text = JSON.stringify(readTree(rule))
  return facts.filter((name) => text.includes(`"name":"${name}"`))
}

const runs = { numRuns: 4000 }

describe('a drawn rule', () => {
  it('names scopes only when the caller may read every fact of the rule, and each set then helps', () => {
    const seen = { remedies: 0, withFacts: 0 }
    fc.assert(
      fc.property(fc.record(drawn), ({ field, shows, caller, it: thing }) => {
        const policy = policyOf(field, shows)
        const decision = policy.decide(caller, 'Thing.field', thing)
        if (decision.allowed || decision.remedy?.kind !== 'SCOPES' || caller.kind === 'anonymous') return
        seen.remedies += 1
        for (const name of factsIn(field)) {
          seen.withFacts += 1
          expect(policy.decide(caller, `Thing.shows_${name}`, thing).allowed).toBe(true)
        }
        for (const set of decision.remedy.scopes) {
          const richer = { ...caller, scopes: new Set([...caller.scopes, ...set]) }
          expect(policy.decide(richer, 'Thing.field', thing).allowed).toBe(true)
          expect(set.filter((scope) => caller.scopes.has(scope))).toEqual([])
        }
      }),
      runs,
    )
    expect(seen.remedies).toBeGreaterThan(100)
    expect(seen.withFacts).toBeGreaterThan(10)
  })

  it('refuses alike, byte for byte, two objects that differ only in facts that the caller may not read', () => {
    const seen = { compared: 0 }
    fc.assert(
      fc.property(fc.record(drawn), ({ field, shows, caller, it: thing, other }) => {
        const policy = policyOf(field, shows)
        const [one, two] = [thing, other].map((each) => policy.decide(caller, 'Thing.field', each))
        if (one?.allowed !== false || two?.allowed !== false || one.code !== two.code) return
        const reads = (name: string, each: Facts) => policy.decide(caller, `Thing.shows_${name}`, each).allowed
        const differ = facts.filter((name) => thing[name] !== other[name])
        if (differ.some((name) => reads(name, thing) || reads(name, other))) return
        if (facts.some((name) => reads(name, thing) !== reads(name, other))) return
        seen.compared += differ.length
        for (const enforced of [policy.schema, policy.schemaFor(caller)])
          expect(refusalOf(enforced, caller, thing)).toBe(refusalOf(enforced, caller, other))
      }),
      runs,
    )
    expect(seen.compared).toBeGreaterThan(100)
  })
})
