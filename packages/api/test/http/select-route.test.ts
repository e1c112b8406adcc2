/** The endpoint's own map of paths, beside the table of routes. */
import { routeRows } from '@fieldnotes/core/routes'
import type { Context as Invocation } from 'aws-lambda'
import { describe, expect, it } from 'vitest'
import type { Event, Route } from '../../src/http/route.ts'
import { createSelectRoute } from '../../src/http/select-route.ts'

function named(body: string): Route {
  return async () => ({ statusCode: 200, body })
}

const answers = {
  '/graphql': named('/graphql'),
  '/health': named('/health'),
  '/iam/graphql': named('/iam/graphql'),
  '/.well-known/oauth-protected-resource/graphql': named('/.well-known/oauth-protected-resource/graphql'),
}
const selectRoute = createSelectRoute(answers)

interface Sent {
  readonly stage?: string
  readonly headers?: Readonly<Record<string, string>>
}

function send(method: string, path: string, { stage = '$default', headers = {} }: Sent = {}) {
  const event = { rawPath: path, headers, requestContext: { requestId: 'r1', stage, http: { method } } }
  return selectRoute(event as unknown as Event)(event as unknown as Event, {} as Invocation, 'r1')
}

const rows = routeRows.filter((row) => row.function === 'graphql' && row.path !== '$default')
const preflight = { origin: 'https://notes.example.com', 'access-control-request-method': 'POST' }

describe('createSelectRoute', () => {
  it('has a route for each path of the table that the endpoint answers, and no other', () => {
    expect(rows.map(({ path }) => path).sort()).toEqual(Object.keys(answers).sort())
  })

  it.each(rows)('answers the methods of the table at $path, and 405 to every other', async ({ path, methods }) => {
    const all = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'get', 'QUERY']
    for (const method of all) {
      const { statusCode, body, headers } = await send(method, path)
      if ((methods as readonly string[]).includes(method)) expect([statusCode, body]).toEqual([200, path])
      else expect([statusCode, headers?.allow]).toEqual([405, methods.join(', ')])
    }
  })

  it.each([
    '/',
    '/graphql/',
    '/GRAPHQL',
    '/graphql/graphql',
    '//graphql',
    '/$default',
    '$default',
    '/__proto__',
    'constructor',
    '',
  ])('answers 404 at %j', async (path) => {
    expect((await send('GET', path)).statusCode).toBe(404)
  })

  it('takes the name of a stage off the path, once and only where API Gateway adds it', async () => {
    expect((await send('GET', '/dev/health', { stage: 'dev' })).body).toBe('/health')
    for (const [path, stage] of [
      ['/dev/dev/health', 'dev'],
      ['/dev/health', '$default'],
      ['/$default/health', '$default'],
    ])
      expect((await send('GET', String(path), { stage: String(stage) })).statusCode).toBe(404)
  })

  it.each(['/graphql', '/health', '/iam/graphql'])(
    'answers a preflight that reaches it at %s with 204',
    async (path) => {
      expect(await send('OPTIONS', path, { headers: preflight })).toMatchObject({ statusCode: 204 })
      const [origin] = Object.entries(preflight)
      const { statusCode } = await send('OPTIONS', path, { headers: Object.fromEntries([origin ?? []]) })
      expect([404, 405]).toContain(statusCode)
    },
  )
})

describe('createSelectRoute behind an authorizer', () => {
  const select = createSelectRoute(answers, 'demanded')

  function sendBy(routeKey: string, method: string, path: string) {
    const http = { method }
    const event = { routeKey, rawPath: path, headers: {}, requestContext: { requestId: 'r1', stage: '$default', http } }
    return select(event as unknown as Event)(event as unknown as Event, {} as Invocation, 'r1')
  }

  it.each(['GET', 'POST'])('reaches the route by its own route key: %s', async (method) => {
    expect(await sendBy(`${method} /graphql`, method, '/graphql')).toMatchObject({ statusCode: 200 })
  })

  it.each([
    ['$default', 'GET'],
    ['$default', 'POST'],
    ['ANY /graphql', 'POST'],
    ['ANY /health', 'POST'],
    ['', 'POST'],
  ])('answers 404 by the route key %j, which has no authorizer: %s', async (routeKey, method) => {
    expect(await sendBy(routeKey, method, '/graphql')).toMatchObject({ statusCode: 404 })
  })

  it('answers 405 to the other methods, which arrive by $default', async () => {
    expect(await sendBy('$default', 'PUT', '/graphql')).toMatchObject({ statusCode: 405 })
  })

  it('reaches routes without an authorizer by any key', async () => {
    expect(await sendBy('ANY /health', 'GET', '/health')).toMatchObject({ statusCode: 200 })
    expect(await sendBy('$default', 'GET', '/health')).toMatchObject({ statusCode: 200 })
  })
})

describe('a refusal of createSelectRoute', () => {
  it('says which methods a path has, and that another path does not exist', async () => {
    const other = await send('PUT', '/graphql')
    expect(JSON.parse(other.body ?? '').errors).toMatchObject([
      { message: 'Use GET or POST.', extensions: { code: 'BAD_USER_INPUT' } },
    ])
    const absent = await send('GET', '/absent')
    expect([absent.statusCode, JSON.parse(absent.body ?? '').errors]).toMatchObject([
      404,
      [{ extensions: { code: 'NOT_FOUND' } }],
    ])
  })

  it('is no preflight for another method with its headers', async () => {
    expect((await send('PUT', '/graphql', { headers: preflight })).statusCode).toBe(405)
  })
})
