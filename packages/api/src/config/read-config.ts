/** Reads the links of this process into its configuration. */
import { environment, readLinks } from '@fieldnotes/stage/links'
import type { Config } from './config.ts'
import { parseConfig } from './parse-config.ts'

/**
 * The configuration of this process, from SST's links and the environment.
 * @throws Error that lists every fault, so that a wrong deployment fails at its start.
 */
export function readConfig(): Config {
  return parseConfig(readLinks(['App', 'Notes', 'CursorSecrets', 'FirebaseServiceAccount', 'ApiClient']), environment)
}
