/** Functions behind the gateway: loaded at their first request, and again after a failure. */

import { loadOnce } from '@fieldnotes/core/load-once'
import type { RouteRow } from '@fieldnotes/core/routes'
import { afterEach, describe, expect, it } from 'vitest'
import { type Authorize, lambdaAuthorizer } from '../src/gateway/authorizers.ts'
import type { Handler } from '../src/gateway/gateway.ts'
import { createServeRoutes, type Handlers } from '../src/gateway/serve-routes.ts'
import { listen } from '../src/listen.ts'

const stops: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

function row(path: string, name: string): RouteRow {
  return { path, methods: ['GET'], function: name, authorizer: 'none', cookies: false, cors: false, throttle: 1 }
}

const rows = [row('/a', 'a'), row('/b', 'b'), row('/b/{id}', 'b'), row('/unknown', 'unknown')]

async function serve(handlers: Handlers): Promise<{ url: string; lines: unknown[][] }> {
  const lines: unknown[][] = []
  const { url, serve: start, stop } = await listen(0)
  start(createServeRoutes({ rows, handlers, log: (...line) => void lines.push(line) }))
  stops.push(stop)
  return { url, lines }
}

function answering(body: string): Handler {
  return async () => body
}

async function textOf(url: string): Promise<readonly [number, string]> {
  const response = await fetch(url)
  return [response.status, await response.text()]
}

describe('createServeRoutes', () => {
  it('sends each path to the function of its row', async () => {
    const { url } = await serve({ a: async () => answering('a'), b: async () => answering('b') })
    expect(await Promise.all(['/a', '/b', '/b/7', '/a?x=/b'].map((path) => textOf(url + path)))).toEqual([
      [200, 'a'],
      [200, 'b'],
      [200, 'b'],
      [200, 'a'],
    ])
  })

  it('answers 404 by itself where no row matches', async () => {
    const { url } = await serve({})
    expect(await textOf(`${url}/x`)).toEqual([404, '{"message":"Not Found"}'])
  })

  it('loads a function at its first request, once for fifty at the same time', async () => {
    const loads: string[] = []
    const { promise, resolve } = Promise.withResolvers<Handler>()
    const a = loadOnce(() => {
      loads.push('a')
      return promise
    })
    const { url } = await serve({ a, b: async () => answering('b') })
    expect([loads, await textOf(`${url}/b`), loads]).toEqual([[], [200, 'b'], []])
    const answers = Array.from({ length: 50 }, () => textOf(`${url}/a`))
    expect(await textOf(`${url}/b`)).toEqual([200, 'b'])
    resolve(answering('a'))
    expect(new Set((await Promise.all(answers)).map(([, body]) => body))).toEqual(new Set(['a']))
    await textOf(`${url}/a`)
    expect(loads).toEqual(['a'])
  })

  it('answers 503 while a function can not be loaded, logs why, and tries again at the next request', async () => {
    let broken = true
    const a = loadOnce(async () => {
      if (broken) throw new Error('no table')
      return answering('a')
    })
    const { url, lines } = await serve({ a, b: async () => answering('b') })
    expect(await textOf(`${url}/a`)).toEqual([503, '{"message":"Service Unavailable"}'])
    expect(await textOf(`${url}/b`)).toEqual([200, 'b'])
    expect(lines).toEqual([['error', 'function not loaded', { function: 'a', cause: 'no table' }]])
    broken = false
    expect(await textOf(`${url}/a`)).toEqual([200, 'a'])
  })

  it('answers 503 to every request that waited for a load that fails', async () => {
    const [begun, failed] = [Promise.withResolvers<void>(), Promise.withResolvers<Handler>()]
    const load = (): Promise<Handler> => {
      begun.resolve()
      return failed.promise
    }
    const { url } = await serve({ a: loadOnce(load) })
    const answers = [textOf(`${url}/a`), textOf(`${url}/a`)]
    await begun.promise
    failed.reject(new Error('no table'))
    expect((await Promise.all(answers)).map(([status]) => status)).toEqual([503, 503])
  })

  it('answers 503 for a function that it does not have, and logs that', async () => {
    const { url, lines } = await serve({ a: async () => answering('a') })
    expect((await textOf(`${url}/unknown`))[0]).toBe(503)
    expect(lines).toEqual([['error', 'function not loaded', { function: 'unknown', cause: 'no such function' }]])
  })

  it.each(['iam', 'gate', 'jwt'])('throws for a row whose authorizer %s it does not have', (authorizer) => {
    const guarded = { ...row('/guarded', 'a'), authorizer } as RouteRow
    const options = { handlers: { a: async () => answering('a') }, log: () => {} }
    expect(() => createServeRoutes({ ...options, rows: [...rows, guarded] })).toThrow(
      `The laptop's gateway has no authorizer ${authorizer}, which /guarded needs.`,
    )
    expect(() => createServeRoutes({ ...options, rows })).not.toThrow()
  })
})

describe('a row with an authorizer', () => {
  const guarded = [{ ...row('/guarded', 'a'), authorizer: 'gate' } as RouteRow, row('/open', 'a')]
  const echo: Handler = async ({ requestContext }) => JSON.stringify(requestContext)

  async function serveGuarded(authorize: Authorize): Promise<string> {
    const { url, serve: start, stop } = await listen(0)
    const handlers = { a: async () => echo }
    start(createServeRoutes({ rows: guarded, handlers, authorizers: { gate: authorize }, log: () => {} }))
    stops.push(stop)
    return url
  }

  it('reaches its function with what the authorizer says', async () => {
    const context = { verdict: 'ok', id: 'alice' } as const
    const url = await serveGuarded(lambdaAuthorizer(async () => ({ isAuthorized: true, context })))
    const [status, body] = await textOf(`${url}/guarded`)
    expect([status, JSON.parse(body).authorizer]).toEqual([200, { lambda: context }])
    expect(JSON.parse((await textOf(`${url}/open`))[1])).not.toHaveProperty('authorizer')
  })

  it('gives the authorizer the headers and no body', async () => {
    const seen: unknown[] = []
    const url = await serveGuarded(
      lambdaAuthorizer(async (event) => {
        seen.push(Object.keys(event).sort(), event.headers?.authorization)
        return { isAuthorized: true, context: { verdict: 'anonymous' } }
      }),
    )
    await fetch(`${url}/guarded`, { headers: { authorization: 'Bearer x' } })
    expect(seen).toEqual([['headers', 'requestContext'], 'Bearer x'])
  })

  it('is the gateway’s own 403 where the authorizer denies, and its 500 where that throws', async () => {
    const denying = await serveGuarded(
      lambdaAuthorizer(async () => ({ isAuthorized: false, context: { verdict: 'anonymous' } })),
    )
    expect(await textOf(`${denying}/guarded`)).toEqual([403, '{"message":"Forbidden"}'])
    const throwing = await serveGuarded(async () => {
      throw new Error('no keys')
    })
    expect(await textOf(`${throwing}/guarded`)).toEqual([500, '{"message":"Internal Server Error"}'])
    expect((await textOf(`${throwing}/open`))[0]).toBe(200)
  })
})
