import { type DocumentNode, GraphQLError, parse, Source, specifiedRules, type ValidationRule, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { appErrorIn } from '../../src/decide/graphql-errors.ts'
import { assertText, assertWithin, limitsDefault, parseWithin } from '../../src/limits/document-limits.ts'
import { limitRule } from '../../src/limits/document-rule.ts'
import { createShop } from '../shop.ts'
import { many, refusal } from './large-documents.ts'

const schema = createShop()

/** The errors of validation by all rules, as a server adds the limit to them. */
function errorsOf(document: DocumentNode, rule: ValidationRule = limitRule()) {
  return validate(schema, document, [...specifiedRules, rule])
}

describe('the validation rule', () => {
  const large: readonly (readonly [limit: string, document: string])[] = [
    ['rootFields', `{ ${many(21, (at) => `a${at}: stats`)} }`],
    ['duplicates', `query ($unused: Int) { ${many(21, (at) => `things { count none${at} }`)} }`],
    ['tokens', `{ ${'unknown '.repeat(2000)} }`],
    ['characters', `{ me } #${'x'.repeat(50_000)}`],
    ['lines', `{ me }${'\n'.repeat(1000)}`],
    ['nesting', `{ me(none: ${'['.repeat(100)}${']'.repeat(100)}) }`],
  ]
  it.each(large)('reports %s as the only error, with its code', (limit, text) => {
    const errors = errorsOf(parse(text))
    expect(errors.map((error) => error.toJSON())).toEqual([
      {
        message: `The operation is too large: ${limit} may be ${limitsDefault[limit as 'tokens']} at most.`,
        extensions: { code: 'LIMIT_EXCEEDED', limit, max: limitsDefault[limit as 'tokens'] },
      },
    ])
    expect(appErrorIn(errors[0])?.code).toBe('LIMIT_EXCEEDED')
  })

  it('reports a fragment that contains itself', () => {
    const [error, ...others] = errorsOf(parse('{ ...f } fragment f on Query { me ...f }'))
    expect(error?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', http: { status: 400 } })
    expect(others).toEqual([])
  })

  it('lets no other rule visit a document that is too large', () => {
    const visited: string[] = []
    const counting: ValidationRule = () => ({ enter: ({ kind }) => void visited.push(kind) })
    validate(schema, parse(`{ ${many(21, (at) => `a${at}: stats`)} }`), [counting, limitRule()])
    expect(visited).toEqual(['Document'])
  })

  it('leaves a document within the limits to the other rules', () => {
    expect(errorsOf(parse('{ me }'))).toEqual([])
    expect(errorsOf(parse('{ none also }')).map(({ message }) => message)).toHaveLength(2)
  })

  it.each([{ source: { body: 7 } }, { source: null }, {}, 7])('judges a document whose client parsed it: %j', (loc) => {
    const document = { ...parse('{ me }', { noLocation: true }), loc } as unknown as DocumentNode
    expect(errorsOf(document)).toEqual([])
    expect(errorsOf(document, limitRule({ ...limitsDefault, depth: 0 }))).toHaveLength(1)
  })

  it('throws what is not a refusal', () => {
    const broken = { kind: 'Document', definitions: null } as unknown as DocumentNode
    expect(() => validate(schema, broken, [limitRule()])).toThrow(TypeError)
    expect(() => validate(schema, broken, [limitRule()])).not.toThrow(GraphQLError)
  })

  it('measures with configured limits', () => {
    const narrow = { ...limitsDefault, depth: 1 }
    expect(refusal(() => assertWithin(parse('{ things { count } }'), narrow))).toMatchObject({ limit: 'depth', max: 1 })
    expect(errorsOf(parse(new Source('{ things { count } }')), limitRule(narrow))).toHaveLength(1)
  })
})

describe('limits that lack a number', () => {
  const { depth: _, ...partial } = limitsDefault
  const wrong = [partial, { ...limitsDefault, depth: undefined }, { ...limitsDefault, depth: Number.NaN }, {}, null]
  const acts: readonly ((limits: never) => unknown)[] = [
    (limits) => limitRule(limits),
    (limits) => assertText('{ me }', limits),
    (limits) => parseWithin('{ me }', limits),
    (limits) => assertWithin(parse('{ me }'), limits),
  ]
  it.each(wrong)('limit nothing, and are refused: %j', (limits) => {
    for (const act of acts) expect(() => act(limits as never)).toThrow(/limits(\.depth)? is (missing|not)/)
  })

  it.each([limitsDefault, { ...limitsDefault, depth: Number.POSITIVE_INFINITY }])('are not these', (limits) => {
    for (const act of acts) expect(() => act(limits as never)).not.toThrow()
  })
})
