import { AppError } from '@fieldnotes/core/error'
import { buildSchema, getIntrospectionQuery, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { assertWithin, createGate, limitRule, limitsDefault, parseWithin } from '../src/limits.ts'
import { measure } from '../src/measure.ts'

const many = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => one(index)).join(' ')

const nested = (depth: number, name: string): string =>
  `${`${name} {`.repeat(depth - 1)} ${name} ${'}'.repeat(depth - 1)}`

/** A tower of fragments, each spreading the next twice: 2^height times what stands at its foot. */
const tower = (height: number, foot: string): string =>
  `{ ...f0 } ${many(height, (index) => `fragment f${index} on Query { ...f${index + 1} ...f${index + 1} }`)} fragment f${height} on Query { ${foot} }`

/** Keeps one limit and lifts the others, so that a row shows which one refuses. */
const only = (name: keyof typeof limitsDefault) =>
  ({
    ...Object.fromEntries(Object.keys(limitsDefault).map((each) => [each, Number.POSITIVE_INFINITY])),
    [name]: limitsDefault[name],
  }) as typeof limitsDefault

const attacks: readonly [string, keyof typeof limitsDefault, string][] = [
  ['a comment of a megabyte', 'characters', `{ a } #${'中'.repeat(1_000_000)}`],
  ['2,000 duplicate fields', 'tokens', `{ ${many(2000, () => 'a')} }`],
  ['2,000 duplicate fields', 'breadth', `{ ${many(2000, () => 'a')} }`],
  ['2,000 duplicate fields', 'duplicates', `{ ${many(2000, () => 'a')} }`],
  ['duplicates beside each other', 'duplicates', `{ ${many(21, () => 'a')} }`],
  ['duplicates made by aliases', 'duplicates', `{ ${many(21, (index) => `a: b${index}`)} }`],
  ['duplicates in fragments', 'duplicates', `{ ...f ...f ...f } fragment f on Query { ${many(7, () => 'a')} }`],
  ['duplicates in inline fragments', 'duplicates', `{ ${many(21, () => '... { a }')} }`],
  ['1,000 aliases', 'aliases', `{ ${many(1000, (index) => `a${index}: a`)} }`],
  [
    'aliases in a fragment that is spread often',
    'aliases',
    `{ x { ...f } y { ...f } z { ...f } w { ...f } } fragment f on Query { ${many(8, (index) => `a${index}: a`)} }`,
  ],
  ['an alias named __schema', 'depth', `{ __schema: ${nested(16, 'a')} }`],
  ['depth', 'depth', `{ ${nested(16, 'a')} }`],
  ['depth in inline fragments', 'depth', `{ ${'a { ... {'.repeat(15)} a ${'}}'.repeat(15)} }`],
  [
    'depth in fragments',
    'depth',
    `{ ...f0 } ${many(16, (index) => `fragment f${index} on Query { a { ...f${index + 1} } }`)} fragment f16 on Query { a }`,
  ],
  [
    'depth in a fragment named __schema',
    'depth',
    `{ a { ...__schema } } fragment __schema on Query { ${nested(15, 'a')} }`,
  ],
  ['depth in a fragment that nobody uses', 'depth', `{ a } fragment f on Query { ${nested(16, 'a')} }`],
  ['a wide selection in the deep', 'breadth', `{ a { b { ${many(101, (index) => `a${index}`)} } } }`],
  [
    'a selection made wide by fragments',
    'breadth',
    `{ ${many(11, () => '...f')} } fragment f on Query { ${many(10, (index) => `a${index}`)} }`,
  ],
  ['many fields in all', 'fields', `{ ${many(20, (index) => `x${index} { ${many(25, (inner) => `a${inner}`)} }`)} }`],
  ['a tower of fragments', 'fields', tower(40, 'a')],
  ['a tower of fragments', 'breadth', tower(40, 'a')],
  ['a tower upon an unknown fragment', 'breadth', tower(40, '...nobody')],
  ['many root fields', 'rootFields', `{ ${many(21, (index) => `a${index}`)} }`],
  [
    'many root fields in the second operation',
    'rootFields',
    `query A { a } query B { ${many(21, (index) => `a${index}`)} }`,
  ],
  ['50 aliased mutations', 'mutations', `mutation { ${many(50, (index) => `m${index}: save`)} }`],
  ['mutations in fragments', 'mutations', `mutation { ...f ...f } fragment f on Mutation { ${many(6, () => 'save')} }`],
  ['60 directives', 'directives', `{ a ${many(60, () => '@skip(if: false)')} }`],
  ['directives on the operation', 'directives', `query ${many(21, () => '@x')} { a }`],
  ['directives on variables', 'directives', `query($a: Int ${many(21, () => '@x')}) { a }`],
]

const refusal = (act: () => unknown): unknown => {
  try {
    act()
  } catch (error) {
    if (!(error instanceof AppError)) return error
    return { code: error.code, message: error.message, reason: error.reason, ...error.extensions }
  }
  return 'accepted'
}

describe('the limits of a document', () => {
  it.each(attacks)('refuses %s by %s', (_name, limit, source) => {
    const expected = { code: 'LIMIT_EXCEEDED', limit, max: limitsDefault[limit], status: 400 }
    expect(refusal(() => parseWithin(source, only(limit)))).toMatchObject(expected)
    expect(refusal(() => parseWithin(source))).toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })

  const atTheEdge: readonly [keyof typeof limitsDefault, string][] = [
    ['depth', `{ ${nested(15, 'a')} }`],
    ['breadth', `{ a { ${many(100, (index) => `a${index}`)} } }`],
    ['aliases', `{ x { ${many(30, (index) => `a${index}: a`)} } }`],
    ['duplicates', `{ ${many(20, () => 'a')} }`],
    ['rootFields', `{ ${many(20, (index) => `a${index}`)} }`],
    ['mutations', `mutation { ${many(10, (index) => `a${index}`)} }`],
    ['directives', `{ a ${many(20, () => '@x')} }`],
    ['fields', `{ ${many(5, (index) => `x${index} { ${many(99, (inner) => `a${inner}`)} }`)} }`],
    ['characters', '{ a } '.padEnd(50_000, '#')],
    ['tokens', `{ ${many(1998, () => 'a')} }`],
  ]
  it('says which limit to the caller, and to the log by how much', () => {
    expect(refusal(() => parseWithin(`{ ${nested(16, 'a')} }`))).toMatchObject({
      message: 'The operation is too large: depth may be 15 at most.',
      reason: 'depth: 16 > 15',
    })
    expect(refusal(() => parseWithin(`{ ${many(2000, () => 'a')} }`))).toMatchObject({ reason: 'tokens: more > 2000' })
  })

  it.each(atTheEdge)('accepts exactly the limit of %s', (limit, source) => {
    expect(refusal(() => parseWithin(source, only(limit)))).toBe('accepted')
  })

  it('accepts the introspection query, whose size everybody knows', () => {
    expect(refusal(() => parseWithin(getIntrospectionQuery()))).toBe('accepted')
  })

  it.each([
    ['{ ...f } fragment f on Query { ...f }'],
    ['{ a } fragment f on Query { a { ...g } } fragment g on Query { b { ...f } }'],
  ])('refuses a fragment that contains itself: %s', (source) => {
    expect(refusal(() => parseWithin(source))).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'A fragment contains itself.',
      reason: 'circular fragments',
    })
  })

  it('counts what would be executed', () => {
    const source = 'query { a: b { c ... { d } ...f } } fragment f on B { e { g @x } e }'
    expect(measure(parse(source))).toEqual({
      depth: 3,
      breadth: 4,
      fields: 6,
      aliases: 1,
      duplicates: 2,
      rootFields: 1,
      mutations: 0,
      directives: 1,
    })
  })

  it('counts nothing in what is no operation, which validation refuses', () => {
    expect(measure(parse('{ a } type A { a: Int b: Int }')).fields).toBe(1)
  })

  it('quotes nothing that was sent', () => {
    const error = refusal(() => parseWithin(`{ ${many(30, () => 'secretName')} }`))
    expect(JSON.stringify(error)).not.toContain('secretName')
  })
})

describe('the gate', () => {
  it('refuses what is too large, each time', () => {
    const gate = createGate()
    for (const _ of [1, 2]) expect(refusal(() => gate(`{ ${nested(40, 'a')} }`))).toMatchObject({ limit: 'depth' })
  })

  it('refuses what is long as well, which it does not remember', () => {
    const source = `{ ${nested(40, 'a')} } `.padEnd(20_000, '#')
    for (const _ of [1, 2]) expect(refusal(() => createGate()(source))).toMatchObject({ limit: 'depth' })
  })

  it('leaves syntax errors to the server', () => {
    expect(refusal(() => createGate()('{ a '))).toBe('accepted')
  })

  it('lets pass what is within the limits', () => {
    const gate = createGate({ documentsMax: 1 })
    for (const source of ['{ a }', '{ b }', '{ a }']) expect(refusal(() => gate(source))).toBe('accepted')
  })
})

describe('the validation rule', () => {
  const schema = buildSchema('type Query { a: Query b: Int }')

  it('refuses before fields are compared', () => {
    const document = parse(`{ ${many(30, () => 'a { b }')} }`)
    expect(refusal(() => validate(schema, document, [limitRule()]))).toMatchObject({ limit: 'rootFields' })
  })

  it('lets pass what is within the limits', () => {
    expect(validate(schema, parse('{ a { b } }'), [limitRule()])).toEqual([])
  })

  it('measures with limits of ones own', () => {
    expect(refusal(() => assertWithin(parse('{ a { b } }'), { ...limitsDefault, depth: 1 }))).toMatchObject({
      limit: 'depth',
      max: 1,
    })
  })
})
