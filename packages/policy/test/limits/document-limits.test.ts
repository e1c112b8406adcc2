import { getIntrospectionQuery } from 'graphql'
import { describe, expect, it } from 'vitest'
import { limitsDefault, parseWithin } from '../../src/limits/document-limits.ts'
import { many, nested, refusal, tower } from './large-documents.ts'

/** Keeps one limit and lifts the others, so that a row shows which one refuses. */
function only(name: keyof typeof limitsDefault) {
  return {
    ...Object.fromEntries(Object.keys(limitsDefault).map((each) => [each, Number.POSITIVE_INFINITY])),
    [name]: limitsDefault[name],
  } as typeof limitsDefault
}

const attacks: readonly [string, keyof typeof limitsDefault, string][] = [
  ['a comment of a megabyte', 'characters', `{ a } #${'中'.repeat(1_000_000)}`],
  ['a list in a list, 101 deep', 'nesting', `{ a(b: ${'['.repeat(99)}1${']'.repeat(99)}) }`],
  ['an object in an object', 'nesting', `{ a(b: ${'{c:'.repeat(100)}1${'}'.repeat(100)}) }`],
  ['inline fragments', 'nesting', `{ ${'... {'.repeat(100)} a ${'}'.repeat(100)} }`],
  ['a type in brackets', 'nesting', `query($a: ${'['.repeat(100)}Int${']'.repeat(100)}) { a }`],
  ['brackets that nothing closes', 'nesting', '{'.repeat(1990)],
  ['brackets behind a string and a comment', 'nesting', `{ a(b: "\\"", c: """\\"""""") # ]\n${'{a '.repeat(100)}`],
  ['1,001 lines', 'lines', `{ a }${'\n'.repeat(1000)}`],
  ['1,001 lines of another system', 'lines', `{ a }${'\r'.repeat(1000)}`],
  ['an alias of 129 characters', 'name', `{ ${'a'.repeat(129)}: a }`],
  ['an operation of 129 characters', 'name', `query ${'a'.repeat(129)} { a }`],
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
    `{ ...f0 } fragment f16 on Query { a } ` +
      many(16, (index) => `fragment f${index} on Query { a { ...f${index + 1} } }`),
  ],
  [
    'depth in a fragment named __schema',
    'depth',
    `{ a { ...__schema } } fragment __schema on Query { ${nested(15, 'a')} }`,
  ],
  ['depth in an unused fragment', 'depth', `{ a } fragment f on Query { ${nested(16, 'a')} }`],
  ['a wide selection in the deep', 'breadth', `{ a { b { ${many(101, (index) => `a${index}`)} } } }`],
  [
    'a selection made wide by fragments',
    'breadth',
    `{ ${many(11, () => '...f')} } fragment f on Query { ${many(10, (index) => `a${index}`)} }`,
  ],
  ['many fields in all', 'fields', `{ ${many(20, (index) => `x${index} { ${many(25, (inner) => `a${inner}`)} }`)} }`],
  ['a tower of fragments', 'fields', tower(40, 'a')],
  ['a tower of fragments', 'breadth', tower(40, 'a')],
  ['a tower upon an unknown fragment', 'breadth', tower(40, '...absent')],
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
    ['nesting', `{ a(b: ${'['.repeat(98)}1${']'.repeat(98)}) }`],
    ['nesting', `{ a(b: "${'['.repeat(200)}", c: """${'{'.repeat(200)}\\"""""") } # ${'('.repeat(200)}`],
    ['tokens', `{ ${many(1998, () => 'a')} }`],
    ['lines', `{ a }${'\r\n'.repeat(999)}`],
    ['name', `{ ${'a'.repeat(128)}: a }`],
  ]
  it('returns the limit to the caller, and the excess to the log', () => {
    expect(refusal(() => parseWithin(`{ ${nested(16, 'a')} }`))).toMatchObject({
      message: 'The operation is too large: depth may be 15 at most.',
      reason: 'depth: 16 > 15',
    })
    expect(refusal(() => parseWithin(`{ ${many(2000, () => 'a')} }`))).toMatchObject({ reason: 'tokens: more > 2000' })
  })

  it.each(atTheEdge)('accepts exactly the limit of %s', (limit, source) => {
    expect(refusal(() => parseWithin(source, only(limit)))).toBe('accepted')
  })

  it('accepts the introspection query', () => {
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

  it('quotes nothing of the document', () => {
    const error = refusal(() => parseWithin(`{ ${many(30, () => 'secretName')} }`))
    expect(JSON.stringify(error)).not.toContain('secretName')
  })
})
