/** Judges access tokens as the endpoint does: the same issuers, the same revocations. */
import { createIsRevoked } from '@fieldnotes/api/revocations'
import { createIdentity, type Identity } from '@fieldnotes/identity/identity'
import type { Settings } from '@fieldnotes/identity/settings'
import type { SessionConfig } from './config.ts'

/** What differs between Lambda, a laptop and tests. */
export type JudgeOptions = Pick<Settings, 'loopbackIssuers' | 'environment' | 'log' | 'clock' | 'fetch'>

/** @throws Error when a setting is missing or weakens a check */
export function createSessionIdentity(
  { issuers, resource, access }: Pick<SessionConfig, 'issuers' | 'resource' | 'access'>,
  options: JudgeOptions,
): Identity {
  const { log, clock = Date.now } = options
  const isRevoked = createIsRevoked({ access, issuers }, { log, clock })
  return createIdentity({ ...options, issuers, resource, ...(isRevoked && { isRevoked }) })
}
