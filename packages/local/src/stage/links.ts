/** The links of a deployed stage, as `sst shell` puts them into the environment of a command. */

/** Members of a link by name. Empty for a link that the environment does not have. */
export function linked(environment: NodeJS.ProcessEnv, name: string): Readonly<Record<string, unknown>> {
  try {
    const link: unknown = JSON.parse(environment[`SST_RESOURCE_${name}`] ?? '')
    return typeof link === 'object' && link !== null ? (link as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}

/** The stage whose links the environment has; undefined outside of `sst shell`. */
export function stageOfShell(environment: NodeJS.ProcessEnv): string | undefined {
  const { stage } = linked(environment, 'App')
  return typeof stage === 'string' ? stage : undefined
}
