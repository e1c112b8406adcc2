import { cors } from '@fieldnotes/core/cors'
import { routeKeysOf, routeRows } from '@fieldnotes/core/routes'
import { sessionRouteRows } from '@fieldnotes/core/session-routes'
import { exporterRoutes } from '@fieldnotes/exporter/exporter-routes'
import { describe, expect, inject, it } from 'vitest'
import type { Resource } from '../src/graph/graph.ts'
import { all, one, routesAt } from './find-resources.ts'

const production = inject('production')
const preview = inject('preview')
const everything = inject('everything')
const stages = [production, preview, everything]
const type = 'aws:lambda/function:Function'

const none = { authorizationType: 'NONE', authorizerId: undefined }

/** Authorizer of a row → what its routes must have. */
const authorizations = { none, iam: { ...none, authorizationType: 'AWS_IAM' }, gate: { authorizationType: 'CUSTOM' } }

/** The rows of a stage: a preview has no browser sessions. */
function rowsOf(graph: typeof production) {
  return [...routeRows, ...exporterRoutes, ...(graph === preview ? [] : sessionRouteRows)]
}

function routesOf(graph: typeof production) {
  const rows = rowsOf(graph)
  return rows.flatMap((row) => routeKeysOf(row).map((routeKey) => ({ routeKey, ...authorizations[row.authorizer] })))
}

function byRouteKey(a: { readonly routeKey: unknown }, b: { readonly routeKey: unknown }): number {
  return String(a.routeKey) < String(b.routeKey) ? -1 : 1
}

/**
 * Fields of an access log line. `$context.path` is the path without the query string ("Customize HTTP API access
 * logs").
 */
const logged = [
  '$context.httpMethod',
  '$context.identity.sourceIp',
  '$context.identity.userAgent',
  '$context.integration.integrationStatus',
  '$context.integration.latency',
  '$context.integration.requestId',
  '$context.integration.status',
  '$context.integrationErrorMessage',
  '$context.path',
  '$context.requestId',
  '$context.requestTime',
  '$context.responseLatency',
  '$context.routeKey',
  '$context.status',
]

describe('gateway', () => {
  it.each(stages)('has the routes of the table and no other, each with the authorizer of its row', (graph) => {
    const found = routesAt(graph).map(({ inputs }) => inputs)
    const seen = found.map(({ routeKey, authorizationType, authorizerId }) => {
      return { routeKey, authorizationType, authorizerId }
    })
    const routes = routesOf(graph)
    expect(seen.sort(byRouteKey)).toMatchObject(routes.toSorted(byRouteKey))
    expect(seen).toHaveLength(routes.length)
  })

  it.each(stages)('has one Lambda authorizer, which sees every request and caches nothing', (graph) => {
    expect(all(graph, 'aws:apigatewayv2/authorizer:Authorizer').map(({ inputs }) => inputs)).toEqual([
      {
        apiId: one(graph, 'aws:apigatewayv2/api:Api', 'ApiApi').id,
        authorizerType: 'REQUEST',
        authorizerPayloadFormatVersion: '2.0',
        enableSimpleResponses: true,
        identitySources: [],
        authorizerResultTtlInSeconds: 0,
        authorizerUri: expect.stringContaining(`:function:${one(graph, type, 'AuthorizerFunction').inputs.name}/`),
        name: expect.any(String),
      },
    ])
  })

  it.each(stages)('judges every request to the endpoint: no other route reaches it with a credential', (graph) => {
    const { id } = one(graph, 'aws:apigatewayv2/authorizer:Authorizer')
    const guarded = routesAt(graph).filter(({ inputs }) => inputs.authorizerId === id)
    expect(guarded.map(({ inputs }) => inputs.routeKey).sort()).toEqual(['GET /graphql', 'POST /graphql'])
    expect(graph.builds.Graphql?.links.Notes).toMatchObject({ gate: 'demanded' })
  })

  it.each(stages)('sends each route to the function of its row, and no function elsewhere', (graph) => {
    const targets = rowsOf(graph).flatMap((row) => routeKeysOf(row).map((routeKey) => [routeKey, nameOf(row.function)]))
    expect(new Map(targetsOf(graph))).toEqual(new Map(targets as [string, string][]))
  })

  it.each(stages)('lets the listed origins in from browsers, with bearer tokens and without cookies', (graph) => {
    expect(one(graph, 'aws:apigatewayv2/api:Api', 'ApiApi').inputs.corsConfiguration).toEqual({
      allowOrigins: ['https://notes.example.com', 'https://admin.example.com'],
      allowMethods: ['GET', 'POST'],
      allowHeaders: cors.allowHeaders,
      exposeHeaders: cors.exposeHeaders,
      allowCredentials: false,
      maxAge: 3600,
    })
  })

  it('holds back floods, by stage', () => {
    const limits = stages.map(
      (graph) => one(graph, 'aws:apigatewayv2/stage:Stage', 'ApiStage').inputs.defaultRouteSettings,
    )
    expect(limits).toMatchObject([
      { throttlingRateLimit: 500, throttlingBurstLimit: 1000 },
      { throttlingRateLimit: 50, throttlingBurstLimit: 100 },
      { throttlingRateLimit: 500, throttlingBurstLimit: 1000 },
    ])
  })

  it.each(stages)('creates the stage, which has settings of routes, after all routes', (graph) => {
    const { dependencies = [] } = one(graph, 'aws:apigatewayv2/stage:Stage', 'ApiStage')
    for (const { urn } of routesAt(graph)) expect(dependencies).toContain(urn)
  })

  it.each(stages)('has one CORS configuration, which no row can narrow, and never lets a cookie in', (graph) => {
    const granted = all(graph, 'aws:apigatewayv2/api:Api').map(({ inputs }) => inputs.corsConfiguration)
    expect(granted).toMatchObject([{ allowCredentials: false }, { allowCredentials: false }])
    expect(routesAt(graph).filter(({ inputs }) => 'corsConfiguration' in inputs)).toEqual([])
  })

  it('logs requests to all routes of an API in one place: a row has no log of its own', () => {
    for (const graph of stages) expect(all(graph, 'aws:apigatewayv2/stage:Stage')).toHaveLength(2)
  })

  it.each(stages)('logs each request without its token, its query string or its body', (graph) => {
    const { accessLogSettings } = one(graph, 'aws:apigatewayv2/stage:Stage', 'ApiStage').inputs as never as Access
    const format = JSON.parse(accessLogSettings.format)
    expect(Object.keys(format)).toEqual(expect.arrayContaining(['requestId', 'routeKey', 'status', 'responseLatency']))
    expect(accessLogSettings.format).not.toMatch(/authoriz|header|querystring|body|claims/i)
  })

  it.each(stages)('logs of an address its path alone: no variable of the format holds a query string', (graph) => {
    const { accessLogSettings } = one(graph, 'aws:apigatewayv2/stage:Stage', 'ApiStage').inputs as never as Access
    const variables = accessLogSettings.format.match(/\$context\.[\w.]+/g) ?? []
    expect(variables.sort()).toEqual(logged)
  })

  it('keeps logs for a year in production and a week in a preview', () => {
    const days = (graph: typeof production) =>
      all(graph, 'aws:cloudwatch/logGroup:LogGroup').map(({ inputs }) => inputs.retentionInDays)
    expect(days(production).length).toBeGreaterThanOrEqual(3)
    expect([...new Set(days(production))]).toEqual([365])
    expect([...new Set(days(preview))]).toEqual([7])
  })

  it('answers at its own domain alone where it has one', () => {
    expect(one(production, 'aws:apigatewayv2/api:Api', 'ApiApi').inputs.disableExecuteApiEndpoint).toBe(false)
    expect(one(everything, 'aws:apigatewayv2/api:Api', 'ApiApi').inputs.disableExecuteApiEndpoint).toBe(true)
    expect(one(everything, 'aws:apigatewayv2/domainName:DomainName', 'ApiDomainName').inputs).toMatchObject({
      domainName: 'api.example.com',
      domainNameConfiguration: { securityPolicy: 'TLS_1_2' },
    })
    expect(everything.builds.Graphql?.links.Notes).toMatchObject({ resource: 'https://api.example.com/graphql' })
  })
})

/** Name of a function's component in `infra/`. */
function nameOf(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Function`
}

/** Route key → name of the function that its integration calls. */
function targetsOf(graph: typeof production): [routeKey: string, name: string][] {
  const functions = all(graph, 'aws:lambda/function:Function')
  const integrations = all(graph, 'aws:apigatewayv2/integration:Integration')
  return routesAt(graph).map(({ inputs }) => {
    const { inputs: integration } = integrations.find(({ id }) => inputs.target === `integrations/${id}`) as Resource
    const uri = String(integration.integrationUri)
    const called = functions.find((each) => uri.split(':function:')[1]?.split(':')[0] === each.inputs.name)
    return [String(inputs.routeKey), String(called?.name)]
  })
}

interface Access {
  readonly accessLogSettings: { readonly format: string }
}
