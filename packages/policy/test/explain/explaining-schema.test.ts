import { execute, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { explanationOf } from '../../src/explain/explained-fields.ts'
import { explain, explaining } from '../../src/explain/explaining-schema.ts'
import { formatExplanation } from '../../src/explain/format-explanation.ts'
import { createPolicy } from '../../src/policy.ts'
import { chain, deny, object, or, signedIn } from '../../src/rules.ts'
import { alice, ask, bob, callers, createShop, mine, shopRules } from '../shop.ts'

/** Made by each test, never by the file, so that a mutation run sees it made. */
function shop() {
  return explaining(createShop(), shopRules)
}

async function explained(source: string, principal: typeof alice, schema = shop()) {
  const document = parse(source)
  return (await explain({ schema, document, contextValue: { principal } })).explained
}

describe('the explanation', () => {
  const query = '{ order(id: "o0") { id t: total parcel { street } } }'

  it('has for each path the deciding rule, the missing rules, and the owner', async () => {
    expect(await explained(query, bob)).toEqual([
      { path: 'order', coordinate: 'Query.order', decision: { allowed: true, leaf: 'scope orders:read' }, found: [] },
      { path: 'order.id', coordinate: 'Order.id', decision: { allowed: true, leaf: 'allow' }, found: [] },
      {
        path: 'order.t',
        coordinate: 'Order.total',
        decision: {
          allowed: false,
          code: 'FORBIDDEN',
          leaf: 'mine | group shop:staff',
          missing: ['mine', 'group shop:staff'],
        },
        found: ['bought by alice'],
      },
      {
        path: 'order.parcel',
        coordinate: 'Order.parcel',
        decision: { allowed: false, code: 'NOT_FOUND', leaf: 'mine', missing: ['mine'] },
        found: ['bought by alice'],
      },
    ])
  })

  it('numbers the items of a list', async () => {
    const paths = (await explained('{ things { things { id } } }', alice)).map(({ path }) => path)
    expect(paths).toContain('things.things.5.id')
  })

  it.each(Object.entries(callers))('is returned beside the same response, for %s', async (_name, principal) => {
    for (const source of [query, '{ me stats things { things { ... on Order { total margin } } } }'])
      expect(await ask(shop(), principal, source)).toEqual(
        await ask(createPolicy(createShop(), shopRules).schema, principal, source),
      )
  })

  it('is empty for a context without an execution', () => {
    expect(explanationOf({})).toEqual([])
  })

  it('survives a rule that throws, and a description that throws', async () => {
    const rule = object<{ a: { b: boolean } }>('broken', (_principal, parent) => parent.a.b)
    const mute = object(
      'mute',
      () => false,
      () => {
        throw new Error('no')
      },
    )
    const table = { ...shopRules, Query: { ...shopRules.Query, me: rule, stats: chain(signedIn, mute) } }
    const [me, stats] = await explained('{ me stats }', alice, explaining(createShop(), table))
    expect(me).toMatchObject({ decision: { code: 'UNAVAILABLE', leaf: 'broken' } })
    expect(stats).toMatchObject({ decision: { code: 'FORBIDDEN' }, found: ['not available'] })
  })

  it('has once what several rules found', async () => {
    const describeOwner = (_principal: unknown, { buyer }: { buyer: string }) => `bought by ${buyer}`
    const [one, other] = ['one', 'other'].map((name) => object<{ buyer: string }>(name, () => false, describeOwner))
    const total = or(one ?? deny, other ?? deny)
    const schema = explaining(createShop(), { ...shopRules, Order: { ...shopRules.Order, total } })
    const [, refused] = await explained('{ order(id: "o0") { total } }', bob, schema)
    expect(refused).toMatchObject({ decision: { missing: ['one', 'other'] }, found: ['bought by alice'] })
  })

  it('finds nothing where a rule has no description', async () => {
    const mute = object('mute', () => false)
    const schema = explaining(createShop(), {
      ...shopRules,
      Query: { ...shopRules.Query, stats: chain(signedIn, mute) },
    })
    expect(await explained('{ stats }', alice, schema)).toMatchObject([{ decision: { missing: ['mute'] }, found: [] }])
  })

  it('is a table for a terminal', async () => {
    expect(formatExplanation(await explained(query, bob))).toBe(
      [
        'order         Query.order   allowed    scope orders:read',
        'order.id      Order.id      allowed    allow',
        'order.t       Order.total   FORBIDDEN  missing: mine, or group shop:staff; bought by alice',
        'order.parcel  Order.parcel  NOT_FOUND  missing: mine; bought by alice',
      ].join('\n'),
    )
  })

  it('prints a line for a rule that threw', () => {
    const decision = { allowed: false, code: 'UNAVAILABLE', leaf: 'x', missing: [] } as const
    expect(formatExplanation([{ path: 'a', coordinate: 'Query.a', decision, found: [] }])).toContain(
      'could not be decided: x',
    )
    const denied = { ...decision, code: 'FORBIDDEN', leaf: 'deny' } as const
    expect(formatExplanation([{ path: 'a', coordinate: 'Query.a', decision: denied, found: [] }])).toMatch(
      /FORBIDDEN {2}deny$/,
    )
    expect(mine).toBeDefined()
  })
})

describe('a context without a principal', () => {
  it.each([undefined, {}, { principal: { id: 'alice' } }])('is INTERNAL in every field: %j', async (contextValue) => {
    const { data, errors } = await execute({ schema: shop(), document: parse('{ me stats }'), contextValue })
    expect(data).toEqual({ me: null, stats: null })
    const error = { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL' } }
    expect(errors?.map((each) => each.toJSON())).toMatchObject([error, error])
  })
})
