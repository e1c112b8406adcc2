import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { execute, type GraphQLObjectType, type GraphQLSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { refusalIn } from '../src/decision.ts'
import { createPolicy } from '../src/policy.ts'
import { allow, anyone, caller, chain, has, inGroup, not, object, or, signedIn } from '../src/rules.ts'
import { alice, ask, bob, boss, callers, createShop, mine, shopRules, someone } from './shop.ts'

const shop = createPolicy(createShop(), shopRules)

const order = '{ order(id: "o0") { id total margin parcel { street } } }'

describe('the enforced schema', () => {
  it('answers a field that the caller may read', async () => {
    const answer = await ask(shop.schema, alice, '{ me order(id: "o0") { total parcel { street } } }')
    expect(answer).toEqual({
      data: { me: 'alice', order: { total: 0, parcel: { street: 'alice street' } } },
      refusals: {},
    })
  })

  it('makes a refused field null and leaves the rest alive', async () => {
    const answer = await ask(shop.schema, alice, order)
    expect(answer.data).toEqual({ order: { id: 'o0', total: 0, margin: null, parcel: { street: 'alice street' } } })
    expect(answer.refusals).toEqual({ 'order.margin': 'FORBIDDEN' })
  })

  it('asks the anonymous caller to sign in', async () => {
    const answer = await ask(shop.schema, anonymous, `{ me stats order(id: "o0") { id } }`)
    expect(answer.data).toEqual({ me: null, stats: null, order: null })
    expect(new Set(Object.values(answer.refusals))).toEqual(new Set(['UNAUTHENTICATED']))
  })

  it('says NOT_FOUND where existence is hidden, and FORBIDDEN beside it', async () => {
    const { refusals } = await ask(shop.schema, bob, order)
    expect(refusals).toEqual({ 'order.total': 'FORBIDDEN', 'order.margin': 'FORBIDDEN', 'order.parcel': 'NOT_FOUND' })
  })

  it('judges each item of a list on its own', async () => {
    const answer = await ask(shop.schema, alice, '{ things { things { id ... on Order { total } } } }')
    expect(answer.refusals).toEqual({ 'things.things.1.total': 'FORBIDDEN' })
  })

  const paths: readonly [string, string, string][] = [
    ['an alias', '{ a: found(id: "o0") { ... on Order { id: id t: total } } }', 'a.t'],
    ['an inline fragment', '{ order(id: "o0") { ... { total } } }', 'order.total'],
    [
      'a named fragment',
      '{ order(id: "o0") { ...a } } fragment a on Order { ...b } fragment b on Order { total }',
      'order.total',
    ],
    ['an interface', '{ things { things { ... on Thing { ... on Order { total } } } } }', 'things.things.0.total'],
    ['a union', '{ found(id: "o0") { ... on Order { total } } }', 'found.total'],
    ['a union of another type', '{ found(id: "p-o0") { ... on Parcel { street } } }', 'found.street'],
    ['a mutation payload', 'mutation { cancel(id: "o0") { order { total } } }', 'cancel.order.total'],
  ]
  it.each(paths)('refuses through %s', async (_name, query, path) => {
    const { refusals } = await ask(shop.schema, bob, query)
    expect(refusals).toMatchObject({ [path]: 'FORBIDDEN' })
  })

  it('refuses a mutation before it writes', async () => {
    const written: string[] = []
    const { schema } = createPolicy(createShop(written), shopRules)
    const { refusals } = await ask(schema, callers.powerless, 'mutation { cancel(id: "o0") { order { id } } }')
    expect(refusals).toEqual({ cancel: 'FORBIDDEN' })
    expect(written).toEqual([])
  })

  it('leaves the schema it was given as it was', async () => {
    const given = createShop()
    createPolicy(given, shopRules)
    expect(await ask(given, anonymous, '{ stats }')).toEqual({ data: { stats: 42 }, refusals: {} })
  })

  it('puts nothing in front of a field that everyone may read', () => {
    const type = shop.schema.getType('Page')
    expect(type && 'getFields' in type && 'count' in type.getFields() && type.getFields().count).toHaveProperty(
      'resolve',
      undefined,
    )
  })

  it('refuses a context without a principal', async () => {
    const { data, errors } = await execute({ schema: shop.schema, document: parse('{ stats }'), contextValue: {} })
    expect(data).toEqual({ stats: null })
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'INTERNAL' })
  })

  it('tells the log which rule refused, and the client nothing of it', async () => {
    const { errors } = await execute({ schema: shop.schema, document: parse(order), contextValue: { principal: bob } })
    const refused = errors?.map(({ originalError }) => originalError && refusalIn(originalError))
    expect(refused).toContainEqual({
      allowed: false,
      code: 'FORBIDDEN',
      leaf: 'mine | group shop:staff',
      missing: ['mine', 'group shop:staff'],
    })
    expect(errors?.[0]?.originalError).toMatchObject({ reason: 'Order.total: mine | group shop:staff' })
    expect(JSON.stringify(errors)).not.toContain('mine')
  })
})

describe('a rule that looks only at the caller', () => {
  it('is asked once per principal, however many fields ask', async () => {
    const asked: Principal[] = []
    const counted = caller('counted', (principal) => asked.push(principal) > 0)
    const { schema } = createPolicy(createShop(), {
      ...shopRules,
      Order: { ...shopRules.Order, total: counted, margin: counted },
    })
    await ask(schema, alice, '{ things { things { ... on Order { total margin } } } }')
    await ask(schema, bob, '{ things { things { ... on Order { total margin } } } }')
    expect(asked).toEqual([alice, bob])
  })

  it('is never mixed up between callers who are served at once', async () => {
    const principals = Array.from({ length: 200 }, (_, index) => (index % 2 ? alice : boss))
    const answers = await Promise.all(principals.map((principal) => ask(shop.schema, principal, '{ stats }')))
    expect(answers.map(({ data }) => (data as { stats: unknown }).stats)).toEqual(
      principals.map((p) => (p === boss ? 42 : null)),
    )
  })
})

describe('a rule that looks at the object', () => {
  const counting = (seen: unknown[], table = shopRules) => {
    const counted = object<{ id: string }>('counted', (_principal, parent) => seen.push(parent.id) > 0)
    return createPolicy(createShop(), { ...table, Order: { ...table.Order, total: counted, margin: counted } }).schema
  }

  it('is asked once per object', async () => {
    const seen: unknown[] = []
    await ask(counting(seen), alice, '{ things { things { ... on Order { total margin again: total } } } }')
    expect(seen).toEqual(['o0', 'o1', 'o2'])
  })

  it('is asked again by the next request for the same object', async () => {
    const seen: unknown[] = []
    const schema = counting(seen)
    await ask(schema, alice, '{ order(id: "o0") { total margin } }')
    await ask(schema, alice, '{ order(id: "o0") { total margin } }')
    expect(seen).toEqual(['o0', 'o0'])
  })

  it('is asked for each field when it reads the arguments', async () => {
    const seen: unknown[] = []
    const counted = object('counted', (_principal, _parent, args) => seen.push(args) > 0)
    const { schema } = createPolicy(createShop(), { ...shopRules, Query: { ...shopRules.Query, order: counted } })
    await ask(schema, alice, '{ a: order(id: "o0") { id } b: order(id: "o1") { id } }')
    expect(seen).toEqual([{ id: 'o0' }, { id: 'o1' }])
  })

  it('fails closed when it reads arguments that it does not declare', async () => {
    const sly = object('sly', (_principal, _parent, args: { id?: string } = {}) => args.id === undefined)
    const { schema } = createPolicy(createShop(), { ...shopRules, Query: { ...shopRules.Query, order: sly } })
    expect((await ask(schema, alice, '{ order(id: "o0") { id } }')).refusals).toEqual({ order: 'UNAVAILABLE' })
  })
})

describe('a rule that can not be decided', () => {
  const breaking = object('breaking', () => {
    throw new Error('secret of the store')
  })
  const promising = object('promising', () => Promise.reject(new Error('late')) as never)
  const brokenCaller = caller('broken caller', () => {
    throw new Error('secret of the caller')
  })
  const trees = [breaking, promising, brokenCaller].flatMap((leaf) => [
    leaf,
    not(leaf),
    not(not(leaf)),
    or(leaf, allow),
    or(not(signedIn), leaf),
    chain(signedIn, leaf),
    or(not(leaf), allow),
  ])
  it.each(trees.map((rule, index) => [index, rule] as const))(
    'is UNAVAILABLE and closed in every tree (%i)',
    async (_index, rule) => {
      const { schema, schemaFor } = createPolicy(createShop(), {
        ...shopRules,
        Query: { ...shopRules.Query, stats: rule },
      })
      for (const each of [schema, schemaFor(alice)])
        expect(await ask(each, alice, '{ stats }')).toEqual({
          data: { stats: null },
          refusals: { stats: 'UNAVAILABLE' },
        })
    },
  )

  it('keeps what was thrown for the log', () => {
    const { decide } = createPolicy(createShop(), { ...shopRules, Query: { ...shopRules.Query, stats: not(breaking) } })
    expect(decide(alice, 'Query.stats')).toMatchObject({
      code: 'UNAVAILABLE',
      leaf: 'breaking',
      cause: { message: 'secret of the store' },
    })
  })

  it('stays closed when it answers twice differently', async () => {
    let answer = true
    const fickle = object('fickle', () => {
      answer = !answer
      return answer
    })
    const { schema } = createPolicy(createShop(), { ...shopRules, Query: { ...shopRules.Query, stats: fickle } })
    expect((await ask(schema, alice, '{ stats }')).refusals).toEqual({ stats: 'UNAVAILABLE' })
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
      expect(await ask(shop.schemaFor(principal), principal, query)).toEqual(await ask(shop.schema, principal, query))
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
    expect(shop.schemaFor(alice)).toBe(shop.schemaFor(bob))
    expect(shop.schemaFor(alice)).not.toBe(shop.schemaFor(boss))
  })

  it('refuses a caller who belongs to another grant set', async () => {
    for (const query of ['{ stats }', '{ me }', '{ things { count } }']) {
      const answer = await ask(shop.schemaFor(boss), alice, query)
      expect(Object.values(answer.refusals)).toEqual(['INTERNAL'])
    }
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
    expect(shop.decide(alice, 'Order.total', { buyer: 'alice' })).toEqual({ allowed: true, leaf: 'signed in & mine' })
    expect(shop.decide(bob, 'Order.total', { buyer: 'alice' })).toMatchObject({ allowed: false, code: 'FORBIDDEN' })
    expect(shop.decide(anonymous, 'Order.parcel', { buyer: 'alice' })).toMatchObject({
      code: 'NOT_FOUND',
      leaf: 'mine',
    })
  })

  it('refuses a place that does not exist', () => {
    expect(() => shop.decide(alice, 'Order.nope')).toThrow(expect.objectContaining({ code: 'INTERNAL' }))
  })
})

describe('judge', () => {
  it('answers by the rule it is given', () => {
    expect(shop.judge(mine, { principal: alice }, { buyer: 'alice' })).toBe(true)
    expect(shop.judge(mine, { principal: bob }, { buyer: 'alice' })).toBe(false)
    expect(shop.judge(has('not:in:the:table'), { principal: someone('x', ['not:in:the:table']) }, {})).toBe(true)
    expect(shop.judge(anyone, { principal: anonymous }, {})).toBe(true)
  })

  it('does not call an outage a refusal', () => {
    const rule = object('broken', (_principal, parent: { a: { b: boolean } }) => parent.a.b)
    expect(() => shop.judge(rule, { principal: alice }, {})).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }))
  })
})
