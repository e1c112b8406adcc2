import { authorizer } from './authorizer'
import { exporter } from './exporter'
import { gateway } from './gateway'
import { graphql } from './graphql'
import { issuer } from './issuer'
import { issuerGateway } from './issuer-gateway'
import { namespace } from './metrics'
import { notesTable } from './notes-table'
import { sessions } from './session'
import { ratesTable } from './table-rates'

type Metric = readonly unknown[]

const perFive = { period: 300, stat: 'Sum' }

/** One graph, 12 columns wide; two in a row. */
function graph(title: string, metrics: readonly Metric[], look: object, index: number) {
  return {
    type: 'metric',
    x: (index % 2) * 12,
    y: Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: { title, metrics, region, view: 'timeSeries', ...perFive, ...look },
  }
}

const { region } = aws.getRegionOutput()

/**
 * The series of a metric, one for each combination of values of its dimensions. Names with characters that are neither
 * letters nor digits, such as those of previews, must be in double quotes (CloudWatch, "Search expression syntax").
 */
function seriesOf(metric: string, by: readonly string[]): string {
  const schema = [namespace, ...by].map((name) => `"${name}"`).join(',')
  return `SEARCH('{${schema}} MetricName="${metric}"', 'Sum', 300)`
}

/** One line for each value of a dimension. */
function split(metric: string, by: string): Metric {
  return [{ expression: seriesOf(metric, [by]), id: 'by' }]
}

/** Lines that a graph can show apart. */
const linesMax = 20

/** One line for each of the largest combinations of values (CloudWatch, "Using metric math": SORT, SLICE). */
function largest(metric: string, ...by: readonly string[]): Metric {
  return [{ expression: `SLICE(SORT(${seriesOf(metric, by)}, SUM, DESC), 0, ${linesMax})`, id: 'by' }]
}

function fn(name: string, of = graphql): Metric {
  return ['AWS/Lambda', name, 'FunctionName', of.name]
}
/** A metric of each function of browser sessions. */
function session(name: string): readonly Metric[] {
  const functions = sessions ? [sessions.session.fn, sessions.entry.fn, sessions.inform.fn] : []
  return functions.map((each) => fn(name, each))
}
function api(name: string, of = gateway): Metric {
  return ['AWS/ApiGateway', name, 'ApiId', of.nodes.api.id]
}
function db(name: string): Metric {
  return ['AWS/DynamoDB', name, 'TableName', notesTable.name]
}

function ofRates(name: string): Metric {
  return ['AWS/DynamoDB', name, 'TableName', ratesTable.name]
}

/**
 * Average time of the table's answers, one line for each operation. DynamoDB measures it, so no request waits for it.
 */
function latencyByOperation(): Metric {
  const dimensions = '{"AWS/DynamoDB","Operation","TableName"}'
  const search = $interpolate`${dimensions} "TableName"="${notesTable.name}" MetricName="SuccessfulRequestLatency"`
  return [{ expression: $interpolate`SEARCH('${search}', 'Average', 300)`, id: 'by' }]
}

type Graph = readonly [title: string, metrics: readonly Metric[], look?: object]

const sessionGraphs: readonly Graph[] = [
  [
    'Sessions: crashes, throttles, and tokens that do not open',
    [...session('Errors'), ...session('Throttles'), [namespace, 'SealsBroken']],
  ],
  ['Sessions: time of the slowest in a hundred (ms)', session('Duration'), { stat: 'p99' }],
]

const graphs: readonly Graph[] = [
  ['Requests, and responses with an error status', [api('Count'), api('5xx'), api('4xx')]],
  ['Crashes and throttles', [fn('Errors'), fn('Throttles')]],
  ['Time of the slowest in a hundred (ms)', [fn('Duration'), api('Latency')], { stat: 'p99' }],
  ['Time of the table by operation (ms)', [latencyByOperation()], { stat: 'Average' }],
  ['Instances at once', [fn('ConcurrentExecutions')], { stat: 'Maximum' }],
  ['Refusals by code', [split('Refusals', 'code')]],
  ['Refusals by rule', [largest('DecisionsRefused', 'type', 'code', 'rule')]],
  [
    'Key sets fetched by issuer, and tokens with unknown keys',
    [split('KeySetFetches', 'issuer'), [namespace, 'UnknownKeys']],
  ],
  [
    'Authorizer: crashes, throttles, and verdicts that differ',
    [fn('Errors', authorizer), fn('Throttles', authorizer), [namespace, 'LocksDiffer']],
  ],
  ['Policies of groups: reads that failed or found a broken one', [[namespace, 'GroupPolicyFailures']]],
  [
    'Limits used up by kind of caller, and requests whose limit or key could not be read',
    [largest('LimitsUsedUp', 'subject', 'limit'), [namespace, 'LimitStoreFailures'], [namespace, 'KeyStoreFailures']],
  ],
  ['Table of buckets: writes, and throttles', [ofRates('ConsumedWriteCapacityUnits'), ofRates('WriteThrottleEvents')]],
  ['Authorizer: time of the slowest in a hundred (ms)', [fn('Duration', authorizer)], { stat: 'p99' }],
  [
    'Issuer: crashes, throttles, failures and 5xx',
    [fn('Errors', issuer), fn('Throttles', issuer), [namespace, 'IssuerFailures'], api('5xx', issuerGateway)],
  ],
  ['Issuer: time of the slowest in a hundred (ms)', [fn('Duration', issuer)], { stat: 'p99' }],
  ['Issuer: refusals by code', [split('TokenRefusals', 'code')]],
  [
    'Exporter: crashes, throttles, and exports that were interrupted',
    [fn('Errors', exporter), fn('Throttles', exporter), [namespace, 'ExportsInterrupted']],
  ],
  ['Capacity consumed', [db('ConsumedReadCapacityUnits'), db('ConsumedWriteCapacityUnits')]],
  ['Table throttles', [db('ReadThrottleEvents'), db('WriteThrottleEvents')]],
  ...(sessions ? sessionGraphs : []),
]

/** The dashboard to open first during an incident. */
export const dashboard = new aws.cloudwatch.Dashboard('Dashboard', {
  dashboardName: `${$app.name}-${$app.stage}`,
  dashboardBody: $jsonStringify({
    widgets: graphs.map(([title, metrics, look = {}], index) => graph(title, metrics, look, index)),
  }),
})
