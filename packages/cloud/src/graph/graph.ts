/** All resources of a stage, as the components registered them with the engine. */
export interface Graph {
  readonly resources: readonly Resource[]
  readonly outputs: Readonly<Record<string, unknown>>
  readonly builds: Readonly<Record<string, Build>>
  readonly app: App
}

/** A registered resource. */
export interface Resource {
  readonly type: string
  readonly name: string
  readonly urn: string
  readonly custom: boolean
  readonly id?: string
  readonly parent?: string
  readonly protect?: boolean
  readonly retainOnDelete?: boolean
  /** Whether a replacement deletes the old resource first, because two can't exist. */
  readonly deleteBeforeReplace?: boolean
  /** How often the engine replaced it since its creation. */
  readonly replaced?: number
  /** Paths of inputs whose changes the engine ignores. */
  readonly ignoreChanges?: readonly string[]
  /** URNs of the resources that are created before this one. */
  readonly dependencies?: readonly string[]
  readonly inputs: Readonly<Record<string, unknown>>
  readonly outputs?: Readonly<Record<string, unknown>>
}

/** Result of `app()` in `sst.config.ts`. */
export interface App {
  readonly name: string
  readonly stage: string
  readonly removal: string
  readonly protect: boolean
  readonly providers: { readonly aws: { readonly region: string; readonly defaultTags: unknown } }
}

/** A function that was built for the graph: SST's input, and esbuild's output. */
export interface Build {
  readonly links: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly handler: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly folder: string
  /** Files in the bundle, relative to the repository. */
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>
  readonly bytes: number
}
