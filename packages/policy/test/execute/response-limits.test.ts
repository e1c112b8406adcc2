import { type Executor, executors } from '@fieldnotes/core/executors'
import { buildSchema, type ExecutionArgs, parse } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
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

describe('the executor in a server', () => {
  const schema = buildSchema('type Query { text(all: [Int]): String }')
  const { execute } = createEngine({ answerCharactersMax: 10 })

  const responseTo = async (all: readonly number[], text: string) => {
    const limited = (args: ExecutionArgs) => execute({ ...args, rootValue: { text } })
    const plugin: Plugin = { onExecute: ({ setExecuteFn }) => setExecuteFn(limited) }
    const yoga = createYoga({ schema, plugins: [plugin] })
    const body = JSON.stringify({ query: 'query ($all: [Int]) { text(all: $all) }', variables: { all } })
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const response = await yoga.fetch('http://127.0.0.1/graphql', { method: 'POST', headers, body })
    const { data, errors = [] } = await response.json()
    return {
      status: response.status,
      data,
      extensions: errors.map((error: { extensions: unknown }) => error.extensions),
    }
  }

  it('responds 200 within the limits, and 400 above them', async () => {
    expect(await responseTo([1], 'short')).toEqual({ status: 200, data: { text: 'short' }, extensions: [] })
    expect(await responseTo([1], 'x'.repeat(11))).toEqual({
      status: 400,
      extensions: [{ code: 'LIMIT_EXCEEDED', limit: 'characters of the answer', max: 10 }],
    })
    expect(await responseTo(Array(2001).fill(1), 'short')).toEqual({
      status: 400,
      extensions: [{ code: 'LIMIT_EXCEEDED', limit: 'values of variables', max: 2000 }],
    })
  })
})
