import { log } from './graphql'

/** Where our own metrics live. */
export const namespace = `${$app.name}/${$app.stage}`

interface Counted {
  /** `event` of the log line. */
  readonly event: string
  /** Member of the line that splits the count. */
  readonly by: string
}

/** Log lines that are counted: metric → lines. A test drives the function and finds each of them. */
const counted: Readonly<Record<string, Counted>> = {
  Refusals: { event: 'refused', by: 'code' },
  KeySetFetches: { event: 'identity.keys_fetched', by: 'issuer' },
}

for (const [name, { event, by }] of Object.entries(counted)) {
  new aws.cloudwatch.LogMetricFilter(`${name}Metric`, {
    name,
    logGroupName: log.name,
    pattern: `{ $.event = "${event}" }`,
    metricTransformation: { namespace, name, value: '1', unit: 'Count', dimensions: { [by]: `$.${by}` } },
  })
}
