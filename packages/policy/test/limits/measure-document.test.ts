import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { measureDocument } from '../../src/limits/measure-document.ts'

describe('the size of a document', () => {
  it('counts the selections that would be executed', () => {
    const source = 'query { a: b { c ... { d } ...f } } fragment f on B { e { g @x } e }'
    expect(measureDocument(parse(source))).toEqual({
      depth: 3,
      breadth: 4,
      fields: 6,
      aliases: 1,
      duplicates: 2,
      rootFields: 1,
      mutations: 0,
      directives: 1,
      name: 1,
    })
  })

  it('counts nothing in a type definition, which validation refuses', () => {
    expect(measureDocument(parse('{ a } type A { a: Int b: Int }')).fields).toBe(1)
  })
})
