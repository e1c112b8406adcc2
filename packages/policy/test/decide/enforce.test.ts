import { anonymous } from '@fieldnotes/core/principal'
import {
  buildSchema,
  execute,
  type GraphQLObjectType,
  GraphQLSchema,
  type GraphQLUnionType,
  getNamedType,
  isIntrospectionType,
  parse,
  validateSchema,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { appErrorIn, refusalIn } from '../../src/decide/graphql-errors.ts'
import { createPolicy } from '../../src/policy.ts'
import { allow, signedIn } from '../../src/rules.ts'
import { alice, ask, bob, callers, createShop, shopRules } from '../shop.ts'

/** Made by each test, never by the file, so that a mutation run sees it made. */
function shop() {
  return createPolicy(createShop(), shopRules)
}

const order = '{ order(id: "o0") { id total margin parcel { street } } }'

describe('the enforced schema', () => {
  it('answers a field that the caller may read', async () => {
    const answer = await ask(shop().schema, alice, '{ me order(id: "o0") { total parcel { street } } }')
    expect(answer).toEqual({
      data: { me: 'alice', order: { total: 0, parcel: { street: 'alice street' } } },
      refusals: {},
    })
  })

  it('makes a refused field null and leaves the rest as it is', async () => {
    const answer = await ask(shop().schema, alice, order)
    expect(answer.data).toEqual({ order: { id: 'o0', total: 0, margin: null, parcel: { street: 'alice street' } } })
    expect(answer.refusals).toEqual({ 'order.margin': 'FORBIDDEN' })
  })

  it('refuses the anonymous caller with UNAUTHENTICATED', async () => {
    const answer = await ask(shop().schema, anonymous, `{ me stats order(id: "o0") { id } }`)
    expect(answer.data).toEqual({ me: null, stats: null, order: null })
    expect(new Set(Object.values(answer.refusals))).toEqual(new Set(['UNAUTHENTICATED']))
  })

  it('refuses with NOT_FOUND where existence is hidden, and with FORBIDDEN beside it', async () => {
    const { refusals } = await ask(shop().schema, bob, order)
    expect(refusals).toEqual({ 'order.total': 'FORBIDDEN', 'order.margin': 'FORBIDDEN', 'order.parcel': 'NOT_FOUND' })
  })

  it('judges each item of a list on its own', async () => {
    const answer = await ask(shop().schema, alice, '{ things { things { id ... on Order { total } } } }')
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
    const { refusals } = await ask(shop().schema, bob, query)
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
    const type = shop().schema.getType('Page')
    expect(type && 'getFields' in type && 'count' in type.getFields() && type.getFields().count).toHaveProperty(
      'resolve',
      undefined,
    )
  })

  const users = [{ id: 'alice' }, 'alice', { kind: 'admin' }, null, undefined]
  it.each([{}, undefined, ...users.map((principal) => ({ principal }))])(
    'refuses a context without a principal, and says what to pass: %j',
    async (contextValue) => {
      const args = { schema: shop().schema, document: parse('{ stats }'), contextValue }
      const { data, errors } = await execute(args)
      expect(data).toEqual({ stats: null })
      const message = 'Something went wrong on our side.'
      expect(errors?.map((error) => error.toJSON())).toMatchObject([{ message, extensions: { code: 'INTERNAL' } }])
      expect(JSON.stringify(errors)).not.toContain('principal')
      expect(appErrorIn(errors?.[0])).toMatchObject({
        code: 'INTERNAL',
        reason: expect.stringMatching(/^Query\.stats: the context has no principal\. .* return `\{ principal \}`/),
      })
    },
  )

  it('keeps the refusing rule for the log, and returns none of it to the client', async () => {
    const { errors } = await execute({
      schema: shop().schema,
      document: parse(order),
      contextValue: { principal: bob },
    })
    const refused = errors?.map(refusalIn)
    expect(refused).toContainEqual({
      allowed: false,
      code: 'FORBIDDEN',
      leaf: 'mine | group shop:staff',
      missing: ['mine', 'group shop:staff'],
    })
    expect(appErrorIn(errors?.[0])).toMatchObject({ reason: 'Order.total: mine | group shop:staff' })
    expect(JSON.stringify(errors)).not.toContain('mine')
  })

  it('holds no type of the schema it was given, be it behind lists, interfaces or unions', () => {
    const given = buildSchema(`
      interface Node { self: Node twins: [Note!]! }
      type Note implements Node { self: Note twins: [Note!]! }
      union Hit = Note
      type Query { node: Node hit: Hit! }
    `)
    const table = { Query: { node: signedIn, hit: allow }, Note: { self: signedIn, twins: allow } }
    const { schema } = createPolicy(given, table as never)
    expect(validateSchema(new GraphQLSchema({ ...schema.toConfig(), assumeValid: false }))).toEqual([])
    for (const type of Object.values(schema.getTypeMap()).filter(
      (each) => 'getFields' in each && !isIntrospectionType(each),
    ))
      for (const field of Object.values((type as GraphQLObjectType).getFields())) {
        const target = getNamedType(field.type)
        expect(schema.getType(target.name)).toBe(target)
      }
    expect(schema.getPossibleTypes(schema.getType('Hit') as GraphQLUnionType)).toEqual([schema.getType('Note')])
  })
})
