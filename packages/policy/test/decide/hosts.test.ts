/** Refusals as servers return them, without any code of the host that knows them. */
import { ApolloServer } from '@apollo/server'
import fastify from 'fastify'
import { type ExecutionResult, graphql } from 'graphql'
import { createHandler } from 'graphql-http/lib/use/fetch'
import { createYoga } from 'graphql-yoga'
import mercurius from 'mercurius'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/policy.ts'
import { bob, createShop, shopRules } from '../shop.ts'

const { schema } = createPolicy(createShop(), shopRules)
const query = '{ order(id: "o0") { id total parcel { street } } }'
const contextValue = { principal: bob }

/** A POST request with `query`. */
function requestOf(): Request {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  return new Request('http://127.0.0.1/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) })
}

const hosts: Readonly<Record<string, () => Promise<ExecutionResult>>> = {
  'graphql()': async () => JSON.parse(JSON.stringify(await graphql({ schema, source: query, contextValue }))),
  'Apollo Server': async () => {
    const server = new ApolloServer<typeof contextValue>({ schema })
    const { body } = await server.executeOperation({ query }, { contextValue })
    await server.stop()
    return body.kind === 'single' ? JSON.parse(JSON.stringify(body.singleResult)) : {}
  },
  'GraphQL Yoga': async () => {
    const yoga = createYoga({ schema, context: () => contextValue, logging: false })
    return (await yoga.fetch(requestOf())).json()
  },
  Mercurius: async () => {
    const app = fastify()
    app.register(mercurius, { schema, context: () => contextValue })
    const { body } = await app.inject({ method: 'POST', url: '/graphql', payload: { query } })
    await app.close()
    return JSON.parse(body)
  },
  'graphql-http': async () => (await createHandler({ schema, context: () => contextValue })(requestOf())).json(),
}

describe('a refusal', () => {
  it.each(Object.entries(hosts))('reaches the client of %s with its code, message and path', async (_name, post) => {
    const { data, errors } = await post()
    expect(data).toEqual({ order: { id: 'o0', total: null, parcel: null } })
    expect(errors?.map(({ message, path, extensions }) => ({ message, path, extensions }))).toEqual([
      { message: 'You may not do this.', path: ['order', 'total'], extensions: { code: 'FORBIDDEN' } },
      { message: 'Not found.', path: ['order', 'parcel'], extensions: { code: 'NOT_FOUND' } },
    ])
    expect(JSON.stringify(errors)).not.toContain('mine')
  })
})
