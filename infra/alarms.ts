import { authorizer } from './authorizer'
import { stage } from './current-stage'
import { exporter } from './exporter'
import { gateway } from './gateway'
import { graphql } from './graphql'
import { issuer } from './issuer'
import { issuerGateway } from './issuer-gateway'
import { namespace } from './metrics'
import { notesTable } from './notes-table'
import { preToken } from './pre-token'
import { sessionAlarms } from './session-alarms'
import { ratesTable } from './table-rates'

/**
 * Topic of the alarms. Not encrypted: CloudWatch can't use the AWS managed key, and a message contains an alarm's name,
 * never a person's.
 */
export const topic = new aws.sns.Topic('Alarms', { name: `${$app.name}-${$app.stage}-alarms` })

if (stage.alarmEmail) {
  new aws.sns.TopicSubscription('AlarmEmail', { topic: topic.arn, protocol: 'email', endpoint: stage.alarmEmail })
}

const ofFunction = { FunctionName: graphql.name }
const ofAuthorizer = { FunctionName: authorizer.name }
const ofExporter = { FunctionName: exporter.name }
const ofIssuer = { FunctionName: issuer.name }
const ofApi = { ApiId: gateway.nodes.api.id }
const ofTable = { TableName: notesTable.name }
const ofRates = { TableName: ratesTable.name }

/** What an alarm looks at, and when it fires. */
export interface Alarm {
  readonly metric: readonly [namespace: string, name: string]
  readonly dimensions: Readonly<Record<string, $util.Input<string>>>
  /** Statistic to use instead of the sum over a period. */
  readonly percentile?: string
  /** The alarm fires at this value, in this number of consecutive periods of five minutes. */
  readonly atLeast: number
  readonly periods: number
  readonly meaning: string
}

const once = { atLeast: 1, periods: 1 }

/**
 * CloudWatch evaluates a percentile only with enough requests: 1,000 in a period for p99. With fewer, the slowest one
 * decides, which is a cold start (CloudWatch, "Percentile-based alarms and low data samples").
 */
const enough = { evaluateLowSampleCountPercentiles: 'ignore' }

/** Alarms that notify an operator. `docs/operate.md` describes the response to each. */
const alarms: Readonly<Record<string, Alarm>> = {
  Errors: {
    metric: ['AWS/Lambda', 'Errors'],
    dimensions: ofFunction,
    ...once,
    meaning: 'The function crashed or ran out of time.',
  },
  LocksDiffer: {
    metric: [namespace, 'LocksDiffer'],
    dimensions: {},
    ...once,
    meaning: 'A request came without the verdict of the authorizer, or with one that contradicts the endpoint.',
  },
  GateErrors: {
    metric: ['AWS/Lambda', 'Errors'],
    dimensions: ofAuthorizer,
    ...once,
    meaning: 'The authorizer crashed or ran out of time: the gateway answered 500.',
  },
  GateThrottles: {
    metric: ['AWS/Lambda', 'Throttles'],
    dimensions: ofAuthorizer,
    ...once,
    meaning: 'More requests at once than the authorizer may have instances: the gateway answered 500.',
  },
  SignIn: {
    metric: ['AWS/Lambda', 'Errors'],
    dimensions: { FunctionName: preToken.name },
    ...once,
    meaning: 'A sign-in failed: the pre-token function crashed or timed out.',
  },
  SignInThrottles: {
    metric: ['AWS/Lambda', 'Throttles'],
    dimensions: { FunctionName: preToken.name },
    ...once,
    meaning: 'A sign-in failed: the pre-token function had no instance. It has no reserve of its own.',
  },
  Throttles: {
    metric: ['AWS/Lambda', 'Throttles'],
    dimensions: ofFunction,
    ...once,
    meaning: 'More requests at once than the function may have instances.',
  },
  Slow: {
    metric: ['AWS/Lambda', 'Duration'],
    dimensions: ofFunction,
    percentile: 'p99',
    atLeast: 2000,
    periods: 3,
    meaning: 'One request in a hundred takes over 2 seconds.',
  },
  ServerErrors: {
    metric: ['AWS/ApiGateway', '5xx'],
    dimensions: ofApi,
    atLeast: 5,
    periods: 1,
    meaning: 'The API answers 5xx.',
  },
  IssuerErrors: {
    metric: ['AWS/Lambda', 'Errors'],
    dimensions: ofIssuer,
    ...once,
    meaning: 'The issuer crashed or ran out of time: no token was given.',
  },
  IssuerThrottles: {
    metric: ['AWS/Lambda', 'Throttles'],
    dimensions: ofIssuer,
    ...once,
    meaning: 'The issuer had no instance. It has no reserve of its own.',
  },
  IssuerServerErrors: {
    metric: ['AWS/ApiGateway', '5xx'],
    dimensions: { ApiId: issuerGateway.nodes.api.id },
    atLeast: 5,
    periods: 1,
    meaning: 'The issuer answers 5xx.',
  },
  IssuerFailures: {
    metric: [namespace, 'IssuerFailures'],
    dimensions: {},
    ...once,
    meaning: 'A request to the issuer failed: a bug, or KMS, the table or keys are out of reach.',
  },
  ClientsRefused: {
    metric: [namespace, 'TokenRefusals'],
    dimensions: { code: 'invalid_client' },
    atLeast: 100,
    periods: 1,
    meaning: 'Many wrong credentials of clients: a client has an old secret, or someone guesses.',
  },
  ExporterErrors: {
    metric: ['AWS/Lambda', 'Errors'],
    dimensions: ofExporter,
    ...once,
    meaning: 'The exporter crashed or ran out of time. An export goes on with the next request.',
  },
  ExporterThrottles: {
    metric: ['AWS/Lambda', 'Throttles'],
    dimensions: ofExporter,
    ...once,
    meaning: 'The exporter had no instance. It has no reserve of its own.',
  },
  ExportsInterrupted: {
    metric: [namespace, 'ExportsInterrupted'],
    dimensions: {},
    ...once,
    meaning: 'Work on an export ended with an error: the bucket, the table or the endpoint is out of reach, or a bug.',
  },
  TokensRefused: {
    metric: [namespace, 'Refusals'],
    dimensions: { code: 'UNAUTHENTICATED' },
    atLeast: 1000,
    periods: 1,
    meaning: 'Many invalid tokens, or an issuer changed.',
  },
  Unavailable: {
    metric: [namespace, 'Refusals'],
    dimensions: { code: 'UNAVAILABLE' },
    atLeast: 5,
    periods: 1,
    meaning: 'Keys or the table are out of reach.',
  },
  GroupPolicies: {
    metric: [namespace, 'GroupPolicyFailures'],
    dimensions: {},
    atLeast: 5,
    periods: 1,
    meaning: 'The policies of groups are out of reach, or one of them is broken: people of groups are refused.',
  },
  Bugs: {
    metric: [namespace, 'Refusals'],
    dimensions: { code: 'INTERNAL' },
    ...once,
    meaning: 'A response contained INTERNAL.',
  },
  KeyFlood: {
    metric: [namespace, 'UnknownKeys'],
    dimensions: {},
    // One instance refetches keys for an unknown key id at most every 10 s: 30 times in five minutes, from the pool,
    // from Firebase, from the stage's own issuer and from each issuer of FIELDNOTES_ISSUERS.
    atLeast: 30 * (3 + stage.issuers.length),
    periods: 1,
    meaning: 'Tokens with unknown keys make the function fetch key sets.',
  },
  LimitStore: {
    metric: [namespace, 'LimitStoreFailures'],
    dimensions: {},
    atLeast: 5,
    periods: 1,
    meaning: 'The table of buckets is out of reach: applications and apps of third parties get 503.',
  },
  KeyStore: {
    metric: [namespace, 'KeyStoreFailures'],
    dimensions: {},
    atLeast: 5,
    periods: 1,
    meaning: 'API keys can not be read: requests with one get 503.',
  },
  LimitThrottles: {
    metric: ['AWS/DynamoDB', 'WriteThrottleEvents'],
    dimensions: ofRates,
    ...once,
    meaning: 'The table of buckets refuses writes: one application sends over 1,000 requests a second, or all do.',
  },
  ReadThrottles: {
    metric: ['AWS/DynamoDB', 'ReadThrottleEvents'],
    dimensions: ofTable,
    ...once,
    meaning: 'The table refuses reads.',
  },
  WriteThrottles: {
    metric: ['AWS/DynamoDB', 'WriteThrottleEvents'],
    dimensions: ofTable,
    ...once,
    meaning: 'The table refuses writes.',
  },
  ...sessionAlarms,
}

for (const [name, { metric, dimensions, percentile, atLeast, periods, meaning }] of Object.entries(alarms)) {
  new aws.cloudwatch.MetricAlarm(`${name}Alarm`, {
    name: `${$app.name}-${$app.stage}-${name}`,
    alarmDescription: meaning,
    namespace: metric[0],
    metricName: metric[1],
    dimensions: { ...dimensions },
    ...(percentile ? { extendedStatistic: percentile, ...enough } : { statistic: 'Sum' }),
    period: 300,
    evaluationPeriods: periods,
    threshold: atLeast,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    // A period without requests is not an error.
    treatMissingData: 'notBreaching',
    alarmActions: [topic.arn],
    okActions: [topic.arn],
  })
}
