/**
 * The parts of Pulumi's types that we use. The real types come with SST's platform, which a type check must not need.
 */
export interface Pulumi {
  readonly runtime: {
    setMocks(mocks: Mocks, project: string, stack: string, preview: boolean, organization: string): Promise<void>
    runInPulumiStack(program: () => Promise<unknown>): Promise<Readonly<Record<string, unknown>>>
    disconnect(): Promise<void>
  }
}

/** Properties of a resource or a call. */
export type Inputs = Readonly<Record<string, unknown>>

/** Callbacks that Pulumi's mocks call instead of an engine. */
export interface Mocks {
  newResource(args: MockResourceArgs): { id: string | undefined; state: Inputs }
  call(args: { token: string; inputs: Inputs }): Inputs
}

/** A resource that a program registers. */
export interface MockResourceArgs {
  readonly type: string
  readonly name: string
  readonly inputs: Inputs
  readonly id?: string
  readonly custom?: boolean
}

/** The in-process engine that components call while mocks are set. */
export interface Monitor {
  registerResource(request: RegisterRequest, done: Done): Promise<void>
  registerResourceOutputs(request: OutputsRequest, done: Done): Promise<void>
  newUrn(parent: string, type: string, name: string): string
}

/** Callback of a registration. */
export type Done = (error: unknown, response?: { getUrn(): string }) => void

/** The registration of a resource, with its parent and options. */
export interface RegisterRequest {
  getType(): string
  getName(): string
  getParent(): string
  getProtect(): boolean
  getRetainondelete(): boolean
  getDeletebeforereplace(): boolean
  getIgnorechangesList(): readonly string[]
  getDependenciesList(): readonly string[]
}

/** The registration of a component's outputs. */
export interface OutputsRequest {
  getUrn(): string
  getOutputs(): { toJavaScript(): Inputs } | undefined
}

/** Class of the in-process engine, whose methods the recorder wraps. */
export interface MonitorClass {
  readonly prototype: Monitor
}
