import { type Alarm, once } from './alarm'
import { authorizer } from './authorizer'
import { stage } from './current-stage'
import { exporterAlarms } from './exporter-alarms'
import { gateway } from './gateway'
import { graphql } from './graphql'
import { issuerAlarms } from './issuer-alarms'
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
const ofApi = { ApiId: gateway.nodes.api.id }
const ofTable = { TableName: notesTable.name }
const ofRates = { TableName: ratesTable.name }

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
  ...issuerAlarms,
  ...exporterAlarms,
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
