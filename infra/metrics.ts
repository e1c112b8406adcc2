import { log } from './graphql'

/** Where our own metrics live. */
export const namespace = `${$app.name}/${$app.stage}`

interface Counted {
  /** Members of a log line, and what they must be. */
  readonly where: Readonly<Record<string, string>>
  /** Member of the line that splits the count. */
  readonly by?: string
}

/** Log lines that are counted: metric → lines. A test drives the function and finds each of them. */
const counted: Readonly<Record<string, Counted>> = {
  Refusals: { where: { event: 'refused' }, by: 'code' },
  KeySetFetches: { where: { event: 'identity.keys_fetched' }, by: 'issuer' },
  // Whichever issuer the token names: each such token may make an instance fetch that issuer's keys again.
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
