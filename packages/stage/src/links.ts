/** Reads SST's links and the environment. No other deployed file reads either. */
import { Resource } from 'sst/resource'

/** The variables of this process. */
export const environment: Readonly<Record<string, string | undefined>> = process.env

/**
 * The links of this process by these names. `Resource` throws for a link that is missing, which is undefined here:
 * parsers list it among their faults. SST generates its types at a deployment.
 */
export function readLinks<Name extends string>(names: readonly Name[]): Readonly<Record<Name, unknown>> {
  return Object.fromEntries(names.map((name) => [name, linked(name)])) as Record<Name, unknown>
}

function linked(name: string): unknown {
  try {
    return (Resource as unknown as Readonly<Record<string, unknown>>)[name]
  } catch {
    return undefined
  }
}
