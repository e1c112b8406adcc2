/** Which row of a table of routes a request reaches, as at API Gateway. */
import { type RouteRow, routeRows } from '@fieldnotes/core/routes'
import { describe, expect, it } from 'vitest'
import { createFindRoute, createHasCors } from '../src/gateway/find-route.ts'

function row(path: string, changes: Partial<RouteRow> = {}): RouteRow {
  const plain = { methods: ['GET'], function: path, authorizer: 'none', cookies: false, cors: false, throttle: 1 }
  return { path, ...plain, ...changes } as RouteRow
}

const rows = [
  row('$default'),
  row('/oauth/{path+}'),
  row('/oauth/token', { cors: true }),
  row('/oauth/device/{path+}', { cors: true }),
  row('/exports', { methods: ['POST'] }),
  row('/exports/{id}', { cors: true }),
  row('/iam/graphql', { methods: ['POST'], authorizer: 'iam', cors: true }),
]
const findRoute = createFindRoute(rows)

describe('createFindRoute', () => {
  it.each([
    ['GET', '/oauth/token', 'ANY /oauth/token', undefined],
    ['GET', '/oauth/authorize', 'ANY /oauth/{path+}', { path: 'authorize' }],
    ['GET', '/oauth/a/b/', 'ANY /oauth/{path+}', { path: 'a/b/' }],
    ['GET', '/oauth/token/', 'ANY /oauth/{path+}', { path: 'token/' }],
    ['GET', '/oauth/device/x', 'ANY /oauth/device/{path+}', { path: 'x' }],
    ['PUT', '/exports', 'ANY /exports', undefined],
    ['GET', '/exports/7', 'ANY /exports/{id}', { id: '7' }],
    ['GET', '/exports/a%2Fb%20c', 'ANY /exports/{id}', { id: 'a/b c' }],
    ['GET', '/exports/%zz', 'ANY /exports/{id}', { id: '%zz' }],
    ['POST', '/iam/graphql', 'POST /iam/graphql', undefined],
  ])('%s %s reaches %s', (method, path, routeKey, pathParameters) => {
    expect(findRoute(method, path)).toMatchObject({ routeKey, pathParameters })
  })

  it.each([
    ['GET', '/'],
    ['GET', ''],
    ['GET', '/oauth'],
    ['GET', '/oauth/'],
    ['GET', '/exports/'],
    ['GET', '/exports/7/archive'],
    ['GET', '/EXPORTS'],
    ['GET', '/%65xports'],
    ['GET', '//exports'],
    ['GET', '$default'],
    ['ANY', '/exports2'],
  ])('%s %s reaches no other row than $default', (method, path) => {
    expect(findRoute(method, path)?.routeKey).toBe('$default')
  })

  it.each(['GET', 'OPTIONS', 'post'])('never takes %s to a row with an authorizer that has POST alone', (method) => {
    expect(findRoute(method, '/iam/graphql')?.routeKey).toBe('$default')
  })

  it('does not depend on the order of the rows', () => {
    const reversed = createFindRoute(rows.toReversed())
    for (const path of ['/oauth/token', '/oauth/device/x', '/exports/7', '/x'])
      expect(reversed('GET', path)).toEqual(findRoute('GET', path))
  })

  it('finds nothing without a row', () => {
    expect(createFindRoute([row('/health')])('GET', '/x')).toBeUndefined()
  })

  it.each(routeRows.filter(({ path }) => path !== '$default'))('finds $path in the table', (each) => {
    const find = createFindRoute(routeRows)
    for (const method of each.methods) expect(find(method, each.path)?.row).toBe(each)
    const other = each.authorizer === 'none' ? each.path : '$default'
    expect(find('PUT', each.path)?.row.path).toBe(other)
  })
})

describe('createHasCors', () => {
  it.each([
    ['/oauth/token', true],
    ['/oauth/authorize', false],
    ['/exports', false],
    ['/exports/7', true],
    ['/iam/graphql', true],
    ['/iam/graphql/', false],
    ['/', false],
  ])('at %s is %s, for every method', (path, granted) => {
    expect(createHasCors(rows)(path)).toBe(granted)
  })
})
