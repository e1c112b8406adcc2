import { AppError } from '@fieldnotes/core/error'
import { makeExecutableSchema } from '@graphql-tools/schema'
import fc from 'fast-check'
import { type ExecutionResult, execute, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { isCompilable } from '../src/compilable.ts'
import { createCompiled } from '../src/compiled.ts'

const typeDefs = `
  enum Kind { SMALL LARGE }
  input In { n: Int! kind: Kind = LARGE }
  interface Node { id: ID! }
  type Query {
    thing(id: ID, n: Int = 2): Thing
    things(first: Int!): [Thing!]
    echo(in: In, kind: Kind, list: [Int!]): String
    strict: Thing!
    node: Node
    a(id: ID): String
  }
  type Thing implements Node {
    id: ID! name: String! must: Int! refused: String later: String kind: Kind
    parent: Thing others(n: Int): [Thing] numbers: [Int!] matrix: [[Int]]
  }
`

interface Thing {
  readonly id: number
  readonly [member: string]: unknown
}

/** Things from 30 on break the promises of the schema, so that nulls climb. */
const thing = (id: number): Thing => ({
  id,
  name: id === 30 ? null : `thing ${id}`,
  must: id === 31 ? null : id,
  kind: id === 32 ? 'HUGE' : 'SMALL',
  numbers: id === 33 ? [1, null, 3] : [1, id],
  matrix: [[id], null, [null, 2]],
})

const resolvers = {
  Query: {
    thing: async (_: unknown, { id, n }: { id?: string; n: number }) => (id === 'none' ? null : thing(n)),
    things: (_: unknown, { first }: { first: number }) => Array.from({ length: first }, (_, n) => thing(n + 1)),
    echo: (_: unknown, args: object) => JSON.stringify(args),
    strict: () => thing(3),
    node: () => thing(1),
    a: (_: unknown, { id }: { id?: string }) => id,
  },
  Node: { __resolveType: () => 'Thing' },
  Thing: {
    refused: ({ id }: Thing) => {
      if (id % 2 === 0) throw new AppError('FORBIDDEN', 'even')
      return `fine ${id}`
    },
    later: async ({ id }: Thing) => {
      if (id % 4 === 0) throw new Error('late')
      return `later ${id}`
    },
    parent: async ({ id }: Thing) => (id > 0 ? thing(id - 1) : null),
    others: ({ id }: Thing, { n = 2 }: { n?: number | null }) =>
      Array.from({ length: id < 30 ? Math.min(n ?? 0, 3) : 0 }, (_, k) => (k === 1 ? null : thing(id + k))),
  },
}
const schema = makeExecutableSchema({ typeDefs, resolvers })

const plain = ({ data, errors = [] }: ExecutionResult) => ({
  data: JSON.parse(JSON.stringify(data ?? null)),
  order: JSON.stringify(data ?? null),
  errors: errors
    .map(({ message, path, locations, originalError }) =>
      JSON.stringify({ message, path, locations, is: originalError?.constructor.name }),
    )
    .sort(),
})

const compiled = createCompiled({ after: 0, max: 1_000 })

/** graphql-jit is loaded by the first call, so that this one may still be left to graphql-js. */
await compiled(schema, { document: parse('{ strict { id } }'), variables: {}, context: {} })
await import('graphql-jit')

const both = async (query: string, variables: Record<string, unknown> = {}) => {
  const document = parse(query)
  const context = {}
  const answer = await compiled(schema, { document, variables, context })
  return { answer, expected: await execute({ schema, document, variableValues: variables, contextValue: context }) }
}

const leaves = ['id', 'name', 'must', 'refused', 'later', 'kind', 'numbers', 'matrix', '__typename']
const alias = fc.constantFrom('', '', '', 'x: ', 'y: ')

const { selection } = fc.letrec<{ field: string; selection: string }>((tie) => ({
  field: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'depth' },
    fc.tuple(alias, fc.constantFrom(...leaves)).map(([a, leaf]) => a + leaf),
    fc.tuple(alias, tie('selection')).map(([a, inner]) => `${a}parent { ${inner} }`),
    fc
      .tuple(alias, fc.constantFrom('', '(n: 3)', '(n: $n)', '(n: null)'), tie('selection'))
      .map(([a, args, inner]) => `${a}others${args} { ${inner} }`),
    tie('selection').map((inner) => `... on Thing { ${inner} }`),
    fc.constant('...f'),
  ),
  selection: fc
    .array(tie('field'), { minLength: 1, maxLength: 4, depthIdentifier: 'depth' })
    .map((fields) => fields.join(' ')),
}))

const roots = fc.constantFrom(
  'thing(n: $n)',
  'thing',
  'things(first: 8)',
  'things(first: $first)',
  'strict',
  'thing(id: $id)',
)

const operation = fc
  .tuple(
    fc.array(fc.tuple(alias, roots, selection), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('id', 'name refused', 'later must'),
  )
  .map(([fields, fragment]) => {
    const body = fields.map(([a, root, inner]) => `${a}${root} { ${inner} }`).join(' ')
    return `query q($n: Int = 4, $first: Int! = 5, $id: ID) { ${body} } fragment f on Thing { ${fragment} }`
  })

const variables = fc.record(
  {
    n: fc.constantFrom<unknown>(0, 1, 2, 3, 4, 5, 6, 30, 31, 33, null, 'x', 1.5, 2 ** 31),
    first: fc.constantFrom<unknown>(0, 3, null, '3'),
    id: fc.constantFrom<unknown>('none', 'some', 7, null, {}),
  },
  { requiredKeys: [] },
)

describe('createCompiled', () => {
  it('answers every generated operation as graphql-js does, or leaves it to graphql-js', async () => {
    let answered = 0
    await fc.assert(
      fc.asyncProperty(operation, variables, async (query, given) => {
        fc.pre(validate(schema, parse(query)).every(({ message }) => message.includes('never used')))
        const { answer, expected } = await both(query, given)
        if (!answer) return
        answered += 1
        expect(plain(answer)).toEqual(plain(expected))
      }),
      { numRuns: 200 },
    )
    expect(answered).toBeGreaterThan(40)
  }, 60_000)

  it.each([
    ['data that breaks the schema', '{ thing(n: 30) { name } }'],
    ['a value that its type refuses', '{ thing(n: 32) { kind } }'],
    ['variables that graphql-js refuses', 'query ($n: Int!) { thing(n: $n) { id } }'],
  ])('leaves %s to graphql-js', async (_name, query) => {
    expect((await both(query)).answer).toBeUndefined()
  })

  it('leaves the first calls of an operation to graphql-js, and compiles it when it repeats', async () => {
    const patient = createCompiled({ after: 2 })
    const asked = { document: parse('{ strict { id } }'), variables: {}, context: {} }
    const answers = []
    for (let call = 0; call < 5; call += 1) {
      answers.push(patient(schema, asked) !== undefined)
      await new Promise(setImmediate)
    }
    expect(answers).toEqual([false, false, false, true, true])
  })

  it('forgets what was asked longest ago', async () => {
    const small = createCompiled({ after: 1, max: 2 })
    const ask = (document: ReturnType<typeof parse>) => small(schema, { document, variables: {}, context: {} })
    const documents = ['{ strict { id } }', '{ strict { name } }', '{ strict { must } }'].map((text) => parse(text))
    for (const document of [...documents, ...documents]) ask(document)
    await new Promise(setImmediate)
    expect(documents.map((document) => ask(document) !== undefined)).toEqual([false, false, false])
  })
})

const marker = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d'

const leftAlone: readonly [string, string][] = [
  ['text that graphql-jit would run as code', `{ a(id: "${marker}globalThis.broken=1") }`],
  ['text in a block', `{ a(id: """${marker}globalThis.broken=1""") }`],
  ['text in a default', `query ($id: ID = "${marker}globalThis.broken=1") { a(id: $id) }`],
  ['any text at all', '{ a(id: "1") }'],
  ['aliases whose joined names meet', '{ n: thing { p_q: name } q_n: thing { p: refused } }'],
  ['an alias that is a prototype', '{ strict { __proto__: id } }'],
  ['a directive', 'query ($if: Boolean!) { strict { id @skip(if: $if) } }'],
  ['an interface', '{ node { id } }'],
  ['an interface as a condition', '{ strict { ... on Node { id } } }'],
  ['introspection', '{ __type(name: "Thing") { name } }'],
  ['two operations', 'query one { strict { id } } query two { strict { id } }'],
  ['an object in an argument', '{ echo(in: { n: 1 }) }'],
  ['a document too large', `{ strict { ${'id '.repeat(1_000)} } }`],
]

describe('isCompilable', () => {
  it.each(leftAlone)('leaves %s to graphql-js', async (_name, query) => {
    expect(isCompilable(schema, parse(query))).toBe(false)
  })

  it('runs nothing that a document brings along', async () => {
    for (const [, query] of leftAlone) await both(query, { if: true })
    expect('broken' in globalThis).toBe(false)
  })

  it('takes queries with variables, numbers, names and fragments', () => {
    const query = 'query ($n: Int) { thing(n: $n) { ...f } echo(kind: SMALL, list: [1]) } fragment f on Thing { id }'
    expect(query.includes('$')).toBe(true)
    expect(isCompilable(schema, parse(query.replace(', list: [1]', '')))).toBe(true)
  })
})
