/** The configuration of the exporter, and what is wrong with it. */
import { publicUrlFaults } from '@fieldnotes/core/public-url'
import type { FieldnotesIssuer } from '@fieldnotes/identity/issuer'
import type { TableConfig } from '@fieldnotes/table/table-config'

/** Everything that differs between the environments where the exporter runs. */
export interface ExporterConfig {
  /** Origin of the API. The exporter is `<origin>/exporter`, and reads `<origin>/graphql`. */
  readonly origin: string
  /** The only issuer that it believes, and where it exchanges tokens. */
  readonly issuer: FieldnotesIssuer
  /** The table of exports and revocations. */
  readonly access: TableConfig
  /** Secret of the client `exporter` at the issuer. Never logged. */
  readonly clientSecret: string
  /** Whether plain HTTP and loopback addresses are accepted. Say `refuse` in every deployment. */
  readonly loopbackIssuers: 'refuse' | 'trust'
}

const secretCharsMin = 32

/**
 * @throws Error that lists every fault, one a line, and quotes no secret. Those of the issuer are found by `identity`
 */
export function assertExporterConfig({ origin, clientSecret, loopbackIssuers }: ExporterConfig): void {
  const isOrigin = URL.canParse(origin) && new URL(origin).origin === origin
  const faults = [
    ...(isOrigin ? [] : ['origin: not an origin']),
    ...(loopbackIssuers === 'refuse' ? publicUrlFaults(origin).map((fault) => `origin ${fault}`) : []),
    ...(clientSecret.length >= secretCharsMin ? [] : [`clientSecret: shorter than ${secretCharsMin} characters`]),
  ]
  if (faults.length > 0) throw new Error(['the exporter does not start:', ...faults].join('\n- '))
}
