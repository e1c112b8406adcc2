/** Parses the links and variables of the deployed exporter into its configuration, or lists every fault in them. */
import type { FieldnotesIssuer } from '@fieldnotes/identity/issuer'
import { readIssuers } from '@fieldnotes/stage/issuers'
import { createLinkReader } from '@fieldnotes/stage/link-reader'
import { variableFaults } from '@fieldnotes/stage/variable-faults'
import type { ExporterConfig } from './exporter-config.ts'
import type { BucketConfig } from './store/s3-store.ts'

/** SST's links by name; undefined where a link is missing. */
export interface Links {
  readonly Notes: unknown
  readonly ExporterSettings: unknown
}

/** The configuration of a deployed exporter, and the bucket of its archives. */
export interface DeployedExporter {
  readonly config: ExporterConfig
  readonly bucket: BucketConfig
}

/**
 * The configuration. It trusts the stage's own issuer alone, which is at a public name.
 * @throws Error that lists every fault, one a line, and quotes no value
 */
export function parseConfig(links: Links, environment: Readonly<Record<string, string | undefined>>): DeployedExporter {
  const faults: string[] = []
  const given = createLinkReader(links, faults)
  const resource = given.text('Notes', 'resource', /^https:\/\/[^\s/#?]+\/graphql$/)
  const region = given.text('Notes', 'region', /^[a-z]{2}(-[a-z]+)+-\d$/)
  const access = { name: given.text('Notes', 'accessTableName', /^[\w.-]{3,255}$/), region }
  given.text('Notes', 'fieldnotesIssuer', /^https:\/\/[^\s/#?]+\/oauth$/)
  const issuer = readIssuers(given, region).issuers.find((row): row is FieldnotesIssuer => row.kind === 'fieldnotes')
  const clientSecret = given.text('ExporterSettings', 'clientSecret', /^[\w-]{32,128}$/)
  const bucket = given.text('ExporterSettings', 'bucket', /^[a-z0-9][a-z0-9.-]{2,62}$/)
  faults.push(...variableFaults(environment))
  if (faults.length > 0 || !issuer) throw new Error(['the configuration is not usable:', ...faults].join('\n- '))
  const config = { origin: new URL(resource).origin, issuer, access, clientSecret, loopbackIssuers: 'refuse' } as const
  return { config, bucket: { bucket, region } }
}
