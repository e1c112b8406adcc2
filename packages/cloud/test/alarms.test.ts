import { describe, expect, inject, it } from 'vitest'
import { all, one } from './looking.ts'

const graph = inject('production')
const alarms = all(graph, 'aws:cloudwatch/metricAlarm:MetricAlarm').map(({ inputs }) => inputs)
const topic = 'arn:aws:sns:eu-west-1:123456789012:Alarms'

const expected: Readonly<Record<string, readonly [namespace: string, metric: string, threshold: number]>> = {
  Errors: ['AWS/Lambda', 'Errors', 1],
  KeyFlood: ['fieldnotes/production', 'KeySetFetches', 300],
  ReadThrottles: ['AWS/DynamoDB', 'ReadThrottleEvents', 1],
  ServerErrors: ['AWS/ApiGateway', '5xx', 5],
  Slow: ['AWS/Lambda', 'Duration', 2000],
  Throttles: ['AWS/Lambda', 'Throttles', 1],
  TokensRefused: ['fieldnotes/production', 'Refusals', 1000],
  Unavailable: ['fieldnotes/production', 'Refusals', 5],
  WriteThrottles: ['AWS/DynamoDB', 'WriteThrottleEvents', 1],
}

describe('alarms', () => {
  it('watch these, each on what we deployed', () => {
    const found = alarms.map(({ name, namespace, metricName, threshold }) => [
      String(name).replace('fieldnotes-production-', ''),
      [namespace, metricName, threshold],
    ])
    expect(Object.fromEntries(found)).toEqual(expected)
    for (const { dimensions } of alarms) expect(Object.values(dimensions as object).every(Boolean)).toBe(true)
  })

  it('tell somebody when they fire and when it is over, and are quiet without requests', () => {
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({ alarmActions: [topic], okActions: [topic], treatMissingData: 'notBreaching' })
    }
    expect(all(graph, 'aws:sns/topicSubscription:TopicSubscription')).toEqual([])
    expect(one(inject('everything'), 'aws:sns/topicSubscription:TopicSubscription').inputs).toMatchObject({
      endpoint: 'operator@example.com',
      topic,
    })
  })

  it('are about metrics that exist: ours are counted from the log', () => {
    const filters = all(graph, 'aws:cloudwatch/logMetricFilter:LogMetricFilter').map(({ inputs }) => inputs)
    expect(filters).toMatchObject([
      {
        pattern: '{ $.event = "refused" }',
        logGroupName: '/fieldnotes/production/graphql',
        metricTransformation: { name: 'Refusals', dimensions: { code: '$.code' } },
      },
      {
        pattern: '{ $.event = "identity.keys_fetched" }',
        logGroupName: '/fieldnotes/production/graphql',
        metricTransformation: { name: 'KeySetFetches', dimensions: { issuer: '$.issuer' } },
      },
    ])
  })
})

describe('dashboard', () => {
  it('shows what the alarms are about', () => {
    const body = String(one(graph, 'aws:cloudwatch/dashboard:Dashboard').inputs.dashboardBody)
    const { widgets } = JSON.parse(body)
    expect(widgets).toHaveLength(8)
    for (const [, metric] of Object.values(expected)) expect(body).toContain(metric)
  })
})
