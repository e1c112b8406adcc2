import type { Context as Invocation } from 'aws-lambda'
import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import { unguardedSchema } from '../../src/graphql/schema.ts'
import type { HandlerOptions } from '../../src/http/route.ts'
import { createHandler } from '../../src/server.ts'
import { testConfig } from '../support/config.ts'
import { event } from '../support/gateway.ts'

interface Call {
  readonly changes?: Partial<Config>
  readonly body?: string
  readonly authorization?: string
  readonly explanation?: HandlerOptions['explanation']
}

/** Status, codes and data of the response of a handler. */
async function call({ changes, body = '{"query":"{ __typename }"}', authorization, explanation }: Call) {
  const options = { loopbackIssuers: 'refuse', environment: {}, log: () => {} } as const
  const handle = createHandler({ ...testConfig, ...changes }, { ...options, ...(explanation && { explanation }) })
  const sent = event(body)
  const given = { ...sent, headers: { ...sent.headers, ...(authorization && { authorization }) } }
  const { statusCode, body: answer = '' } = await handle({ ...given, rawPath: '/graphql' }, {} as Invocation)
  const { data, errors = [] } = JSON.parse(answer)
  const codes = errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code)
  return { statusCode, data, codes }
}

describe('the route of operations', () => {
  it('executes any operation where the configuration says so, and only listed ones where it says that', async () => {
    expect(await call({})).toEqual({ statusCode: 200, data: { __typename: 'Query' }, codes: [] })
    const { statusCode, codes } = await call({ changes: { operations: 'listed' } })
    expect([statusCode, codes]).toEqual([403, ['FORBIDDEN']])
  })

  it('refuses a bad credential before it reads the body', async () => {
    expect((await call({ body: '{' })).codes).toEqual(['BAD_USER_INPUT'])
    const { statusCode, codes } = await call({ body: '{', authorization: 'Bearer x' })
    expect([statusCode, codes]).toEqual([401, ['UNAUTHENTICATED']])
  })

  it.each([
    [true, 1],
    [false, 0],
  ])('explains decisions in development alone: %s', async (development, times) => {
    let made = 0
    const explanation: HandlerOptions['explanation'] = () => {
      made += 1
      return { schemaFor: () => unguardedSchema(), plugins: [] }
    }
    expect((await call({ changes: { development }, explanation })).statusCode).toBe(200)
    expect(made).toBe(times)
  })
})
