/**
 * The one exit of the handler: failures outside an operation are logged with their cause, and answered with the request
 * id.
 */

import type { Executor } from '@fieldnotes/core/executors'
import type { Context as Invocation } from 'aws-lambda'
import { describe, expect, it } from 'vitest'
import { unguardedSchema } from '../src/graphql/schema.ts'
import type { Event, HandlerOptions } from '../src/http/route.ts'
import { createHandler } from '../src/server.ts'
import { testConfig } from './support/config.ts'

const config = { ...testConfig, development: true }

type Plugins = ReturnType<NonNullable<HandlerOptions['explanation']>>['plugins']

function event(path: string): Event {
  return {
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    isBase64Encoded: false,
    body: '{"query":"{ __typename }"}',
    requestContext: { requestId: 'r1', stage: '$default', http: { method: 'POST' } },
  } as unknown as Event
}

/** Whether graphql-js's own `execute` calls the resolvers of the handler's endpoint. */
async function isExecutedByGraphqlJs(executor: Executor | undefined): Promise<boolean> {
  const schema = unguardedSchema()
  let stack: string | undefined
  const recordStack = () => {
    stack = new Error('stack').stack
    return null
  }
  Object.assign(schema.getQueryType()?.getFields().me ?? {}, { resolve: recordStack })
  const explanation = () => ({ schemaFor: () => schema, plugins: [] })
  const handle = createHandler(
    { ...config, executor },
    { loopbackIssuers: 'refuse', environment: {}, log: () => {}, explanation },
  )
  await handle({ ...event('/graphql'), body: '{"query":"{ me { id } }"}' }, {} as Invocation)
  if (stack === undefined) throw new Error('the resolver did not run')
  return /graphql\/execution\/execute/.test(stack)
}

async function call(plugins: Plugins, path = '/graphql') {
  const lines: string[] = []
  const log: HandlerOptions['log'] = (level, name, fields) =>
    lines.push(JSON.stringify({ level, event: name, ...fields }))
  const schema = unguardedSchema()
  const explanation = () => ({ schemaFor: () => schema, plugins })
  const handle = createHandler(config, { loopbackIssuers: 'refuse', environment: {}, log, explanation })
  const { statusCode, headers, body = '' } = await handle(event(path), {} as Invocation)
  return { statusCode, headers, body: JSON.parse(body), text: body, lines }
}

function atResponse(act: (result: object) => void): Plugins {
  return [
    {
      requestDidStart: async () => ({
        willSendResponse: async ({ response: { body } }) => act(body.kind === 'single' ? body.singleResult : {}),
      }),
    },
  ]
}

function bug(): never {
  throw new Error('hunter2')
}

describe('the handler', () => {
  it.each([
    ['a plugin that throws', atResponse(bug)],
    ['a result that is not JSON', atResponse((result) => Object.assign(result, { extensions: { toJSON: bug } }))],
  ])('answers %s with the request id alone, and logs the cause', async (_name, plugins) => {
    const { statusCode, headers, body, text, lines } = await call(plugins)
    expect(statusCode).toBe(500)
    expect(body.errors).toMatchObject([{ extensions: { code: 'INTERNAL', requestId: 'r1' } }])
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-request-id': 'r1' })
    expect(text).not.toContain('hunter2')
    const causes = lines.filter((line) => line.includes('hunter2'))
    expect(causes.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ level: 'error', requestId: 'r1', cause: expect.stringContaining('hunter2') }),
    )
  })

  it('answers a result that is too long with LIMIT_EXCEEDED, which is not an alarm', async () => {
    const toJSON = () => 'x'.repeat(2 ** 30)
    const { statusCode, body, lines } = await call(
      atResponse((result) => Object.assign(result, { extensions: { toJSON } })),
    )
    expect([statusCode, body.errors[0].extensions]).toEqual([400, { code: 'LIMIT_EXCEEDED' }])
    expect(lines.join()).not.toContain('"level":"error"')
  })

  it.each([
    [undefined, false],
    ['plans', false],
    ['graphql-js', true],
  ] as const)('with the executor %s of the configuration: graphql-js executes is %s', async (executor, expected) => {
    expect(await isExecutedByGraphqlJs(executor)).toBe(expected)
  })

  it('answers where no plugin fails, and names no request in a refusal', async () => {
    const { statusCode, body } = await call(atResponse(() => {}))
    expect([statusCode, body]).toEqual([200, { data: { __typename: 'Query' } }])
    expect((await call([], '/nope')).body.errors[0].extensions).toEqual({ code: 'NOT_FOUND' })
  })
})
