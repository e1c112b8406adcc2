import { cors } from '@fieldnotes/core/cors'
import { describe, expect, inject, it } from 'vitest'
import { all, one } from './find-resources.ts'

const production = inject('production')
const preview = inject('preview')
const everything = inject('everything')
const stages = [production, preview, everything]

const routes = ['$default', 'ANY /.well-known/oauth-protected-resource/graphql', 'ANY /graphql', 'ANY /health']

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
  '$context.path',
  '$context.requestId',
  '$context.requestTime',
  '$context.responseLatency',
  '$context.routeKey',
  '$context.status',
]

describe('gateway', () => {
  it.each(stages)(
    'has these routes and no other, none with an authorizer that could be mistaken for a lock',
    (graph) => {
      const found = all(graph, 'aws:apigatewayv2/route:Route').map(({ inputs }) => inputs)
      expect(found.map(({ routeKey }) => routeKey).sort()).toEqual(routes)
      expect(found.map(({ authorizationType }) => authorizationType)).toEqual(routes.map(() => 'NONE'))
      expect(all(graph, 'aws:apigatewayv2/authorizer:Authorizer')).toEqual([])
    },
  )

  it.each(stages)('sends every route to the one function', (graph) => {
    const targets = all(graph, 'aws:apigatewayv2/integration:Integration').map(({ inputs }) => inputs.integrationUri)
    expect(new Set(targets).size).toBe(1)
    expect(targets[0]).toContain(String(one(graph, 'aws:lambda/function:Function', 'GraphqlFunction').inputs.name))
  })

  it.each(stages)('lets the listed origins in from browsers, with bearer tokens and without cookies', (graph) => {
    expect(one(graph, 'aws:apigatewayv2/api:Api').inputs.corsConfiguration).toEqual({
      allowOrigins: ['https://notes.example.com', 'https://admin.example.com'],
      allowMethods: ['GET', 'POST'],
      allowHeaders: cors.allowHeaders,
      exposeHeaders: cors.exposeHeaders,
      allowCredentials: false,
      maxAge: 3600,
    })
  })

  it('holds back floods, by stage', () => {
    const limits = stages.map((graph) => one(graph, 'aws:apigatewayv2/stage:Stage').inputs.defaultRouteSettings)
    expect(limits).toMatchObject([
      { throttlingRateLimit: 500, throttlingBurstLimit: 1000 },
      { throttlingRateLimit: 50, throttlingBurstLimit: 100 },
      { throttlingRateLimit: 500, throttlingBurstLimit: 1000 },
    ])
  })

  it.each(stages)('logs each request without its token, its query string or its body', (graph) => {
    const { accessLogSettings } = one(graph, 'aws:apigatewayv2/stage:Stage').inputs as never as Access
    const format = JSON.parse(accessLogSettings.format)
    expect(Object.keys(format)).toEqual(expect.arrayContaining(['requestId', 'routeKey', 'status', 'responseLatency']))
    expect(accessLogSettings.format).not.toMatch(/authoriz|header|querystring|body|claims/i)
  })

  it.each(stages)('logs of an address its path alone: no variable of the format holds a query string', (graph) => {
    const { accessLogSettings } = one(graph, 'aws:apigatewayv2/stage:Stage').inputs as never as Access
    const variables = accessLogSettings.format.match(/\$context\.[\w.]+/g) ?? []
    expect(variables.sort()).toEqual(logged)
  })

  it('keeps logs for a year in production and a week in a preview', () => {
    const days = (graph: typeof production) =>
      all(graph, 'aws:cloudwatch/logGroup:LogGroup').map(({ inputs }) => inputs.retentionInDays)
    expect(days(production)).toEqual([365, 365, 365])
    expect(days(preview)).toEqual([7, 7, 7])
  })

  it('answers at its own domain alone where it has one', () => {
    expect(one(production, 'aws:apigatewayv2/api:Api').inputs.disableExecuteApiEndpoint).toBe(false)
    expect(one(everything, 'aws:apigatewayv2/api:Api').inputs.disableExecuteApiEndpoint).toBe(true)
    expect(one(everything, 'aws:apigatewayv2/domainName:DomainName').inputs).toMatchObject({
      domainName: 'api.example.com',
      domainNameConfiguration: { securityPolicy: 'TLS_1_2' },
    })
    expect(everything.builds.Graphql?.links.Notes).toMatchObject({ resource: 'https://api.example.com/graphql' })
  })
})

interface Access {
  readonly accessLogSettings: { readonly format: string }
}
