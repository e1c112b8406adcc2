import { log as gateLog } from './authorizer'
import { log as exporterLog } from './exporter'
import { log } from './graphql'
import { log as issuerLog } from './issuer'
import { sessions } from './session'

/** Namespace of our own metrics. */
export const namespace = `${$app.name}/${$app.stage}`

interface Counted {
  /** Members of a log line with their required values. */
  readonly where: Readonly<Record<string, string>>
  /** Members of the log line that become dimensions: three at most (CloudWatch Logs, "Publishing dimensions"). */
  readonly by?: readonly string[]
  /** Member of the log line with the number that is added; 1 without it. */
  readonly count?: string
  /** Prefix of the resource's name → log that is read; the endpoint's logs without it. */
  readonly from?: typeof ofEndpoint
}

const [entryLog, sessionLog, informLog] = [sessions?.entry.log, sessions?.session.log, sessions?.inform.log]

/** The entry of browser sessions has the endpoint in it, which writes the same lines there. */
const ofEndpoint: Readonly<Record<string, typeof log>> = { '': log, ...(entryLog && { Entry: entryLog }) }

const ofSessions: typeof ofEndpoint = {
  ...(entryLog && { Entry: entryLog }),
  ...(sessionLog && { Session: sessionLog }),
}

/**
 * Every function that judges tokens. What the authorizer denies (`FIELDNOTES_GATE_DENIES`) never reaches the endpoint,
 * and each of them fetches keys of its own.
 */
const ofAll = { ...ofEndpoint, ...ofSessions, Gate: gateLog }

const ofExporter = { '': exporterLog }
const ofIssuer = { '': issuerLog }

/** Metric → log lines that it counts. A test makes the functions write each of them. */
const counted: Readonly<Record<string, Counted>> = {
  Refusals: { where: { event: 'refused' }, by: ['code'], from: ofAll },
  // Each value is a name of the schema or of the rules: a test holds how many combinations there are.
  DecisionsRefused: { where: { event: 'decisions_refused' }, by: ['type', 'code', 'rule'], count: 'count' },
  KeySetFetches: { where: { event: 'identity.keys_fetched' }, by: ['issuer'], from: ofAll },
  // The gateway's verdict is missing, or contradicts the endpoint's own.
  LocksDiffer: { where: { event: 'locks_differ' } },
  // The policies of groups are out of reach, or one of them is broken. The issuer reads them too.
  GroupPolicyFailures: {
    where: { event: 'identity.group_policies_failed' },
    from: { ...ofEndpoint, Issuer: issuerLog },
  },
  // The table of buckets, or of API keys, is out of reach: applications get 503.
  LimitStoreFailures: { where: { event: 'limits.failed' } },
  KeyStoreFailures: { where: { event: 'api_keys.failed' } },
  // Requests above a limit, of callers with a token. Each is a line `refused` whose reason has the part of the limit.
  LimitsUsedUp: { where: { event: 'limits.used_up' }, by: ['subject', 'limit'] },
  // A sealed token of a browser session that does not open.
  SealsBroken: {
    where: { event: 'session.seal_broken' },
    from: { ...ofSessions, ...(informLog && { Inform: informLog }) },
  },
  // For every issuer: each of these tokens may make an instance fetch the issuer's keys again.
  UnknownKeys: { where: { event: 'refused', reason: 'key_unknown' }, from: ofAll },
  // Codes of RFC 6749 §5.2, and of what extends it.
  TokenRefusals: { where: { event: 'issuer.refused' }, by: ['code'], from: ofIssuer },
  ExportsInterrupted: { where: { event: 'export.interrupted' }, from: ofExporter },
  IssuerFailures: { where: { event: 'issuer.failed' }, from: ofIssuer },
}

function patternOf(where: Counted['where']): string {
  const conditions = Object.entries(where).map(([member, value]) => `($.${member} = "${value}")`)
  return `{ ${conditions.join(' && ')} }`
}

function transformationOf(name: string, { by = [], count }: Counted) {
  return {
    namespace,
    name,
    value: count === undefined ? '1' : `$.${count}`,
    unit: 'Count',
    ...(by.length > 0 && { dimensions: Object.fromEntries(by.map((member) => [member, `$.${member}`])) }),
  }
}

for (const [name, row] of Object.entries(counted)) {
  for (const [prefix, { name: logGroupName }] of Object.entries(row.from ?? ofEndpoint))
    new aws.cloudwatch.LogMetricFilter(`${prefix}${name}Metric`, {
      name,
      logGroupName,
      pattern: patternOf(row.where),
      metricTransformation: transformationOf(name, row),
    })
}
