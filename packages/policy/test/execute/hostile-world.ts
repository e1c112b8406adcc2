/** Generated documents, and generated variables of which some are hostile. */
import { makeExecutableSchema } from '@graphql-tools/schema'
import fc, { type Arbitrary } from 'fast-check'
import { GraphQLScalarType } from 'graphql'

/** Throws for one string, and returns undefined for another: both make the value invalid. */
const Any = new GraphQLScalarType({
  name: 'Any',
  parseValue: (value) => {
    if (value === 'bad') throw new Error('bad')
    return value === 'none' ? undefined : value
  },
})

/** Arguments of every kind of input type. */
export const schema = makeExecutableSchema({
  typeDefs: `
    enum Color { RED GREEN }
    scalar Any
    input In { n: Int! = 3, color: Color, tags: [String!], inner: In, list: [[In]], id: ID!, any: Any }
    input One @oneOf { a: Int, b: In }
    type Query {
      echo(in: In, one: One, ids: [ID!], n: Int! = 7, on: Boolean, any: Any, f: Float, matrix: [[Int!]]): String
      must(in: In!, m: Int!): String!
      self: Query
      several(n: Int! = 2): [Query!]
    }
  `,
  resolvers: {
    Any,
    Query: {
      echo: (_parent: unknown, args: object) => JSON.stringify(args),
      must: (_parent: unknown, { m, ...args }: { m: number }) => (m < 0 ? null : JSON.stringify(args)),
      self: () => ({}),
      several: (_parent: unknown, { n }: { n: number }) => Array.from({ length: Math.max(0, n % 4) }, () => ({})),
    },
  },
})

const declarations: Readonly<Record<string, readonly string[]>> = {
  in: ['In', 'In!', 'In = { id: "x", tags: ["a"] }'],
  one: ['One', 'One = { a: 1 }'],
  ids: ['[ID!]', '[ID!]!', '[ID!] = ["a"]'],
  n: ['Int', 'Int!', 'Int = 5'],
  on: ['Boolean!', 'Boolean! = true'],
  any: ['Any', 'Any = { a: 1 }'],
  f: ['Float'],
  matrix: ['[[Int!]]', '[[Int!]] = [[1]]'],
  m: ['Int!'],
  required: ['In!'],
}

const fields = [
  'echo(in: $in)',
  'one: echo(one: $one, any: $any)',
  'ids: echo(ids: $ids, on: $on)',
  'n: echo(n: $n, f: $f)',
  'inline: echo(in: { id: "i", inner: $in, any: $any }, n: $n)',
  'rows: echo(matrix: $matrix) @include(if: $on)',
  'must(in: $required, m: $m)',
  'skipped: echo(n: $n) @skip(if: $on)',
  '__typename',
]

const selection: Arbitrary<string> = fc.letrec<{ set: string }>((tie) => ({
  set: fc
    .tuple(
      fc.subarray(fields, { minLength: 1 }),
      fc.option(fc.tuple(fc.constantFrom('self', 'several(n: $n)'), tie('set') as Arbitrary<string>), {
        maxDepth: 2,
        depthIdentifier: 'set',
      }),
    )
    .map(([own, below]) => `{ ${own.join(' ')} ${below ? `${below[0]} ${below[1]}` : ''} }`),
})).set

/** Valid and invalid queries with declared variables. */
export const documents: Arbitrary<string> = fc
  .tuple(
    fc.record(
      Object.fromEntries(Object.entries(declarations).map(([name, types]) => [name, fc.constantFrom(...types)])),
    ),
    selection,
  )
  .map(([types, set]) => {
    const declared = Object.entries(types).map(([name, type]) => `$${name}: ${type}`)
    return `query Q(${declared.join(', ')}) ${set}`
  })

const members = ['n', 'color', 'tags', 'inner', 'list', 'id', 'any', 'a', 'b', 'odd', '__proto__', 'constructor']

/** Values of every wrong type, members that no type has, nulls and lists in lists, as JSON can hold them. */
const hostile: Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      null,
      0,
      1,
      -1,
      1.5,
      2 ** 40,
      1e300,
      true,
      false,
      '',
      'x',
      'RED',
      'BLUE',
      'bad',
      'none',
      'x'.repeat(200),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.constant(null), { minLength: 5, maxLength: 30 }),
    fc.dictionary(fc.constantFrom(...members), tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value

const input = fc.record(
  {
    id: fc.constantFrom('a', 1),
    tags: fc.constantFrom(null, [], ['a']),
    color: fc.constant('RED'),
    any: fc.constantFrom(null, { deep: [1] }),
    list: fc.constantFrom([[{ id: 'b' }]], [null], { id: 'c' }),
  },
  { requiredKeys: ['id'] },
)

const fine: Readonly<Record<string, Arbitrary<unknown>>> = {
  in: fc.oneof(input, fc.constant(null)),
  one: fc.constantFrom({ a: 1 }, { b: { id: 'x' } }, null),
  ids: fc.constantFrom(['a', 1], 'single', []),
  n: fc.constantFrom(0, 1, 3, null),
  on: fc.boolean(),
  any: fc.constantFrom(1, { a: 1 }, null),
  f: fc.constantFrom(1, 1.5),
  matrix: fc.constantFrom([[1], null], 1, [[]]),
  m: fc.constantFrom(1, -1),
  required: input,
}

/** Each variable fine, hostile or absent: one hostile value among fine ones is the most frequent case. */
const variables = fc
  .tuple(
    fc.record(fine, { requiredKeys: ['required', 'm', 'on'] }),
    fc.subarray(Object.keys(fine), { maxLength: 3 }),
    fc.boolean(),
  )
  .chain(([values, names, isHostile]) =>
    fc
      .record(Object.fromEntries(names.map((name) => [name, hostile])))
      .map((others) => (isHostile ? { ...values, ...others } : values)),
  )

/** As a server parses it: `__proto__` is then a member like any other. */
export const parsedVariables = variables.map((values) => JSON.parse(JSON.stringify(values)) as Record<string, unknown>)
