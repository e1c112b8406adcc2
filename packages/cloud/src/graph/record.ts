import type { App, Resource } from './graph.ts'
import { withIgnored } from './ignored-changes.ts'
import { resultOf } from './provider-calls.ts'
import type { Inputs, MockResourceArgs, Monitor, MonitorClass, Pulumi, RegisterRequest } from './pulumi-types.ts'
import { stateOf } from './resource-state.ts'
import { unwrapped } from './unwrap-secrets.ts'

export interface Recording {
  readonly resources: readonly Resource[]
  readonly outputs: Readonly<Record<string, unknown>>
}

interface Options {
  readonly app: Pick<App, 'name' | 'stage'>
  readonly region: string
  /** Resources of the last run by URN: SST keeps generated names by ignoring their changes. */
  readonly before?: ReadonlyMap<string, Resource>
  /** Whether AWS can only replace the resource of the last run by that of this one, which then has another id. */
  readonly replaces?: (before: Resource, after: Resource) => boolean
}

type Draft = { -readonly [K in keyof Resource]: Resource[K] }

/** Runs the program against an engine that creates nothing and records every request. */
export async function record(
  { runtime }: Pulumi,
  { prototype: monitor }: MonitorClass,
  program: () => Promise<unknown>,
  { app, region, before = new Map(), replaces = () => false }: Options,
): Promise<Recording> {
  const drafts: Draft[] = []
  let request: RegisterRequest | undefined
  watch(monitor, drafts, (next) => {
    request = next
  })
  const newResource = (args: MockResourceArgs) => {
    const old = request && before.get(monitor.newUrn(request.getParent(), request.getType(), request.getName()))
    const ignored = (old && request?.getIgnorechangesList()) ?? []
    const inputs = withIgnored(args.inputs, old?.inputs ?? {}, ignored.filter(isName))
    const draft = draftOf(args, withIgnored(unwrapped(inputs) as Inputs, old?.inputs ?? {}, ignored))
    const replaced = replacementsOf(old, draft, replaces)
    const { id, state } = stateOf({ ...args, inputs }, region, replaced)
    drafts.push({ ...draft, ...(args.custom && { id }), ...(replaced > 0 && { replaced }) })
    return { id: args.custom ? id : undefined, state: args.custom ? state : inputs }
  }
  const call = ({ token, inputs }: { token: string; inputs: Inputs }) => resultOf(token, inputs, { region, app })
  await runtime.setMocks({ newResource, call }, app.name, app.stage, false, 'organization')
  monitor.newUrn = urnOf(app)
  const outputs = await runtime.runInPulumiStack(program)
  await runtime.disconnect()
  return { resources: drafts.filter(({ type }) => type !== stackType), outputs }
}

const stackType = 'pulumi:pulumi:Stack'

function draftOf({ type, name, custom }: MockResourceArgs, inputs: Inputs): Draft {
  return { type, name, urn: '', custom: custom === true, inputs }
}

/** A path of one name. Values inside of others may be in the wrapper of secrets, which the state keeps. */
function isName(path: string): boolean {
  return !path.includes('.')
}

/** How often a resource was replaced, this run included. */
function replacementsOf(old: Resource | undefined, draft: Draft, replaces: NonNullable<Options['replaces']>): number {
  if (!old) return 0
  return (old.replaced ?? 0) + (replaces(old, draft) ? 1 : 0)
}

/** Intercepts registrations, because Pulumi's mocks drop the URN, the parent and the options. */
function watch(monitor: Monitor, drafts: readonly Draft[], seen: (request: RegisterRequest) => void): void {
  const { registerResource, registerResourceOutputs } = monitor
  monitor.registerResource = function (request, done) {
    seen(request)
    return registerResource.call(this, request, (error, response) => {
      const draft = drafts.find(
        ({ urn, type, name }) => !urn && type === request.getType() && name === request.getName(),
      )
      if (draft && response) Object.assign(draft, optionsOf(request), { urn: response.getUrn() })
      done(error, response)
    })
  }
  monitor.registerResourceOutputs = function (request, done) {
    const draft = drafts.find(({ urn }) => urn === request.getUrn())
    if (draft) draft.outputs = unwrapped(request.getOutputs()?.toJavaScript() ?? {}) as Inputs
    return registerResourceOutputs.call(this, request, done)
  }
}

function optionsOf(request: RegisterRequest): Partial<Resource> {
  return {
    ...(request.getParent() && { parent: request.getParent() }),
    ...(request.getProtect() && { protect: true }),
    ...(request.getRetainondelete() && { retainOnDelete: true }),
    ...(request.getDeletebeforereplace() && { deleteBeforeReplace: true }),
    ...(request.getIgnorechangesList().length > 0 && { ignoreChanges: request.getIgnorechangesList() }),
    dependencies: request.getDependenciesList(),
  }
}

/** Pulumi's engine omits the stack from its children's URNs, and keeps every other ancestor. */
function urnOf({ name: project, stage }: Options['app']): Monitor['newUrn'] {
  return (parent, type, name) => {
    const ancestors = parent?.split('::')[2]
    const prefix = ancestors && ancestors !== stackType ? `${ancestors}$` : ''
    return `urn:pulumi:${stage}::${project}::${prefix}${type}::${name}`
  }
}
