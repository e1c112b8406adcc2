/** The table of routes, and a wrong row of each kind beside a right one. */
import { describe, expect, it } from 'vitest'
import { cors } from '../src/cors.ts'
import { type RouteRow, routeKeysOf, routeRows } from '../src/routes.ts'

/** Where pages of other origins may read: the API, its metadata, and what issues tokens. Never a page or a session. */
const readable =
  /^\/(graphql|iam\/graphql|exporter(\/.*)?|oauth\/(token|revoke|jwks|\.well-known\/.*)|\.well-known\/.+)$/

const forms = /^(\$default|\/|(\/[\w.-]+)*\/([\w.-]+|\{\w+\+?\}))$/

/** The path with its variable in one spelling: two rows that differ in its name alone match the same requests. */
function shapeOf({ path }: RouteRow): string {
  return path.replace(/\{\w+(\+?)\}$/, '{$1}')
}

const faults: Readonly<Record<string, (row: RouteRow, rows: readonly RouteRow[]) => boolean>> = {
  'a path that API Gateway can not read': ({ path }) => !forms.test(path),
  'two rows for one path': (row, rows) => rows.filter((other) => shapeOf(other) === shapeOf(row)).length > 1,
  'a throttle that is no part of the stage’s': ({ throttle }) => !(throttle > 0 && throttle <= 1),
  'no method, or one twice': ({ path, methods }) =>
    path !== '$default' && (methods.length === 0 || new Set(methods).size < methods.length),
  'CORS where no page of another origin may read': ({ path, cors }) => cors && !readable.test(path),
  'CORS with cookies': ({ cookies, cors }) => cookies && cors,
  'an authorizer at every unknown path': ({ path, authorizer }) => path === '$default' && authorizer !== 'none',
}

function faultsOf(rows: readonly RouteRow[]): readonly string[] {
  return Object.keys(faults).filter((fault) => rows.some((row) => faults[fault]?.(row, rows)))
}

const row: RouteRow = {
  path: '/exporter/exports/{id}',
  methods: ['GET'],
  function: 'exporter',
  authorizer: 'gate',
  cookies: false,
  cors: true,
  throttle: 0.1,
}

describe('the table of routes', () => {
  it('has no wrong row, and answers every other path', () => {
    expect(faultsOf(routeRows)).toEqual([])
    expect(routeRows.at(-1)?.path).toBe('$default')
  })

  it('has the methods that CORS allows, and no other, where CORS is granted', () => {
    const methods = routeRows.filter((each) => each.cors).flatMap((each) => each.methods)
    expect([...new Set(methods)].sort()).toEqual([...cors.allowMethods].sort())
  })

  it.each(['/graphql', '/iam/graphql', '/exporter/exports', '/oauth/token', '/oauth/{path+}'])(
    'may have the path %s',
    (path) => {
      expect(faultsOf([{ ...row, path, cors: path !== '/oauth/{path+}' } as RouteRow])).toEqual([])
    },
  )

  it.each<[string, Partial<RouteRow>]>([
    ['a path that API Gateway can not read', { path: 'graphql', cors: false }],
    ['a path that API Gateway can not read', { path: '/exporter/{id}/archive' }],
    ['a path that API Gateway can not read', { path: '/exporter/{path+}/' }],
    ['a path that API Gateway can not read', { path: '/exporter?x=1', cors: false }],
    ['a throttle that is no part of the stage’s', { throttle: 0 }],
    ['a throttle that is no part of the stage’s', { throttle: 1.5 }],
    ['a throttle that is no part of the stage’s', { throttle: Number.NaN }],
    ['no method, or one twice', { methods: [] }],
    ['no method, or one twice', { methods: ['GET', 'GET'] }],
    ['CORS where no page of another origin may read', { path: '/session' }],
    ['CORS where no page of another origin may read', { path: '/session/graphql' }],
    ['CORS where no page of another origin may read', { path: '/oauth/authorize' }],
    ['CORS where no page of another origin may read', { path: '/' }],
    ['CORS where no page of another origin may read', { path: '/tokens/{issuer}' }],
    ['an authorizer at every unknown path', { path: '$default', cors: false }],
  ])('would see %s: %j', (fault, changes) => {
    expect(faultsOf([{ ...row, ...changes } as RouteRow])).toEqual([fault])
  })

  it('would see two rows for one path, and cookies beside CORS', () => {
    expect(faultsOf([row, { ...row, path: '/exporter/exports/{name}' }])).toEqual(['two rows for one path'])
    expect(faultsOf([{ ...row, cookies: true } as unknown as RouteRow])).toEqual(['CORS with cookies'])
  })
})

describe('routeKeysOf', () => {
  it('is one key for any method without an authorizer, so that the function answers 405', () => {
    expect(routeKeysOf({ ...row, authorizer: 'none' })).toEqual(['ANY /exporter/exports/{id}'])
  })

  it('is a key for each method with one, so that no preflight meets it', () => {
    expect(routeKeysOf({ ...row, methods: ['GET', 'POST'] })).toEqual([
      'GET /exporter/exports/{id}',
      'POST /exporter/exports/{id}',
    ])
  })

  it('is $default by itself', () => {
    expect(routeKeysOf({ ...row, path: '$default' })).toEqual(['$default'])
  })
})
