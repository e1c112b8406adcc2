/** Apollo Server behind the parser of events. */
import { ApolloServer } from '@apollo/server'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import type { Context as Invocation } from 'aws-lambda'
import { describe, expect, it } from 'vitest'
import { createDocumentCheck } from '../../src/graphql/document-check.ts'
import { authorizerOf, bySignature } from '../../src/http/authenticate-event.ts'
import { createExecute } from '../../src/http/gateway-event.ts'
import type { Context } from '../../src/resolvers/context.ts'
import { event, get, parse } from '../support/gateway.ts'

const server = new ApolloServer<Context>({
  typeDefs: 'type Query { id: String }',
  resolvers: { Query: { id: (_, __, { requestId }) => requestId } },
})
const execute = createExecute(server, createDocumentCheck())

function run(given: ReturnType<typeof event>) {
  return execute({ event: given, context: { requestId: 'r1' } as Context }, {} as Invocation)
}

describe('an operation', () => {
  it.each([
    ['POST', event('{"query":"{ id }"}')],
    ['GET', get('query={id}')],
  ])('by %s is executed with the context of its request', async (_, given) => {
    const { statusCode, body } = await run(given)
    expect([statusCode, body]).toEqual([200, '{"data":{"id":"r1"}}\n'])
  })

  it('that the server refuses has the status of the server', async () => {
    expect((await run(event('{"query":"{ nope }"}'))).statusCode).toBe(400)
  })

  it('that can not be parsed is thrown, for the one exit', async () => {
    await expect(run(event('{'))).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
  })
})

describe('an event', () => {
  it('that accepts no JSON is 406', () => {
    const given = event('{}', { headers: { 'content-type': 'application/json', accept: 'text/html' } })
    expect(() => parse(given)).toThrow(
      expect.objectContaining({
        code: 'BAD_USER_INPUT',
        reason: 'accept',
        message: 'The answer is application/json or application/graphql-response+json.',
        extensions: { status: 406 },
      }),
    )
  })

  it('has its method, and its headers by their lower-case names', () => {
    const { method, headers } = parse(event('{}', { headers: { 'Content-Type': 'application/json', 'X-A': 'b' } }))
    expect([method, Object.fromEntries(headers)]).toMatchObject(['POST', { 'x-a': 'b' }])
    expect(parse(get('query={a}'))).toMatchObject({ method: 'GET', body: '' })
  })
})

describe('a signed request', () => {
  it('is authenticated by what the gateway says of it, and never by a header', async () => {
    const alice = sampleUser({ id: 'alice' })
    const seen: unknown[] = []
    const authenticate = bySignature(async (iam) => {
      seen.push(iam)
      return alice
    })
    const signed = { ...event('{}'), requestContext: { authorizer: { iam: { userArn: 'arn' } } } }
    for (const given of [signed, { ...signed, requestContext: {} }])
      expect(await authenticate(given as unknown as ReturnType<typeof event>)).toBe(alice)
    expect(seen).toEqual([{ userArn: 'arn' }, undefined])
    expect(authorizerOf({ requestContext: { authorizer: null } as never })).toEqual({})
  })
})
