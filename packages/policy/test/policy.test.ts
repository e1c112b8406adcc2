import { anonymous } from '@fieldnotes/core/principal'
import { execute, type GraphQLObjectType, GraphQLSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { appErrorIn } from '../src/decide/graphql-errors.ts'
import { createPolicy } from '../src/policy.ts'
import { anyone, caller, chain, has, inGroup, object, signedIn } from '../src/rules.ts'
import { alice, ask, bob, boss, callers, createShop, mine, shopRules, someone } from './shop.ts'
import { coded, thrownBy } from './thrown.ts'

/** Made by each test, never by the file, so that a mutation run sees it made. */
function shop() {
  return createPolicy(createShop(), shopRules)
}

const order = '{ order(id: "o0") { id total margin parcel { street } } }'

describe('createPolicy', () => {
  it('refuses a schema that is none', () => {
    const none = new GraphQLSchema({ types: [] })
    expect(() => createPolicy(none, {})).toThrow('Query root type must be provided')
  })
})

describe('schemaFor', () => {
  const queries = [
    order,
    '{ me stats things { count things { id ... on Order { total margin } } } }',
    '{ found(id: "p-o0") { ... on Parcel { street } } }',
  ]
  it.each(Object.entries(callers))('answers %s exactly as the general schema does', async (_name, principal) => {
    for (const query of queries)
      expect(await ask(shop().schemaFor(principal), principal, query)).toEqual(
        await ask(shop().schema, principal, query),
      )
  })

  it('puts nothing in front of a field below the root that the caller may read anyway', () => {
    const margin = inGroup('shop:staff')
    const policy = createPolicy(createShop(), { ...shopRules, Order: { ...shopRules.Order, margin } })
    const resolverOf = (schema: GraphQLSchema) =>
      (schema.getType('Order') as GraphQLObjectType).getFields().margin?.resolve
    expect(resolverOf(policy.schemaFor(boss))).toBeUndefined()
    expect(resolverOf(policy.schemaFor(alice))).toBeTypeOf('function')
    expect(resolverOf(policy.schema)).toBeTypeOf('function')
  })

  it('is one schema for callers with the same answers', () => {
    const { schemaFor } = shop()
    expect(schemaFor(alice)).toBe(schemaFor(bob))
    expect(schemaFor(alice)).not.toBe(schemaFor(boss))
  })

  it('refuses a caller who belongs to another grant set', async () => {
    for (const query of ['{ stats }', '{ me }', '{ things { count } }']) {
      const answer = await ask(shop().schemaFor(boss), alice, query)
      expect(Object.values(answer.refusals)).toEqual(['INTERNAL'])
    }
    const args = { schema: shop().schemaFor(boss), document: parse('{ stats }'), contextValue: { principal: alice } }
    const { errors } = await execute(args)
    expect(appErrorIn(errors?.[0])).toMatchObject({ reason: 'Query.stats: the schema of another grant set' })
  })

  it('keeps a bounded number of schemas', () => {
    const { schemaFor } = createPolicy(createShop(), shopRules, { grantSetsMax: 1 })
    const first = schemaFor(alice)
    expect(schemaFor(alice)).toBe(first)
    schemaFor(boss)
    expect(schemaFor(alice)).not.toBe(first)
  })
})

describe('decide', () => {
  it('decides one place for one caller and object', () => {
    expect(shop().decide(alice, 'Order.total', { buyer: 'alice' })).toEqual({ allowed: true, leaf: 'signed in & mine' })
    expect(shop().decide(bob, 'Order.total', { buyer: 'alice' })).toMatchObject({ allowed: false, code: 'FORBIDDEN' })
    expect(shop().decide(anonymous, 'Order.parcel', { buyer: 'alice' })).toMatchObject({
      code: 'NOT_FOUND',
      leaf: 'mine',
    })
  })

  it('refuses a place that does not exist', () => {
    const reason = 'no such field in the policy: Order.nope'
    expect(() => shop().decide(alice, 'Order.nope')).toThrow(expect.objectContaining({ code: 'INTERNAL', reason }))
  })

  it('names a scope and a group that were missing', () => {
    const stats = chain(has('a:b'), inGroup('c:d'))
    const { decide } = createPolicy(createShop(), { ...shopRules, Query: { ...shopRules.Query, stats } })
    expect(decide(alice, 'Query.stats')).toMatchObject({ missing: ['scope a:b'] })
    expect(decide(someone('x', ['a:b']), 'Query.stats')).toMatchObject({ missing: ['group c:d'] })
    expect(decide(someone('x', ['a:b'], ['c:d']), 'Query.stats')).toMatchObject({ allowed: true })
  })
})

describe('judge', () => {
  it('answers by the rule it is given', () => {
    expect(shop().judge(mine, { principal: alice }, { buyer: 'alice' })).toBe(true)
    expect(shop().judge(mine, { principal: bob }, { buyer: 'alice' })).toBe(false)
    expect(shop().judge(has('not:in:the:table'), { principal: someone('x', ['not:in:the:table']) }, {})).toBe(true)
    expect(shop().judge(anyone, { principal: anonymous }, {})).toBe(true)
  })

  it('does not call an outage a refusal, and keeps what was thrown for the log', () => {
    const rule = object('broken', (_principal, parent: { a: { b: boolean } }) => parent.a.b)
    const outage = (message: RegExp) =>
      expect.objectContaining({
        code: 'UNAVAILABLE',
        reason: 'a rule could not be judged',
        cause: expect.objectContaining({ message: expect.stringMatching(message) }),
      })
    expect(thrownBy(() => shop().judge(rule, { principal: alice }, {}))).toEqual(outage(/undefined/))
    const stats = caller('broken caller', () => {
      throw new Error('gone')
    })
    const { judge } = createPolicy(createShop(), { ...shopRules, Query: { ...shopRules.Query, stats } })
    expect(thrownBy(() => judge(stats, { principal: alice }, {}))).toEqual(outage(/gone/))
    expect(() => judge(stats, { principal: alice }, {})).toThrow(coded('UNAVAILABLE'))
  })
})

describe('a policy', () => {
  it.each([null, 64, { grantSetsMax: '64' }, { grantSets: 64 }])('does not start with wrong options: %j', (options) => {
    expect(() => createPolicy(createShop(), shopRules, options as never)).toThrow(/createPolicy(\.\w+)? is not/)
  })

  it.each([undefined, null, 'alice', { id: 'alice' }])('decides nothing without a principal: %j', (principal) => {
    const { decide, judge } = createPolicy(createShop(), shopRules)
    const reason = expect.stringContaining('return `{ principal }`')
    expect(thrownBy(() => decide(principal as never, 'Query.stats'))).toMatchObject({ code: 'INTERNAL', reason })
    const context = { principal } as never
    expect(thrownBy(() => judge(signedIn, context, {}))).toMatchObject({ code: 'INTERNAL', reason })
  })
})
