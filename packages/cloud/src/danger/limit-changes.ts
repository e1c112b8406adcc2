/** Dangerous changes of API keys and limits. */
import { type Danger, danger } from './danger-row.ts'

/** Each must fail the test that it names. */
export const limitDangers: readonly Danger[] = [
  danger('limits in the table of sessions', 'function', 'links', [
    'ratesTableName: ratesTable.name',
    'ratesTableName: accessTable.name',
  ]),
  danger('a stage that demands API keys and is deployed without', 'function', 'links', [
    'apiKeys: stage.apiKeys',
    "apiKeys: 'optional'",
  ]),
  danger('API keys that are demanded by mistake', 'settings', 'stage-settings', ["?? 'optional'", "?? 'demanded'"]),
  danger('a demand of API keys that is misspelt and ignored', 'settings', 'stage-settings', [
    '/^(optional|demanded)$/',
    '/./',
  ]),
  danger('buckets of every function', 'function', 'table-permissions', [
    'rates: ratesTable.arn',
    'rates: accessTable.arn',
  ]),
  danger('an endpoint that can not find the application of a client', 'function', 'table-permissions', [
    'rights[name].map(',
    "rights[name].filter(({ partitions: [first] }) => first !== 'APPLICATIONOF#*').map(",
  ]),
  danger('limits that are not counted, and that no alarm sees', 'alarms', 'metrics', [
    "event: 'limits.failed'",
    "event: 'limits'",
  ]),
  danger('API keys that are not read, and that no alarm sees', 'alarms', 'metrics', [
    "event: 'api_keys.failed'",
    "event: 'api_keys'",
  ]),
  danger('callers above their limit whom no graph shows', 'alarms', 'metrics', [
    "event: 'limits.used_up'",
    "event: 'limits'",
  ]),
  danger('an alarm on throttles of the wrong table', 'alarms', 'alarms', [
    'TableName: ratesTable.name',
    'TableName: notesTable.name',
  ]),
  ...['LimitStore', 'KeyStore', 'LimitThrottles'].map((name) =>
    danger(`no alarm ${name}`, 'alarms', 'alarms', [new RegExp(`  ${name}: \\{[^]*?\\n  \\},\\n`), '']),
  ),
]
