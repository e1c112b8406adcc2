import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { assertWithin, limitRule, limitsDefault } from '../../src/limits/document-limits.ts'
import { many, refusal } from './large-documents.ts'

describe('the validation rule', () => {
  const schema = buildSchema('type Query { a: Query b: Int }')

  it('refuses before fields are compared', () => {
    const document = parse(`{ ${many(21, (at) => `a${at}: a { b }`)} }`)
    expect(refusal(() => validate(schema, document, [limitRule()]))).toMatchObject({ limit: 'rootFields' })
  })

  it('accepts a document within the limits', () => {
    expect(validate(schema, parse('{ a { b } }'), [limitRule()])).toEqual([])
  })

  it('measures with configured limits', () => {
    expect(refusal(() => assertWithin(parse('{ a { b } }'), { ...limitsDefault, depth: 1 }))).toMatchObject({
      limit: 'depth',
      max: 1,
    })
  })
})
