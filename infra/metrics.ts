import { log } from './graphql'

/** Namespace of our own metrics. */
export const namespace = `${$app.name}/${$app.stage}`

interface Counted {
  /** Members of a log line with their required values. */
  readonly where: Readonly<Record<string, string>>
  /** Members of the log line that become dimensions: three at most (CloudWatch Logs, "Publishing dimensions"). */
  readonly by?: readonly string[]
  /** Member of the log line with the number that is added; 1 without it. */
  readonly count?: string
}

/** Metric → log lines that it counts. A test makes the function write each of them. */
const counted: Readonly<Record<string, Counted>> = {
  Refusals: { where: { event: 'refused' }, by: ['code'] },
  // Each value is a name of the schema or of the rules: a test holds how many combinations there are.
  DecisionsRefused: { where: { event: 'decisions_refused' }, by: ['type', 'code', 'rule'], count: 'count' },
  KeySetFetches: { where: { event: 'identity.keys_fetched' }, by: ['issuer'] },
  // The gateway's verdict is missing, or contradicts the endpoint's own.
  LocksDiffer: { where: { event: 'locks_differ' } },
  // For every issuer: each of these tokens may make an instance fetch the issuer's keys again.
  UnknownKeys: { where: { event: 'refused', reason: 'key_unknown' } },
}

function patternOf(where: Counted['where']): string {
  const conditions = Object.entries(where).map(([member, value]) => `($.${member} = "${value}")`)
  return `{ ${conditions.join(' && ')} }`
}

for (const [name, { where, by = [], count }] of Object.entries(counted)) {
  new aws.cloudwatch.LogMetricFilter(`${name}Metric`, {
    name,
    logGroupName: log.name,
    pattern: patternOf(where),
    metricTransformation: {
      namespace,
      name,
      value: count === undefined ? '1' : `$.${count}`,
      unit: 'Count',
      ...(by.length > 0 && { dimensions: Object.fromEntries(by.map((member) => [member, `$.${member}`])) }),
    },
  })
}
