/**
 * The Lambda authorizer of the HTTP API (payload format 2.0, simple responses): the first of two independent
 * verifications of every credential. It gives a verdict, and the function behind it answers.
 */
import type { Log } from '@fieldnotes/core/log'
import { createIdentity } from '@fieldnotes/identity/identity'
import type { Settings } from '@fieldnotes/identity/settings'
import type { Config } from './config.ts'
import { type Authorizer, createGiveVerdict } from './give-verdict.ts'
import { createIsRevoked } from './revocations.ts'

/** What differs between Lambda, a laptop and tests. */
export interface AuthorizerOptions extends Pick<Settings, 'clock' | 'environment' | 'fetch' | 'loopbackIssuers'> {
  readonly log: Log
}

/**
 * Creates the authorizer, once for the life of a process.
 * @throws Error when a setting is missing or weakens a check
 */
export function createAuthorizer(config: Config, options: AuthorizerOptions): Authorizer {
  const { issuers, resource, gateDenies } = config
  const isRevoked = createIsRevoked(config, options)
  // The endpoint judges the same proof again, and consumes it.
  const proofs = { consume: 'elsewhere' } as const
  const identity = createIdentity({ ...options, issuers, resource, isRevoked, proofs })
  return createGiveVerdict(identity, { gateDenies, log: options.log })
}
