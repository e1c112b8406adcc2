import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { assertResolved } from '../../src/graphql/assert-resolved.ts'
import { unguardedSchema } from '../../src/graphql/schema.ts'
import { properties } from '../../src/resolvers/properties.ts'

function schema() {
  const built = buildSchema(
    'type Query { note: Note } interface Node { id: ID } type Note implements Node { id: ID title: String }',
  )
  const fields = built.getQueryType()?.getFields() ?? {}
  for (const field of Object.values(fields)) field.resolve = () => null
  return built
}

function problemsOf(table: Record<string, readonly string[]>): string[] {
  try {
    assertResolved(schema(), table)
    return []
  } catch (error) {
    return (error as Error).message.split('\n').slice(1)
  }
}

const none = 'has no resolver: add one in resolvers/, or the property to resolvers/properties.ts.'

describe('assertResolved', () => {
  it('accepts fields with a resolver, and properties that are listed', () => {
    expect(problemsOf({ Note: ['id', 'title'] })).toEqual([])
  })

  it('refuses each field that has neither, all in one error', () => {
    expect(problemsOf({})).toEqual([`  Note.id ${none}`, `  Note.title ${none}`])
    expect(problemsOf({ Note: ['id'] })).toEqual([`  Note.title ${none}`])
  })

  it('refuses a field that has both', () => {
    expect(problemsOf({ Note: ['id', 'title'], Query: ['note'] })).toEqual([
      '  Query.note has a resolver: remove it from resolvers/properties.ts.',
    ])
  })

  it.each([
    ['a field that is not there', { Note: ['id', 'title', 'colour'] }, 'Note.colour'],
    ['a type that is not there', { Note: ['id', 'title'], Person: ['name'] }, 'Person.name'],
    ['an interface', { Note: ['id', 'title'], Node: ['id'] }, 'Node.id'],
  ])('refuses an entry for %s', (_what, table, coordinate) => {
    expect(problemsOf(table)).toEqual([
      `  ${coordinate} is in resolvers/properties.ts but not in the schema: remove it.`,
    ])
  })

  it.each(Object.entries(properties).flatMap(([type, fields]) => fields.map((field) => [type, field] as const)))(
    'needs the entry %s.%s of the endpoint',
    (type, field) => {
      const without = {
        ...properties,
        [type]: (properties[type as keyof typeof properties] as readonly string[]).filter((name) => name !== field),
      }
      expect(() => assertResolved(unguardedSchema(), without)).toThrow(`${type}.${field} has no resolver`)
    },
  )
})
