import { buildSchema, execute, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/policy.ts'
import { argument } from '../../src/rule/argument.ts'
import { allow, and, deny, has, inGroup } from '../../src/rules.ts'
import { alice, ask, boss, createShop, shopRules } from '../shop.ts'

const staff = inGroup('shop:staff')

function shop(things: ReturnType<typeof argument>) {
  return createPolicy(createShop(), {
    ...shopRules,
    Query: { ...shopRules.Query, things: and(has('orders:read'), things) },
  })
}

function byField() {
  return shop(
    and(
      argument('orderBy.field', staff, ['MARGIN']),
      argument('filter.marginOver', staff),
      argument('filter.or.marginOver', staff),
    ),
  )
}

describe('a guard on an argument', () => {
  const oracles = [
    'orderBy: { field: MARGIN }',
    'filter: { marginOver: 5 }',
    'filter: { marginOver: 0 }',
    'filter: { marginOver: null }',
    'filter: { or: [{}, { marginOver: 5 }] }',
    'filter: { or: { marginOver: 5 } }',
    'orderBy: { field: TOTAL }, filter: { marginOver: 5 }',
  ]
  it.each(oracles)('refuses %s to who may not read the field behind it', async (args) => {
    const query = `{ things(${args}) { count } }`
    expect(await ask(byField().schema, alice, query)).toEqual({
      data: { things: null },
      refusals: { things: 'FORBIDDEN' },
    })
    expect((await ask(byField().schema, boss, query)).refusals).toEqual({})
  })

  it.each([
    'things',
    'things(orderBy: { field: TOTAL })',
    'things(filter: {})',
    'things(filter: { or: [] })',
    'things(filter: { or: [{}] })',
    'things(orderBy: null)',
  ])('lets %s pass', async (field) => {
    for (const schema of [byField().schema, byField().schemaFor(alice)])
      expect(await ask(schema, alice, `{ ${field} { count } }`)).toEqual({
        data: { things: { count: 6 } },
        refusals: {},
      })
  })

  it('sees a list that is given empty', () => {
    const policy = shop(argument('filter.or', deny))
    expect(policy.decide(alice, 'Query.things', undefined, { filter: { or: [] } })).toMatchObject({ allowed: false })
    expect(policy.decide(alice, 'Query.things', undefined, { filter: {} })).toMatchObject({ allowed: true })
  })

  it('sees no value where a member is undefined', () => {
    const args = { filter: { marginOver: undefined } }
    expect(byField().decide(alice, 'Query.things', undefined, args)).toMatchObject({ allowed: true })
  })

  it('is evaluated for each field of one object, since each may have other arguments', () => {
    const schema = buildSchema('type Query { box: Box } type Box { it(secret: Int): Int }')
    const table = { Query: { box: allow }, Box: { it: argument('secret', deny) } }
    const answer = execute({
      schema: createPolicy<{ Query: { box: object }; Box: { it: number } }>(schema, table).schema,
      document: parse('{ box { a: it b: it(secret: 1) c: it } }'),
      rootValue: { box: { it: 7 } },
      contextValue: { principal: alice },
    })
    expect(answer).toMatchObject({ data: { box: { a: 7, b: null, c: 7 } } })
  })

  it('sees no members that an object inherits', () => {
    const inherited = { filter: Object.create({ marginOver: 5 }) }
    expect(byField().decide(alice, 'Query.things', undefined, inherited)).toMatchObject({ allowed: true })
  })

  it('names the argument that was used', () => {
    const decision = byField().decide(alice, 'Query.things', undefined, { orderBy: { field: 'MARGIN' } })
    expect(decision).toMatchObject({
      leaf: 'not (argument orderBy.field is MARGIN) | group shop:staff',
      code: 'FORBIDDEN',
    })
    const either = shop(argument('orderBy.field', staff, ['MARGIN', 'TOTAL']))
    expect(either.decide(alice, 'Query.things', undefined, { orderBy: { field: 'TOTAL' } })).toMatchObject({
      missing: ['not (argument orderBy.field is MARGIN or TOTAL)', 'group shop:staff'],
    })
    const any = shop(argument('filter', staff)).decide(alice, 'Query.things', undefined, { filter: {} })
    expect(any).toMatchObject({ missing: ['not (argument filter given)', 'group shop:staff'] })
    const given = byField().decide(alice, 'Query.things', undefined, { filter: { marginOver: 1 } })
    expect(given).toMatchObject({ missing: ['not (argument filter.marginOver given)', 'group shop:staff'] })
  })
})
