/** Reads SST's links and the environment. No other deployed file reads either. */
import { Resource } from 'sst/resource'
import type { Config } from './config.ts'
import { type Links, parseConfig } from './parse-config.ts'

/** The variables of this process. */
export const environment: Readonly<Record<string, string | undefined>> = process.env

/**
 * The configuration of this process, from SST's links and the environment.
 * @throws Error that lists every fault, so that a wrong deployment fails at its start.
 */
export function readConfig(): Config {
  return parseConfig(
    {
      App: linked('App'),
      Notes: linked('Notes'),
      CursorSecrets: linked('CursorSecrets'),
      FirebaseServiceAccount: linked('FirebaseServiceAccount'),
    },
    environment,
  )
}

/**
 * `Resource` throws for a link that is missing; `parseConfig` lists it among the faults. SST generates its types at a
 * deployment.
 */
function linked(name: keyof Links): unknown {
  try {
    return (Resource as unknown as Links)[name]
  } catch {
    return undefined
  }
}
