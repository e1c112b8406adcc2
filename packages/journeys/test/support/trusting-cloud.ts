/** The endpoint in this process, on the embedded database, trusting the issuers that a test names. */
import { createHandler } from '@fieldnotes/api/server'
import type { Issuer } from '@fieldnotes/identity/issuer'
import { type Cloud, startCloud } from '@fieldnotes/local/cloud'
import { executor } from './executor.ts'

/** Starts the endpoint. `issuersFor` receives the local issuers and returns the issuers to trust. */
export function startTrustingCloud(
  folder: string,
  issuersFor: (local: readonly Issuer[]) => readonly Issuer[],
): Promise<Cloud> {
  const log = () => {}
  return startCloud({
    port: 0,
    folder,
    ephemeral: true,
    endpoint: undefined,
    executor,
    region: 'eu-west-1',
    log,
    createHandler: (config) =>
      createHandler(
        { ...config, issuers: issuersFor(config.issuers) },
        { loopbackIssuers: 'trust', environment: {}, log },
      ),
  })
}
