/** Which fields may be null without an error, and the check of development that no other is. */
import { buildSchema, execute, type GraphQLSchema, isNonNullType, isObjectType, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { appErrorOf } from '../../src/errors/map-error.ts'
import { nonNullLevels } from '../../src/generated/non-null-levels.ts'
import { unguardedSchema } from '../../src/graphql/schema.ts'
import { withNullChecks } from '../../src/graphql/semantic-nullability.ts'

/** The fields whose null is a value of its own; the schema says of each when. */
const emptyValues = [
  'ExportMyDataPayload.archive',
  'Note.color',
  'Note.lastEditedWith',
  'Note.trashedAt',
  'NoteChanges.cursor',
  'PageInfo.endCursor',
  'PageInfo.startCursor',
  'Session.userAgent',
  'User.email',
  'User.handle',
  'User.name',
]

/** Each field that says nothing about null: neither non-null nor `@semanticNonNull`. */
function silentFields(schema: GraphQLSchema): readonly string[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'))
  return types.flatMap((type) =>
    Object.values(isObjectType(type) ? type.getFields() : {})
      .filter((field) => !isNonNullType(field.type) && !nonNullLevels[`${type.name}.${field.name}`]?.includes(0))
      .map((field) => `${type.name}.${field.name}`),
  )
}

describe('the schema', () => {
  const schema = unguardedSchema()

  it('has @semanticNonNull on every nullable field but those with an empty value', () => {
    expect([...silentFields(schema)].sort()).toEqual(emptyValues)
  })

  it('has it on the items of a list that may hold null for an error', () => {
    expect(nonNullLevels['Query.nodes']).toEqual([0, 1])
  })

  it('describes its root types', () => {
    expect(schema.getQueryType()?.description).toMatch(/^Reads/)
    expect(schema.getMutationType()?.description).toMatch(/^Writes/)
  })
})

describe('the check of development', () => {
  const sdl = `
    type Query { it: Int later: Int list: [Int] items: [Int] empty: Int strict: Int! }
  `
  const levels = { 'Query.it': [0], 'Query.later': [0], 'Query.list': [0, 1], 'Query.items': [1] }

  async function run(query: string, rootValue: object) {
    const { data, errors = [] } = await execute({
      schema: withNullChecks(buildSchema(sdl), levels),
      document: parse(query),
      rootValue,
    })
    return [data, errors.map((error) => [error.path?.join('.'), appErrorOf(error).code])]
  }

  it.each([
    ['it', null, 'it'],
    ['it', undefined, 'it'],
    ['later', Promise.resolve(null), 'later'],
    ['list', null, 'list'],
    ['list', [1, null, 3], 'list.1'],
    ['list', Promise.resolve([Promise.resolve(undefined)]), 'list.0'],
    ['items', [null], 'items.0'],
  ])('makes a null of %s an error: %j', async (field, value, path) => {
    const [, errors] = await run(`{ ${field} }`, { [field]: value })
    expect(errors).toEqual([[path, 'INTERNAL']])
  })

  it.each([
    ['it', 0, 0],
    ['later', Promise.resolve(1), 1],
    ['list', [], []],
    ['items', null, null],
    ['empty', null, null],
    ['strict', 1, 1],
  ])('leaves other values of %s as they are: %j', async (field, value, expected) => {
    expect(await run(`{ ${field} }`, { [field]: value })).toEqual([{ [field]: expected }, []])
  })

  it('leaves an error as it is', async () => {
    const fail = () => {
      throw new Error('gone')
    }
    expect(await run('{ it list }', { it: fail, list: [new Error('gone'), 2] })).toEqual([
      { it: null, list: [null, 2] },
      [
        ['it', 'INTERNAL'],
        ['list.0', 'INTERNAL'],
      ],
    ])
  })
})
