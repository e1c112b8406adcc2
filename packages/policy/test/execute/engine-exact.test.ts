import { buildSchema, type GraphQLResolveInfo, type GraphQLUnionType, parse, responsePathAsArray } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/policy.ts'
import { allow, signedIn } from '../../src/rules.ts'
import { rule } from '../kit/shield-library.ts'
import { alice } from '../shop.ts'
import { argsOf, expectSame } from './engine-kit.ts'
import { Foreign } from './odd-world.ts'

function foreign(value: unknown): Foreign {
  return new Foreign(Promise.resolve(value))
}

describe('unusual behaviour of graphql-js', () => {
  const schema = buildSchema(
    'type Query { a: Int strict: Strict b: Int list: [Strict!] } type Strict { late: Int must: Int! }',
  )
  const later = async (ticks: number): Promise<void> => {
    for (const _ of Array(ticks)) await null
  }

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
    'reports a late error in the same order among others, %i ticks later',
    async (ticks) => {
      const strict = { must: null, late: () => later(2) }
      const b = () => later(ticks).then(() => Promise.reject(new Error('b')))
      const args = { schema, document: parse('{ strict { late must } b }'), rootValue: { strict, b } }
      expect((await expectSame(args)).errors).toHaveLength(2)
    },
  )

  it('evaluates a condition that is null only where graphql-js does', async () => {
    const document = parse(`
      query A($on: Boolean = true) { ...F ...F @include(if: $on) }
      query B($on: Boolean = true) { a @include(if: $on) }
      fragment F on Query { a }`)
    const ask = (operationName: string) =>
      expectSame({ schema, document, operationName, rootValue: { a: 1 }, variableValues: { on: null } })
    expect(await ask('A')).toEqual({ data: { a: 1 }, errors: [] })
    expect((await ask('B')).errors).toHaveLength(1)
  })

  it('reports an error in a fragment that is spread twice once', async () => {
    const document = parse('{ strict { ...F ...F } ...G ...G } fragment F on Strict { must } fragment G on Query { a }')
    const { errors } = await expectSame({ schema, document, rootValue: { strict: { must: null }, a: 'none' } })
    expect(errors.map(({ locations }: { locations: unknown[] }) => locations.length)).toEqual([1, 1])
  })

  it('reports no error below a path that is already null', async () => {
    const failing = (ticks: number) => () => later(ticks).then(() => Promise.reject(new Error(`${ticks}`)))
    const list = [
      { must: failing(1), late: 1 },
      { must: 1, late: failing(9) },
    ]
    const args = { schema, document: parse('{ list { must late } }'), rootValue: { list } }
    expect((await expectSame(args)).errors).toHaveLength(1)
    await later(20)
  })

  it('passes the path of the field to resolveType, without the index of the item', async () => {
    const paths: unknown[] = []
    const abstract = buildSchema(
      'union Any = A | B type A { a: Int } type B { b: Int } type In { any: [[Any]] } type Query { in: In }',
    )
    const any = abstract.getType('Any') as GraphQLUnionType
    any.resolveType = (_value, _context, { path }) => {
      paths.push(responsePathAsArray(path))
      return 'A'
    }
    await expectSame({
      schema: abstract,
      document: parse('{ in { any { __typename } } }'),
      rootValue: { in: { any: [[{}]] } },
    })
    expect(paths).toEqual(Array(3).fill(['in', 'any']))
  })

  it('passes over a fragment on an interface that a type does not implement, though it has its fields', async () => {
    const abstract = buildSchema(`
      interface Named { name: String }
      type A implements Named { name: String }
      type B { name: String }
      union Any = A | B
      type Query { any: [Any] }`)
    const any = ['A', 'B'].map((__typename) => ({ __typename, name: __typename }))
    const document = parse('{ any { ... on Named { name } } }')
    expect((await expectSame({ schema: abstract, document, rootValue: { any } })).data.any).toEqual([{ name: 'A' }, {}])
  })

  it('passes resolve info to a rule', async () => {
    const named = rule('named')((_parent, _args, _context, info?: GraphQLResolveInfo) => info?.fieldName !== 'b')
    const policy = createPolicy(buildSchema('type Query { a: Int b: Int }'), { Query: { a: named, b: named } })
    const args = { ...argsOf(policy.schema, alice, '{ a b }'), rootValue: { a: 1, b: 2 } }
    expect((await expectSame(args)).data).toEqual({ a: 1, b: null })
  })

  it.each(['allow', 'a rule'])('reads a property once, though it throws: behind %s', async (rule) => {
    let reads = 0
    const source = {
      get a(): never {
        reads += 1
        throw new Error('a')
      },
    }
    const decided = createPolicy(buildSchema('type Query { a: Int }'), {
      Query: { a: rule === 'allow' ? allow : signedIn },
    })
    const args = { ...argsOf(decided.schema, alice, '{ a }'), rootValue: source }
    expect((await expectSame(args)).errors).toHaveLength(1)
    expect(reads).toBe(3)
  })

  it('waits for foreign promises, from resolvers, types and scalars', async () => {
    const odd = buildSchema(`
      scalar S
      interface I { a: String }
      type J implements I { a: String }
      type T { a: String }
      type Query { t: T s: S x: String list: [String] strict: String! i: I }`)
    Object.assign(odd.getType('S') as object, { serialize: foreign })
    Object.assign(odd.getType('I') as object, { resolveType: () => foreign('J') })
    Object.assign(odd.getType('T') as object, { isTypeOf: () => foreign(true) })
    const list = foreign([foreign('1'), foreign(null), 'z'])
    const rootValue = { ...{ t: foreign({ a: foreign('a') }), s: 's', x: foreign('x'), list }, i: { a: foreign('q') } }
    const { data } = await expectSame({ schema: odd, document: parse('{ x s t { a } list i { a } }'), rootValue })
    expect(data).toEqual({ x: 'x', s: 's', t: { a: 'a' }, list: ['1', null, 'z'], i: { a: 'q' } })
    for (const [query, expected] of [
      ['{ s }', { s: 's' }],
      ['{ t { __typename } }', { t: { __typename: 'T' } }],
      ['{ i { __typename } }', { i: { __typename: 'J' } }],
    ] as const) {
      const alone = { schema: odd, document: parse(query), rootValue: { s: 's', t: {}, i: {} } }
      expect((await expectSame(alone)).data).toEqual(expected)
    }
    const strict = { schema: odd, document: parse('{ x strict }'), rootValue: { strict: foreign(null) } }
    expect((await expectSame(strict)).errors).toHaveLength(1)
  })

  // graphql-js's own resolver looks twice.
  it.each([
    ['allow', 2],
    ['a rule', 1],
  ])('reads a function from a property once: behind %s', async (rule, expected) => {
    let reads = 0
    const source = {
      get a() {
        reads += 1
        return function (this: unknown) {
          return this === source ? 7 : 0
        }
      },
    }
    const rules = { Query: { a: rule === 'allow' ? allow : signedIn } }
    const decided = createPolicy(buildSchema('type Query { a: Int }'), rules)
    const args = { ...argsOf(decided.schema, alice, '{ a }'), rootValue: source }
    expect((await expectSame(args)).data).toEqual({ a: 7 })
    expect(reads).toBe(expected + 2)
  })

  it('calls a function in a guarded property with the arguments of a resolver', async () => {
    const calls: unknown[][] = []
    const a = (...values: unknown[]) => calls.push(values) && 1
    const decided = createPolicy(buildSchema('type Query { a: Int }'), { Query: { a: signedIn } })
    const args = { ...argsOf(decided.schema, alice, '{ a }'), rootValue: { a } }
    await expectSame(args)
    expect(calls).toHaveLength(3)
    for (const [given, context, info] of calls) {
      expect([given, context]).toEqual([{}, args.contextValue])
      expect(info).toMatchObject({ fieldName: 'a', path: { key: 'a', typename: 'Query' } })
    }
  })

  it('waits for a function that is a promise too', async () => {
    const a = () => Object.assign(() => 7, Object.fromEntries([['then', (done: (value: number) => void) => done(8)]]))
    expect((await expectSame({ schema, document: parse('{ a }'), rootValue: { a } })).data).toEqual({ a: 8 })
  })
})
