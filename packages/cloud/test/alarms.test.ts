import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { all, one } from './find-resources.ts'

const graph = inject('production')
const alarms = all(graph, 'aws:cloudwatch/metricAlarm:MetricAlarm').map(({ inputs }) => inputs)
const topic = 'arn:aws:sns:eu-west-1:123456789012:fieldnotes-production-alarms'

const [FunctionName, Authorizer, Session, Entry, Inform, Issuer, Exporter] = [
  'Graphql',
  'Authorizer',
  'Session',
  'Entry',
  'Inform',
  'Issuer',
  'Exporter',
].map((name) => one(graph, 'aws:lambda/function:Function', `${name}Function`).inputs.name)
const [ApiId, IssuerApi] = ['ApiApi', 'IssuerApiApi'].map((name) => one(graph, 'aws:apigatewayv2/api:Api', name).id)
const TableName = one(graph, 'aws:dynamodb/table:Table', 'TableTable').inputs.name
const ofRates = { TableName: one(graph, 'aws:dynamodb/table:Table', 'RatesTable').inputs.name }

type Inputs = Readonly<Record<string, unknown>>

interface Watched {
  readonly metric: readonly [namespace: string, name: string]
  readonly on: Readonly<Record<string, unknown>>
  readonly atLeast: number
  readonly periods?: number
  readonly percentile?: string
}

function ours(name: string) {
  return ['fieldnotes/production', name] as const
}

const expected: Readonly<Record<string, Watched>> = {
  Bugs: { metric: ours('Refusals'), on: { code: 'INTERNAL' }, atLeast: 1 },
  ClientsRefused: { metric: ours('TokenRefusals'), on: { code: 'invalid_client' }, atLeast: 100 },
  EntryErrors: { metric: ['AWS/Lambda', 'Errors'], on: { FunctionName: Entry }, atLeast: 1 },
  EntryThrottles: { metric: ['AWS/Lambda', 'Throttles'], on: { FunctionName: Entry }, atLeast: 1 },
  Errors: { metric: ['AWS/Lambda', 'Errors'], on: { FunctionName }, atLeast: 1 },
  ExporterErrors: { metric: ['AWS/Lambda', 'Errors'], on: { FunctionName: Exporter }, atLeast: 1 },
  ExporterThrottles: { metric: ['AWS/Lambda', 'Throttles'], on: { FunctionName: Exporter }, atLeast: 1 },
  ExportsInterrupted: { metric: ours('ExportsInterrupted'), on: {}, atLeast: 1 },
  GateErrors: { metric: ['AWS/Lambda', 'Errors'], on: { FunctionName: Authorizer }, atLeast: 1 },
  GateThrottles: { metric: ['AWS/Lambda', 'Throttles'], on: { FunctionName: Authorizer }, atLeast: 1 },
  GroupPolicies: { metric: ours('GroupPolicyFailures'), on: {}, atLeast: 5 },
  InformErrors: { metric: ['AWS/Lambda', 'Errors'], on: { FunctionName: Inform }, atLeast: 3 },
  IssuerErrors: { metric: ['AWS/Lambda', 'Errors'], on: { FunctionName: Issuer }, atLeast: 1 },
  IssuerFailures: { metric: ours('IssuerFailures'), on: {}, atLeast: 1 },
  IssuerServerErrors: { metric: ['AWS/ApiGateway', '5xx'], on: { ApiId: IssuerApi }, atLeast: 5 },
  IssuerThrottles: { metric: ['AWS/Lambda', 'Throttles'], on: { FunctionName: Issuer }, atLeast: 1 },
  KeyFlood: { metric: ours('UnknownKeys'), on: {}, atLeast: 90 },
  KeyStore: { metric: ours('KeyStoreFailures'), on: {}, atLeast: 5 },
  LimitStore: { metric: ours('LimitStoreFailures'), on: {}, atLeast: 5 },
  LimitThrottles: { metric: ['AWS/DynamoDB', 'WriteThrottleEvents'], on: ofRates, atLeast: 1 },
  LocksDiffer: { metric: ours('LocksDiffer'), on: {}, atLeast: 1 },
  ReadThrottles: { metric: ['AWS/DynamoDB', 'ReadThrottleEvents'], on: { TableName }, atLeast: 1 },
  SealsBroken: { metric: ours('SealsBroken'), on: {}, atLeast: 1 },
  ServerErrors: { metric: ['AWS/ApiGateway', '5xx'], on: { ApiId }, atLeast: 5 },
  SessionErrors: { metric: ['AWS/Lambda', 'Errors'], on: { FunctionName: Session }, atLeast: 1 },
  SessionThrottles: { metric: ['AWS/Lambda', 'Throttles'], on: { FunctionName: Session }, atLeast: 1 },
  SignIn: { metric: ['AWS/Lambda', 'Errors'], on: { FunctionName: 'fieldnotes-production-pre-token' }, atLeast: 1 },
  SignInThrottles: {
    metric: ['AWS/Lambda', 'Throttles'],
    on: { FunctionName: 'fieldnotes-production-pre-token' },
    atLeast: 1,
  },
  Slow: { metric: ['AWS/Lambda', 'Duration'], on: { FunctionName }, atLeast: 2000, periods: 3, percentile: 'p99' },
  Throttles: { metric: ['AWS/Lambda', 'Throttles'], on: { FunctionName }, atLeast: 1 },
  TokensRefused: { metric: ours('Refusals'), on: { code: 'UNAUTHENTICATED' }, atLeast: 1000 },
  Unavailable: { metric: ours('Refusals'), on: { code: 'UNAVAILABLE' }, atLeast: 5 },
  WriteThrottles: { metric: ['AWS/DynamoDB', 'WriteThrottleEvents'], on: { TableName }, atLeast: 1 },
}

/** Every input of an alarm; an input that is not listed here fails a test. */
function inputsOf(name: string, { metric, on, atLeast, periods = 1, percentile }: Watched) {
  return {
    name: `fieldnotes-production-${name}`,
    alarmDescription: expect.any(String),
    namespace: metric[0],
    metricName: metric[1],
    dimensions: on,
    ...(percentile
      ? { extendedStatistic: percentile, evaluateLowSampleCountPercentiles: 'ignore' }
      : { statistic: 'Sum' }),
    period: 300,
    evaluationPeriods: periods,
    threshold: atLeast,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
    alarmActions: [topic],
    okActions: [topic],
  }
}

describe('alarms', () => {
  it('are these and no other', () => {
    const names = alarms.map(({ name }) => String(name).replace('fieldnotes-production-', ''))
    expect(names.sort()).toEqual(Object.keys(expected))
  })

  it.each(Object.entries(expected))('%s looks at what we deployed, as often and as far as it says', (name, watched) => {
    expect(one(graph, 'aws:cloudwatch/metricAlarm:MetricAlarm', `${name}Alarm`).inputs).toEqual(inputsOf(name, watched))
  })

  it('leave room for the key fetches of each issuer that the settings add, before KeyFlood fires', () => {
    const { threshold } = one(inject('everything'), 'aws:cloudwatch/metricAlarm:MetricAlarm', 'KeyFloodAlarm').inputs
    expect(threshold).toBe(150)
  })

  it('notify the address that the deployment names', () => {
    expect(all(graph, 'aws:sns/topicSubscription:TopicSubscription')).toEqual([])
    expect(one(inject('everything'), 'aws:sns/topicSubscription:TopicSubscription').inputs).toEqual({
      protocol: 'email',
      endpoint: 'operator@example.com',
      topic,
    })
  })

  it('are about metrics that exist: ours are counted from the log', () => {
    const filters = all(graph, 'aws:cloudwatch/logMetricFilter:LogMetricFilter').map(({ inputs }) => inputs)
    const counts = (name: string, pattern: string, dimensions?: object, { value = '1', of = 'graphql' } = {}) => ({
      name,
      pattern,
      logGroupName: `/fieldnotes/production/${of}`,
      metricTransformation: {
        namespace: 'fieldnotes/production',
        name,
        value,
        unit: 'Count',
        ...(dimensions && { dimensions }),
      },
    })
    const decided = { type: '$.type', code: '$.code', rule: '$.rule' }
    const keys = ['KeySetFetches', '{ ($.event = "identity.keys_fetched") }', { issuer: '$.issuer' }] as const
    const refusals = ['Refusals', '{ ($.event = "refused") }', { code: '$.code' }] as const
    const unknown = ['UnknownKeys', '{ ($.event = "refused") && ($.reason = "key_unknown") }', undefined] as const
    const byName = (a: Inputs, b: Inputs) => `${a.name} ${b.logGroupName}`.localeCompare(`${b.name} ${a.logGroupName}`)
    const decisions = ['DecisionsRefused', '{ ($.event = "decisions_refused") }', decided] as const
    const differ = ['LocksDiffer', '{ ($.event = "locks_differ") }', undefined] as const
    const broken = ['SealsBroken', '{ ($.event = "session.seal_broken") }', undefined] as const
    const policies = ['GroupPolicyFailures', '{ ($.event = "identity.group_policies_failed") }', undefined] as const
    const failures = ['IssuerFailures', '{ ($.event = "issuer.failed") }', undefined] as const
    const tokens = ['TokenRefusals', '{ ($.event = "issuer.refused") }', { code: '$.code' }] as const
    const limits = [
      ['KeyStoreFailures', '{ ($.event = "api_keys.failed") }', undefined],
      ['LimitStoreFailures', '{ ($.event = "limits.failed") }', undefined],
      ['LimitsUsedUp', '{ ($.event = "limits.used_up") }', { subject: '$.subject', limit: '$.limit' }],
    ] as const
    const everywhere = ['graphql', 'authorizer', 'entry', 'session']
    const wanted = [
      ...['graphql', 'entry'].map((of) => counts(...decisions, { of, value: '$.count' })),
      ...['graphql', 'entry'].map((of) => counts(...differ, { of })),
      ...['graphql', 'entry'].flatMap((of) => limits.map(([name, pattern, by]) => counts(name, pattern, by, { of }))),
      ...['graphql', 'entry', 'issuer'].map((of) => counts(...policies, { of })),
      ...everywhere.flatMap((of) => [counts(...keys, { of }), counts(...refusals, { of }), counts(...unknown, { of })]),
      counts('ExportsInterrupted', '{ ($.event = "export.interrupted") }', undefined, { of: 'exporter' }),
      ...[counts(...failures, { of: 'issuer' }), counts(...tokens, { of: 'issuer' })],
      ...['entry', 'inform', 'session'].map((of) => counts(...broken, { of })),
    ]
    expect(filters.sort(byName)).toEqual(wanted.sort(byName))
  })
})

describe('the budget', () => {
  const type = 'aws:budgets/budget:Budget'

  it('exists only where a setting says how much', () => {
    for (const stage of ['production', 'preview', 'personal'] as const) expect(all(inject(stage), type)).toEqual([])
  })

  it('covers the whole account, and sends a mail before the month has cost the amount', () => {
    const mail = { comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE' }
    const to = { subscriberEmailAddresses: ['operator@example.com'] }
    expect(one(inject('everything'), type).inputs).toEqual({
      name: 'fieldnotes-production',
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      limitAmount: '250',
      limitUnit: 'USD',
      notifications: [
        { ...mail, ...to, notificationType: 'ACTUAL', threshold: 80 },
        { ...mail, ...to, notificationType: 'FORECASTED', threshold: 100 },
      ],
    })
  })
})

describe('the runbook', () => {
  const runbook = readFileSync(join(import.meta.dirname, '../../../docs/operate.md'), 'utf8')
  const { dashboardBody } = one(graph, 'aws:cloudwatch/dashboard:Dashboard').inputs
  const titles = JSON.parse(String(dashboardBody)).widgets.map(({ properties }: Widget) => properties.title)

  it('says for each alarm what to do', () => {
    const first = runbook.matchAll(/^\| ([A-Z]\w+(?:, [A-Z]\w+)*) +\|/gm)
    const rows = [...first].flatMap(([, names = '']) => names.split(', '))
    expect(rows.sort()).toEqual(Object.keys(expected))
  })

  it('names graphs by their titles, and no tool that is not deployed', () => {
    const named = [...runbook.matchAll(/graph _([^_]+)_/g)].map(([, title]) => title)
    expect(named.length).toBeGreaterThan(2)
    for (const title of named) expect(titles).toContain(title)
    expect(runbook).toContain(`its ${titles.length} graphs`)
    expect(runbook).not.toMatch(/x-ray|trace/i)
  })
})

interface Search {
  readonly expression?: string
}

interface Widget {
  readonly properties: { readonly title: string; readonly metrics: readonly (readonly Search[])[] }
}

describe('dashboard', () => {
  it('shows what the alarms are about', () => {
    const body = String(one(graph, 'aws:cloudwatch/dashboard:Dashboard').inputs.dashboardBody)
    const { widgets } = JSON.parse(body)
    expect(widgets).toHaveLength(21)
    for (const { metric } of Object.values(expected)) expect(body).toContain(metric[1])
  })

  it('finds metrics of a stage with a hyphen in its name: names in a search are in double quotes', () => {
    const body = String(one(inject('preview'), 'aws:cloudwatch/dashboard:Dashboard').inputs.dashboardBody)
    const searches = JSON.parse(body).widgets.flatMap(({ properties }: Widget) => properties.metrics.flat())
    expect(searches.flatMap(({ expression }: Search) => expression ?? [])).toEqual([
      expect.stringMatching(
        /^SEARCH\('\{"AWS\/DynamoDB","Operation","TableName"\} "TableName"="fieldnotes-pr-7-TableTable-\w+" MetricName="SuccessfulRequestLatency"', 'Average', 300\)$/,
      ),
      `SEARCH('{"fieldnotes/pr-7","code"} MetricName="Refusals"', 'Sum', 300)`,
      `SLICE(SORT(SEARCH('{"fieldnotes/pr-7","type","code","rule"} MetricName="DecisionsRefused"', 'Sum', 300), SUM, DESC), 0, 20)`,
      `SEARCH('{"fieldnotes/pr-7","issuer"} MetricName="KeySetFetches"', 'Sum', 300)`,
      `SLICE(SORT(SEARCH('{"fieldnotes/pr-7","subject","limit"} MetricName="LimitsUsedUp"', 'Sum', 300), SUM, DESC), 0, 20)`,
      `SEARCH('{"fieldnotes/pr-7","code"} MetricName="TokenRefusals"', 'Sum', 300)`,
    ])
  })
})
