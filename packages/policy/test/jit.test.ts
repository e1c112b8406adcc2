import { makeExecutableSchema } from '@graphql-tools/schema'
import { buildSchema, type DocumentNode, GraphQLError, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { loadJit } from '../src/jit.ts'

const cause = new Error('of a resolver')
const located = new GraphQLError('located', { path: ['elsewhere'] })

const schema = makeExecutableSchema({
  typeDefs: 'type Query { a: Int fails: Int refused: Int must: Int! }',
  resolvers: {
    Query: {
      fails: () => {
        throw cause
      },
      refused: () => {
        throw located
      },
    },
  },
})

const run = async (source: string, root: object = { a: 1 }) => {
  const compile = await loadJit()
  return compile(schema, parse(source), undefined)?.(root, {}, {})
}

describe('a compiled operation', () => {
  it('answers without errors as graphql-js does', async () => {
    expect(await run('{ a }')).toStrictEqual({ data: { a: 1 } })
  })

  it("tells of errors as graphql-js's own, with everything that servers read from one", async () => {
    const result = await run('{ a fails }')
    const [error] = result?.errors ?? []
    expect(result).toEqual({ data: { a: 1, fails: null }, errors: [error] })
    expect(error).toBeInstanceOf(GraphQLError)
    expect(error).toMatchObject({ path: ['fails'], originalError: cause, locations: [{ line: 1, column: 5 }] })
    expect(error?.toJSON()).toEqual({
      message: 'of a resolver',
      path: ['fails'],
      locations: [{ line: 1, column: 5 }],
    })
    expect(Object.keys(error ?? {})).toContain('locations')
  })

  it('leaves an error that has its place as it is', async () => {
    expect((await run('{ refused }'))?.errors).toEqual([located])
    expect((await run('{ refused }'))?.errors?.[0]).toBe(located)
  })

  it('keeps what an error says beside its message', async () => {
    const wordy = makeExecutableSchema({
      typeDefs: 'type Query { a: Int }',
      resolvers: {
        Query: {
          a: () => {
            throw new GraphQLError('wordy', { extensions: { code: 'MINE' } })
          },
        },
      },
    })
    const compile = await loadJit()
    const result = await compile(wordy, parse('{ a }'), undefined)?.({}, {}, {})
    expect(result?.errors?.[0]?.extensions).toEqual({ code: 'MINE' })
  })

  it('answers null where an error took everything along', async () => {
    expect(await run('{ must }', {})).toMatchObject({ data: null, errors: [{ path: ['must'] }] })
  })

  it('collects no stack for an error, and leaves other stacks alone', async () => {
    const limit = Error.stackTraceLimit
    const [error] = (await run('{ fails }'))?.errors ?? []
    expect(error?.stack).not.toMatch(/jit\.ts/)
    expect(Error.stackTraceLimit).toBe(limit)
  })
})

describe('what is not compiled', () => {
  it('is a document without its text', async () => {
    const compile = await loadJit()
    const { loc: _, ...document } = parse('{ a }')
    expect(compile(schema, document as DocumentNode, undefined)).toBeUndefined()
    expect(compile(schema, { ...document, loc: {} } as DocumentNode, undefined)).toBeUndefined()
  })

  it('is an operation that graphql-jit declines', async () => {
    const compile = await loadJit()
    expect(compile(buildSchema('type Query { a: Int }'), parse('query A { a }'), 'B')).toBeUndefined()
  })
})
