import { HeaderMap } from '@apollo/server'
import { AppError, type ErrorCode } from '@fieldnotes/core/error'
import { anonymous } from '@fieldnotes/core/principal'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { describe, expect, it } from 'vitest'
import { createApolloServer } from '../../src/graphql/apollo-server.ts'
import { admissionOf } from '../../src/graphql/operation-admission.ts'
import { loggedPathMax } from '../../src/graphql/request-log.ts'
import type { Context } from '../../src/resolvers/context.ts'

function fail(code: ErrorCode) {
  return () => {
    throw new AppError(code, `reason of ${code}`, { cause: new Error('cause') })
  }
}

function fault() {
  throw new Error('hunter2')
}

const resolvers = {
  Inner: { inner: () => ({}), bug: fault, forbidden: fail('FORBIDDEN') },
  Mutation: { deleteNote: () => 'written', keep: () => 'written' },
  Query: {
    fine: () => 'fine',
    forbidden: fail('FORBIDDEN'),
    missing: fail('NOT_FOUND'),
    down: fail('UNAVAILABLE'),
    bug: fault,
    inner: () => ({}),
    inners: (_: unknown, { first }: { first: number }) => Array.from({ length: first }, () => ({})),
    echo: () => 'x',
  },
}
const typeDefs = `
  type Mutation { deleteNote: String keep: String }
  input In { n: Int! }
  type Inner { inner: Inner bug: String forbidden: String }
  extend type Query { inner: Inner inners(first: Int): [Inner] }
  type Query { fine: String forbidden: String missing: String down: String bug: String must: String! echo(i: In): String }
`

const revoked = new AppError('UNAUTHENTICATED', 'revoked')
const identity = { challenge: () => 'Bearer error="invalid_token"', checkAccount: () => Promise.reject(revoked) }

const admission = admissionOf({ development: false })

type Plugins = NonNullable<Parameters<typeof createApolloServer>[0]['plugins']>

function start(plugins: Plugins = []) {
  const lines: string[] = []
  const log = (level: string, event: string, fields = {}) => lines.push(JSON.stringify({ level, event, ...fields }))
  const schema = makeExecutableSchema({ typeDefs, resolvers })
  const server = createApolloServer({
    schema,
    schemaFor: () => schema,
    identity,
    admission,
    executor: undefined,
    log,
    now: () => 0,
    plugins,
  })
  return { server, lines }
}

const json = 'application/json'
const modern = 'application/graphql-response+json'

type Server = ReturnType<typeof start>['server']

async function callOn(server: Server, body: unknown, accept = json, more: Readonly<Record<string, string>> = {}) {
  const headers = { 'content-type': json, accept, ...more }
  const response = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      headers: new HeaderMap(Object.entries(headers)),
      search: '',
      body,
    },
    context: async () => ({ principal: anonymous, requestId: 'r1' }) as Context,
  })
  if (response.body.kind !== 'complete') throw new Error('in parts')
  return { ...response, text: response.body.string, body: JSON.parse(response.body.string) }
}

async function call(body: unknown, accept = json) {
  const { server, lines } = start()
  await server.start()
  return { ...(await callOn(server, body, accept)), lines }
}

const missing = { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }

const statuses: readonly [string, object, string, number, string | undefined][] = [
  ['an answer', { query: '{ fine }' }, json, 200, undefined],
  ['a refused field', { query: '{ forbidden }' }, modern, 200, 'FORBIDDEN'],
  ['a missing thing', { query: '{ missing }' }, json, 200, 'NOT_FOUND'],
  ['nothing but an outage', { query: '{ down }' }, json, 503, 'UNAVAILABLE'],
  ['nothing but an outage, to a modern client', { query: '{ down }' }, modern, 503, 'UNAVAILABLE'],
  ['a part of an answer beside an outage', { query: '{ fine down }' }, json, 200, 'UNAVAILABLE'],
  ['nothing but a bug', { query: '{ bug }' }, json, 500, 'INTERNAL'],
  ['a bug and an outage', { query: '{ bug down }' }, json, 503, 'INTERNAL'],
  ['a syntax error', { query: '{' }, json, 200, 'BAD_USER_INPUT'],
  ['a syntax error, to a modern client', { query: '{' }, modern, 400, 'BAD_USER_INPUT'],
  ['an unknown field', { query: '{ nope }' }, json, 200, 'BAD_USER_INPUT'],
  ['an unknown field, to a modern client', { query: '{ nope }' }, modern, 400, 'BAD_USER_INPUT'],
  ['a bad variable', { query: 'query ($i: In) { echo(i: $i) }', variables: { i: {} } }, json, 200, 'BAD_USER_INPUT'],
  [
    'a bad variable, to a modern client',
    { query: 'query ($i: In) { echo(i: $i) }', variables: { i: {} } },
    modern,
    400,
    'BAD_USER_INPUT',
  ],
  ['no query', { operationName: 'x' }, json, 400, 'BAD_USER_INPUT'],
  ['an unknown operation', { query: 'query a { fine }', operationName: 'b' }, json, 400, 'BAD_USER_INPUT'],
  ['a subscription', { query: 'subscription { x }' }, modern, 400, 'BAD_USER_INPUT'],
  ['an unknown persisted query', missing, json, 200, 'PERSISTED_QUERY_NOT_FOUND'],
  ['an unknown persisted query, to a modern client', missing, modern, 400, 'PERSISTED_QUERY_NOT_FOUND'],
  ['a persisted query with another text', { ...missing, query: '{ fine }' }, modern, 400, 'BAD_USER_INPUT'],
  ['two operations and no name', { query: 'query a { fine } query b { fine }' }, json, 400, 'BAD_USER_INPUT'],
  ['a batch', [{ query: '{ fine }' }], json, 400, 'BAD_USER_INPUT'],
  ['introspection where it is off', { query: '{ __schema { types { name } } }' }, modern, 401, 'UNAUTHENTICATED'],
  [
    'introspection in a fragment',
    { query: '{ ...f } fragment f on Query { x: __type(name: "In") { name } }' },
    json,
    401,
    'UNAUTHENTICATED',
  ],
]

function many(count: number, one: (index: number) => string) {
  return Array.from({ length: count }, (_, n) => one(n)).join(' ')
}

/** Documents that are too large and invalid: the limit is reported first. */
const tooLarge: readonly [string, string, string][] = [
  ['400 aliases', 'breadth', `{ ${many(400, (n) => `a${n}: nope`)} }`],
  ['2,000 fields of one name', 'tokens', `{ ${'nope '.repeat(2000)} }`],
  ['relations 50 deep', 'depth', `{ fine ${'{ owner '.repeat(49)}{ id }${' }'.repeat(49)} }`],
  ['60 directives', 'directives', `{ fine ${'@include(if: true) '.repeat(60)} }`],
  ['20 mutations', 'mutations', `mutation { ${many(20, () => 'nope')} }`],
]

describe('createApolloServer', () => {
  it.each(tooLarge)('refuses %s by the limit of %s, the second time too', async (_name, limit, query) => {
    const { server } = start()
    await server.start()
    for (const _ of [1, 2]) {
      const { status, body } = await callOn(server, { query })
      expect([status, body.data, body.errors.length]).toEqual([400, undefined, 1])
      expect(body.errors[0].extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit })
    }
  })

  it.each([
    [3, 3],
    [90, 11],
  ])('names the mistakes of a document, and not too many of them: of %i, %i', async (mistakes, named) => {
    const given = many(Math.min(mistakes, 9), (n) => `a${n}: 1`)
    const query = `{ ${many(Math.ceil(mistakes / 9), (n) => `x${n}: fine(${given})`)} }`
    const { errors } = (await call({ query })).body
    expect(errors).toHaveLength(named)
    for (const { extensions } of errors) expect(extensions.code).toBe('BAD_USER_INPUT')
  })

  it('answers an invalid document again as it did the first time', async () => {
    const { server } = start()
    await server.start()
    const query = '{ nope }'
    const [first, second] = [await callOn(server, { query }), await callOn(server, { query })]
    expect(first.body.errors[0]).toMatchObject({
      message: 'Cannot query field "nope" on type "Query".',
      locations: [{}],
    })
    expect([second.status, second.text]).toEqual([first.status, first.text])
  })

  it.each(statuses)('answers %s with its status and code', async (_name, body, accept, status, code) => {
    const answer = await call(body, accept)
    expect([answer.status ?? 200, answer.body.errors?.[0].extensions.code]).toEqual([status, code])
  })

  it('says when to come back after an outage', async () => {
    expect((await call({ query: '{ down }' })).headers.get('retry-after')).toBe('1')
  })

  it('masks a bug, names the request, and logs the cause under that name', async () => {
    const answer = await call({ query: '{ bug }' })
    expect(answer.text).not.toContain('hunter2')
    expect(answer.body.errors[0].extensions).toEqual({ code: 'INTERNAL', requestId: 'r1' })
    expect(answer.lines.find((line) => line.includes('hunter2'))).toMatch(/"level":"error".*"requestId":"r1"/)
  })

  it('logs the reason of a refusal and never answers it', async () => {
    const answer = await call({ query: '{ forbidden }' })
    expect(answer.lines.join()).toContain('reason of FORBIDDEN')
    expect(answer.text).not.toContain('reason')
  })

  it('does not log an unknown persisted query as an error', async () => {
    const { body, lines } = await call(missing)
    expect(body).toEqual({
      errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    })
    expect(lines.join()).not.toContain('"level":"error"')
  })

  it('suggests nothing of the schema', async () => {
    expect((await call({ query: '{ fin }' })).text).not.toContain('fine')
  })

  const confirmed: readonly [string, string][] = [
    ['plainly', 'mutation { deleteNote }'],
    ['under an alias', 'mutation { keep x: deleteNote }'],
    ['in an inline fragment', 'mutation { ... { ... on Mutation { deleteNote } } }'],
    ['in a named fragment', 'mutation { ...f } fragment f on Mutation { ...g } fragment g on Mutation { deleteNote }'],
    ['behind @include', 'mutation { deleteNote @include(if: true) }'],
  ]

  it.each(confirmed)('checks with the issuer before what can not be undone, written %s', async (_name, query) => {
    const answer = await call({ query })
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"'])
    expect(answer.body).toEqual({
      errors: [{ message: 'Sign in to do this.', extensions: { code: 'UNAUTHENTICATED' } }],
    })
  })

  it('does not call the issuer before anything else', async () => {
    expect((await call({ query: 'mutation { keep }' })).body).toEqual({ data: { keep: 'written' } })
  })

  it.each(['', 'other'])(
    'executes nothing for the operation name %j, however warm the query is',
    async (operationName) => {
      const { server } = start()
      await server.start()
      for (let round = 0; round < 10; round += 1) {
        await callOn(server, { query: '{ fine }' })
        await new Promise((resolve) => setTimeout(resolve, 20))
        const { status, body } = await callOn(server, { query: '{ fine }', operationName })
        expect([status, body.data, body.errors[0].extensions]).toEqual([400, undefined, { code: 'BAD_USER_INPUT' }])
      }
    },
  )

  it('returns the name of a type, without introspection', async () => {
    expect((await call({ query: '{ __typename }' })).body).toEqual({ data: { __typename: 'Query' } })
  })

  it.each([
    [50, 50, []],
    [51, 50, [{ level: 'info', errors: 1, codes: 'FORBIDDEN 1', requestId: 'r1' }]],
    [60, 50, [{ level: 'info', errors: 10, codes: 'FORBIDDEN 10', requestId: 'r1' }]],
  ])('logs a line for each of the first errors, and one for the rest: of %i', async (refused, lined, rest) => {
    const { lines } = await call({ query: `{ inners(first: ${refused}) { forbidden } }` })
    const logged = lines.map((line) => JSON.parse(line))
    expect(logged.filter(({ event }) => event === 'refused')).toHaveLength(lined)
    expect(logged.filter(({ event }) => event === 'refused_more')).toMatchObject(rest)
  })

  it('logs failures before refusals, and the beginning of a long path', async () => {
    const name = 'a'.repeat(100)
    const query = `{ inners(first: 25) { forbidden } ${name}: inner { ${name}: inner { ${name}: bug } } }`
    const { lines } = await call({ query })
    const [first] = lines.map((line) => JSON.parse(line))
    expect(first).toMatchObject({ level: 'error', code: 'INTERNAL' })
    expect(first.path).toBe(`${name}.${name}.${name}`.slice(0, loggedPathMax))
  })

  it('logs one line for each operation, without its text', async () => {
    const { lines } = await call({ query: 'query Mine { fine }' })
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      event: 'operation',
      operation: 'Mine',
      caller: 'anonymous',
      status: 200,
    })
  })
})

/** A failure of a plugin in a step that passes no hook for errors. */
function broken(hook: object): Plugins {
  return [{ requestDidStart: async () => hook }]
}

const bug = () => Promise.reject(new Error('hunter2'))

/** Adds a member to the result of an operation. */
function adding(extra: object): Plugins {
  return broken({
    willSendResponse: async ({ response: { body } }: { response: { body: { singleResult: object } } }) => {
      Object.assign(body.singleResult, { extensions: extra })
    },
  })
}

const unserializable = {
  toJSON() {
    throw new TypeError('hunter2')
  },
}
const tooLong = {
  toJSON: () => 'x'.repeat(2 ** 30),
}

describe('a failure outside an operation', () => {
  it.each([
    ['a plugin at the start', [{ requestDidStart: bug }]],
    ['a plugin at the source', broken({ didResolveSource: bug })],
    ['a plugin at the errors', broken({ didEncounterErrors: bug })],
    ['a plugin at the response', broken({ willSendResponse: bug })],
  ])('is logged with its cause and thrown for the handler: %s', async (_name, plugins) => {
    const { server, lines } = start(plugins as Plugins)
    await server.start()
    await expect(callOn(server, { query: '{ forbidden }' })).rejects.toMatchObject({ code: 'INTERNAL' })
    const logged = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'unexpected')
    expect(logged).toMatchObject([{ level: 'error', requestId: 'r1', cause: expect.stringContaining('hunter2') }])
  })

  it.each([
    ['a result that is not JSON', { unserializable }, { code: 'INTERNAL', cause: new TypeError('hunter2') }],
    ['a result that is too long', { tooLong }, { code: 'LIMIT_EXCEEDED', extensions: { status: 400 } }],
  ])('is thrown for the handler: %s', async (_name, extra, expected) => {
    const { server } = start(adding(extra))
    await server.start()
    await expect(callOn(server, { query: '{ fine }' })).rejects.toMatchObject(expected)
  })

  it('leaves alone a plugin that works', async () => {
    const { server } = start(adding({ extra: 1 }))
    await server.start()
    expect((await callOn(server, { query: '{ fine }' })).body).toEqual({
      data: { fine: 'fine' },
      extensions: { extra: 1 },
    })
  })
})

/**
 * Two independent layers refuse a form of another site. `request-body.ts` takes no type that needs no preflight, and
 * `gateway-event.test.ts` tests it. This is the second one, Apollo's `csrfPrevention`, on a body that is parsed
 * already.
 */
describe('csrfPrevention', () => {
  const form = 'application/x-www-form-urlencoded'
  it.each([form, 'multipart/form-data; boundary=x', 'text/plain', 'text/plain; charset=utf-8'])(
    'refuses a POST that a form of another site could send: %s',
    async (type) => {
      const { server } = start()
      await server.start()
      const { status, body } = await callOn(server, { query: 'mutation { keep }' }, json, { 'content-type': type })
      expect([status, body.data, body.errors[0].extensions.code]).toEqual([400, undefined, 'BAD_USER_INPUT'])
    },
  )

  it.each([
    { 'content-type': json },
    { 'content-type': form, 'apollo-require-preflight': '1' },
    { 'content-type': form, 'x-apollo-operation-name': 'A' },
  ])('lets pass what a form can not send: %j', async (headers) => {
    const { server } = start()
    await server.start()
    const { body } = await callOn(server, { query: 'mutation { keep }' }, json, headers)
    expect(body).toEqual({ data: { keep: 'written' } })
  })
})
