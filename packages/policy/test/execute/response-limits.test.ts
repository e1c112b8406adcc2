import { type Executor, executors } from '@fieldnotes/core/executors'
import { buildSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/execute/graphql-engine.ts'

describe('a response that is too large', () => {
  const typeDefs =
    'type Query { list: [A] } type A { text: String tags: [String!] bad: Int } type Mutation { list: [A] }'
  const item = {
    text: 'x'.repeat(100),
    tags: ['y'.repeat(50), 'z'.repeat(50)],
    bad: () => Promise.reject(new Error('bad')),
  }
  const ask = async (query: string, rows: number, executor: Executor = 'plans') => {
    const engine = createEngine({ executor, answerCharactersMax: 1000, answerErrorsMax: 5 })
    const args = {
      schema: buildSchema(typeDefs),
      document: parse(query),
      rootValue: { list: Array(rows).fill(item) },
    }
    const { data, errors = [] } = await engine.execute(args)
    return {
      rows: (data?.list as unknown[] | undefined)?.length,
      codes: errors.map(({ extensions }) => extensions.code),
    }
  }

  it.each([
    '{ list { text } }',
    '{ list { tags } }',
    'mutation { list { text } }',
    '{ list { text } __schema { queryType { name } } }',
  ])('refuses the whole of it by its characters: %s', async (query) => {
    expect(await ask(query, 9)).toEqual({ rows: 9, codes: [] })
    expect(await ask(query, 11)).toEqual({ rows: undefined, codes: ['LIMIT_EXCEEDED'] })
  })

  it.each(executors)('refuses the whole of it by its errors: %s', async (executor) => {
    expect(await ask('{ list { bad } }', 5, executor)).toEqual({ rows: 5, codes: Array(5).fill(undefined) })
    expect(await ask('{ list { bad } }', 6, executor)).toEqual({ rows: undefined, codes: ['LIMIT_EXCEEDED'] })
  })

  it('reports every error of a mutation, whose writes were made', async () => {
    expect(await ask('mutation { list { bad } }', 6)).toEqual({ rows: 6, codes: Array(6).fill(undefined) })
  })
})
