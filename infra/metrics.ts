import { log } from './graphql'

/** Namespace of our own metrics. */
export const namespace = `${$app.name}/${$app.stage}`

interface Counted {
  /** Members of a log line with their required values. */
  readonly where: Readonly<Record<string, string>>
  /** Member of the log line that becomes a dimension. */
  readonly by?: string
}

/** Metric → log lines that it counts. A test makes the function write each of them. */
const counted: Readonly<Record<string, Counted>> = {
  Refusals: { where: { event: 'refused' }, by: 'code' },
  KeySetFetches: { where: { event: 'identity.keys_fetched' }, by: 'issuer' },
  // The gateway's verdict is missing, or contradicts the endpoint's own.
  LocksDiffer: { where: { event: 'locks_differ' } },
  // For every issuer: each of these tokens may make an instance fetch the issuer's keys again.
  UnknownKeys: { where: { event: 'refused', reason: 'key_unknown' } },
}

function patternOf(where: Counted['where']): string {
  const conditions = Object.entries(where).map(([member, value]) => `($.${member} = "${value}")`)
  return `{ ${conditions.join(' && ')} }`
}

for (const [name, { where, by }] of Object.entries(counted)) {
  new aws.cloudwatch.LogMetricFilter(`${name}Metric`, {
    name,
    logGroupName: log.name,
    pattern: patternOf(where),
    metricTransformation: {
      namespace,
      name,
      value: '1',
      unit: 'Count',
      ...(by && { dimensions: { [by]: `$.${by}` } }),
    },
  })
}
