/** The one reader of SST's links and of the environment. */
import { Resource } from 'sst/resource'
import type { Config } from './config.ts'
import { type Links, parseConfig } from './parse-config.ts'

/** The variables of this process, for whoever inspects them. */
export const environment: Readonly<Record<string, string | undefined>> = process.env

/**
 * The configuration of this process, from SST's links and the environment; nothing else reads either.
 * @throws Error that lists everything that is wrong, so that a bad deployment never answers its first request.
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

/** `Resource` throws for what is not linked; we would rather list it among the faults. Its types come with a deployment. */
function linked(name: keyof Links): unknown {
  try {
    return (Resource as unknown as Links)[name]
  } catch {
    return undefined
  }
}
