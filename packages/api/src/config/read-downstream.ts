/** How the endpoint of a stage calls the exporter for a person, from its links. */
import type { LinkReader } from '@fieldnotes/stage/link-reader'
import type { DownstreamConfig } from './config.ts'

/** Reads it; undefined for a stage that was deployed before there was an exporter. */
export function readDownstream(
  read: LinkReader<'ApiClient' | 'Notes'>,
  resource: string,
): DownstreamConfig | undefined {
  if (read.member('ApiClient', 'secret') === undefined) return undefined
  const clientSecret = read.text('ApiClient', 'secret', /^[\w-]{32,128}$/)
  const issuer = read.text('Notes', 'fieldnotesIssuer', /^https:\/\/[^\s/#?]+\/oauth$/)
  const exporter = resource.replace(/\/graphql$/, '/exporter')
  return { tokenEndpoint: `${issuer}/token`, clientId: 'fieldnotes-api', clientSecret, exporter }
}
