import { routeKeysOf, routeRows } from '@fieldnotes/core/routes'
import { sessionRouteRows } from '@fieldnotes/core/session-routes'
import { exporterRoutes } from '@fieldnotes/exporter/exporter-routes'
import { issuerRoutes } from '@fieldnotes/issuer/issuer-routes'
import { describe, expect, inject, it } from 'vitest'
import type { Graph } from '../src/graph/graph.ts'
import { all, one } from './find-resources.ts'

const rows = [...routeRows, ...sessionRouteRows, ...exporterRoutes, ...issuerRoutes]
const routes = rows.flatMap(routeKeysOf).length

/** The functions of the tables of routes, the authorizer, the trigger of the user pool, and that of a schedule. */
const functions = new Set(rows.map((row) => row.function)).size + 3

/** Resources of a first deployment: type → count. A type that is not listed fails the test. */
const always: Readonly<Record<string, number>> = {
  // That of the endpoint and the doors beside it, and that of the issuer.
  'aws:apigatewayv2/api:Api': 2,
  'aws:apigatewayv2/authorizer:Authorizer': 1,
  'aws:apigatewayv2/integration:Integration': routes,
  'aws:apigatewayv2/route:Route': routes,
  'aws:apigatewayv2/stage:Stage': 2,
  'aws:cloudfront/distribution:Distribution': 1,
  // Adds the name of the host that the browser called.
  'aws:cloudfront/function:Function': 1,
  'aws:cloudwatch/dashboard:Dashboard': 1,
  'aws:cloudwatch/eventRule:EventRule': 1,
  'aws:cloudwatch/eventTarget:EventTarget': 1,
  // One for each function, and the access log of each gateway.
  'aws:cloudwatch/logGroup:LogGroup': functions + 2,
  'aws:cloudwatch/logMetricFilter:LogMetricFilter': 31,
  'aws:cloudwatch/metricAlarm:MetricAlarm': 33,
  'aws:cognito/identityPool:IdentityPool': 1,
  'aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment': 1,
  'aws:cognito/resourceServer:ResourceServer': 1,
  'aws:cognito/userGroup:UserGroup': 1,
  'aws:cognito/userPool:UserPool': 1,
  'aws:cognito/userPoolClient:UserPoolClient': 5,
  'aws:cognito/userPoolDomain:UserPoolDomain': 1,
  'aws:dynamodb/table:Table': 3,
  // One for each function, and the role of people.
  'aws:iam/role:Role': functions + 1,
  'aws:kms/alias:Alias': 1,
  // That of sessions, and the one that signs.
  'aws:kms/key:Key': 2,
  'aws:kms/keyPolicy:KeyPolicy': 1,
  'aws:lambda/function:Function': functions,
  'aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig': 1,
  // One for each route, one for the authorizer, one for the trigger, and one for the schedule.
  'aws:lambda/permission:Permission': routes + 3,
  'aws:s3/bucket:Bucket': 1,
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': 1,
  'aws:s3/bucketObjectv2:BucketObjectv2': functions,
  'aws:s3/bucketPolicy:BucketPolicy': 1,
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': 1,
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration': 1,
  'aws:sns/topic:Topic': 1,
  // Waits for nothing: the functions need the distribution's name alone.
  'pulumi-nodejs:dynamic:Resource': 1,
  'random:index/randomBytes:RandomBytes': 1,
}

/** What production has, and other stages only where a setting requests them: alarms with their metrics, a dashboard. */
const watching = [
  'aws:cloudwatch/dashboard:Dashboard',
  'aws:cloudwatch/logMetricFilter:LogMetricFilter',
  'aws:cloudwatch/metricAlarm:MetricAlarm',
  'aws:sns/topic:Topic',
]

const sessionRoutes = sessionRouteRows.flatMap(routeKeysOf).length
const sessionFunctions = new Set(sessionRouteRows.map((row) => row.function)).size + 1

/** What production has, and other stages only where a setting requests it: programs, and browser sessions. */
const extras: Readonly<Record<string, number>> = {
  'aws:apigatewayv2/integration:Integration': sessionRoutes,
  'aws:apigatewayv2/route:Route': sessionRoutes,
  'aws:cloudfront/distribution:Distribution': 1,
  'aws:cloudfront/function:Function': 1,
  'aws:cloudwatch/eventRule:EventRule': 1,
  'aws:cloudwatch/eventTarget:EventTarget': 1,
  'aws:cloudwatch/logGroup:LogGroup': sessionFunctions,
  'aws:cloudwatch/logMetricFilter:LogMetricFilter': 15,
  'aws:cloudwatch/metricAlarm:MetricAlarm': 6,
  'aws:cognito/userPoolClient:UserPoolClient': 2,
  'aws:iam/role:Role': sessionFunctions,
  'aws:kms/alias:Alias': 1,
  'aws:kms/key:Key': 1,
  'aws:kms/keyPolicy:KeyPolicy': 1,
  'aws:lambda/function:Function': sessionFunctions,
  'aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig': 1,
  'aws:lambda/permission:Permission': sessionRoutes + 1,
  'aws:s3/bucketObjectv2:BucketObjectv2': sessionFunctions,
  'pulumi-nodejs:dynamic:Resource': 1,
}

/** The first without the second. */
function less(all: Readonly<Record<string, number>>, some: Readonly<Record<string, number>>) {
  const left = Object.entries(all).map(([type, count]) => [type, count - (some[type] ?? 0)] as const)
  return Object.fromEntries(left.filter(([, count]) => count > 0))
}

/** Resources with every option: three domains, warm instances, identity providers, passkeys, a budget, e-mails. */
const optional: Readonly<Record<string, number>> = {
  'aws:acm/certificate:Certificate': 3,
  'aws:acm/certificateValidation:CertificateValidation': 3,
  'aws:apigatewayv2/apiMapping:ApiMapping': 2,
  'aws:apigatewayv2/domainName:DomainName': 2,
  'aws:budgets/budget:Budget': 1,
  'aws:cognito/identityProvider:IdentityProvider': 3,
  'aws:cognito/managedLoginBranding:ManagedLoginBranding': 4,
  'aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig': 1,
  'aws:route53/record:Record': 9,
  'aws:sns/topicSubscription:TopicSubscription': 1,
  // Certificates of CloudFront are in this region.
  'pulumi:providers:aws': 1,
  // Look up the zones of the domains; create nothing.
  'pulumi-nodejs:dynamic:Resource': 1 + 9,
}

/** Inputs that are the name of a resource in AWS. */
const physicalNames = ['name', 'dashboardName', 'identityPoolName', 'domain']

/** Types whose name belongs to a resource that carries the stage, or is a name of the Internet that a setting gives. */
const namedElsewhere =
  /:(Authorizer|IdentityProvider|LogMetricFilter|Record|Resource|ResourceServer|Stage|UserGroup|UserPoolClient)$/

/** Types that get a name without their stage, where none is given. */
const namedByPulumi = /:(Api|Budget|Dashboard|Function|LogGroup|MetricAlarm|Role|Table|Topic|UserPool)$/

function counted({ resources }: Graph): Readonly<Record<string, number>> {
  const types = resources.filter(({ custom }) => custom).map(({ type }) => type)
  return Object.fromEntries([...new Set(types)].map((type) => [type, types.filter((other) => other === type).length]))
}

describe('resources', () => {
  it.each([
    ['production', always],
    ['preview', less(always, extras)],
  ] as const)(
    'of %s are these and no other: no policy beside a role, none on the table or the topic, no member of a group',
    (stage, expected) => {
      expect(counted(inject(stage))).toEqual(expected)
    },
  )

  it('are fewer where no data is kept and no setting requests more: a key alone is billed while nothing is called', () => {
    const left = Object.entries(less(always, extras)).filter(([type]) => !watching.includes(type))
    expect(counted(inject('personal'))).toEqual(Object.fromEntries(left))
  })

  it('are these and no other with every option', () => {
    expect(counted(inject('everything'))).toEqual({ ...always, ...optional, 'aws:kms/key:Key': 4 })
  })

  it.each([inject('production'), inject('everything')])(
    'take no policy among their own settings but the functions’',
    (graph) => {
      const withPolicy = graph.resources
        .filter(({ custom, inputs }) => custom && ('policy' in inputs || 'inlinePolicies' in inputs))
        .map(({ name }) => name)
      const roles = all(graph, 'sst:aws:Function').map(({ name }) => `${name}Role`)
      const keys = all(graph, 'aws:kms/key:Key').filter(({ inputs }) => 'policy' in inputs)
      // The role of people may call one route. Policies of keys name who uses them.
      const others = ['ExportsPolicy', 'PeopleRole', 'SessionKeyPolicy', ...keys.map(({ name }) => name)]
      expect(withPolicy.sort()).toEqual([...roles, ...others].sort())
      expect(roles).toHaveLength(functions)
      expect(one(graph, 'aws:sns/topic:Topic').inputs).toEqual({ name: 'fieldnotes-production-alarms' })
    },
  )

  it.each(['production', 'preview', 'personal', 'everything'] as const)(
    'carry the name of their stage: %s',
    (stage) => {
      const { app, resources } = inject(stage)
      const given = resources
        .filter(({ custom, type }) => custom && !namedElsewhere.test(type))
        .map(({ name, type, inputs }) => ({
          name,
          type,
          value: physicalNames.map((input) => inputs[input]).find(Boolean),
        }))
        .filter(({ type, value }) => value !== undefined || namedByPulumi.test(type))
      expect(given.length).toBeGreaterThan(stage === 'personal' ? 15 : 30)
      for (const { name, value } of given) expect([name, value]).toEqual([name, expect.stringContaining(app.stage)])
    },
  )

  it.each([inject('production'), inject('everything')])(
    'create clients after the scopes that they request',
    (graph) => {
      const { urn } = one(graph, 'aws:cognito/resourceServer:ResourceServer')
      const components = all(graph, 'sst:aws:CognitoUserPoolClient')
      expect(components).toHaveLength(5)
      for (const { name, dependencies } of components) expect([name, dependencies]).toEqual([name, [urn]])
    },
  )

  it('give people of the identity pool one role, whatever their token says', () => {
    const [attached] = all(inject('everything'), 'aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment')
    expect(Object.keys(attached?.inputs ?? {}).sort()).toEqual(['identityPoolId', 'roles'])
  })
})
