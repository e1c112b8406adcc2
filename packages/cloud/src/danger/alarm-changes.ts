/** Dangerous changes of alarms and metrics. */
import { type Danger, danger } from './danger-row.ts'

/** Each must fail the test that it names. */
export const alarmDangers: readonly Danger[] = [
  danger('graphs of previews that stay empty', 'alarms', 'dashboard', [/"(\$\{name\})"/, '$1']),
  danger('an alarm that three cold starts fire', 'alarms', 'alarms', [
    "Percentiles: 'ignore'",
    "Percentiles: 'evaluate'",
  ]),
  danger('an alarm without a receiver', 'alarms', 'alarms', ['alarmActions: [topic.arn]', 'alarmActions: []']),
  danger('refusals that are not counted', 'alarms', 'metrics', ["event: 'refused' }, by", "event: 'denied' }, by"]),
  danger('unknown keys that are not counted', 'alarms', 'metrics', ["reason: 'key_unknown'", "reason: 'key_lost'"]),
  danger('an alarm that fires below its threshold', 'alarms', 'alarms', [
    'GreaterThanOrEqualToThreshold',
    'LessThanThreshold',
  ]),
  danger('throttled sign-ins that no one hears of', 'alarms', 'alarms', [
    / {2}SignInThrottles: \{[\s\S]*?\n {2}\},\n/,
    '',
  ]),
  danger('an alarm that waits for two hours', 'alarms', 'alarms', [
    'evaluationPeriods: periods',
    'evaluationPeriods: 24',
  ]),
  danger('an alarm that looks once a day', 'alarms', 'alarms', ['period: 300', 'period: 86_400']),
  danger('production without alarms', 'settings', 'extras', ["'FIELDNOTES_ALARMS', keep ||", "'FIELDNOTES_ALARMS',"]),
  danger('a bill for each idle stage', 'resources', 'monitoring', ['if (!stage.alarms) return {}', '']),
  danger('a budget that sends no mail', 'alarms', 'budget', ['Addresses: [receiver]', 'Addresses: []']),
  danger('a budget that counts nothing', 'alarms', 'budget', [
    "timeUnit: 'MONTHLY',",
    "timeUnit: 'MONTHLY',\n    costFilters: [{ name: 'TagKeyValue', values: ['user:stage$production'] }],",
  ]),
  danger('a budget that is missed once it is spent', 'alarms', 'budget', [
    "mailAt('ACTUAL', 80",
    "mailAt('ACTUAL', 200",
  ]),
  danger('a mail about each month that costs nothing', 'alarms', 'budget', ["'GREATER_THAN'", "'LESS_THAN'"]),
  danger('an average of errors', 'alarms', 'alarms', ["statistic: 'Sum'", "statistic: 'Average'"]),
  danger('the median in place of the slowest', 'alarms', 'alarms', ["percentile: 'p99'", "percentile: 'p50'"]),
  danger('an alarm about another function', 'alarms', 'alarms', [
    'FunctionName: graphql.name',
    "FunctionName: 'other'",
  ]),
  danger('an alarm about another table', 'alarms', 'alarms', ['TableName: notesTable.name', "TableName: 'other'"]),
  danger('an alarm about another API', 'alarms', 'alarms', ['ApiId: gateway.nodes.api.id', "ApiId: 'other'"]),
  danger('an alarm about another code', 'alarms', 'alarms', ["code: 'UNAVAILABLE'", "code: 'NOT_FOUND'"]),
  danger('an alarm that takes silence for trouble', 'alarms', 'alarms', ["'notBreaching'", "'breaching'"]),
  danger('a threshold that nothing reaches', 'alarms', 'alarms', ['threshold: atLeast', 'threshold: atLeast * 1000']),
  danger('a threshold that forgets the added issuers', 'alarms', 'alarms', ['3 + stage.issuers.length', '3']),
]
