import type { Resource } from '../graph/graph.ts'
import { fixedInputsOf, valueAt } from './replacements.ts'

/** What a deployment does with a resource. */
export type Operation = 'create' | 'update' | 'same' | 'delete' | 'replace'

/** The difference between two runs. */
export interface Comparison {
  readonly operation: Operation
  /** Names of the inputs that differ. */
  readonly changed: readonly string[]
  /** Paths of those that AWS can't change in place. */
  readonly replacing: readonly string[]
}

/** Compares the resource of the last run with that of this one. The recorder has applied `ignoreChanges` already. */
export function compare(before: Resource | undefined, after: Resource | undefined): Comparison {
  if (!before || !after) return { operation: after ? 'create' : 'delete', changed: [], replacing: [] }
  const names = [...new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)])]
  const changed = names.filter((name) => !same(before, after, name))
  const replacing = after.custom ? fixedInputsOf(after.type).filter((path) => !same(before, after, path)) : []
  return { operation: operationOf(changed, replacing), changed, replacing }
}

function operationOf(changed: readonly string[], replacing: readonly string[]): Operation {
  if (replacing.length > 0) return 'replace'
  return changed.length > 0 ? 'update' : 'same'
}

/** Compared as JSON, in which the last run is stored: it has no members that are undefined. */
function same(before: Resource, after: Resource, path: string): boolean {
  return JSON.stringify(valueAt(before.inputs, path)) === JSON.stringify(valueAt(after.inputs, path))
}

/**
 * Why the engine refuses to go on, or undefined. A protected resource is neither deleted nor replaced (Pulumi,
 * "protect"). A run may remove the protection and replace at once.
 */
export function refusalOf(
  { operation }: Comparison,
  before: Resource | undefined,
  after: Resource | undefined,
): string | undefined {
  if (!before?.protect) return undefined
  if (operation === 'delete') return `resource "${before.urn}" cannot be deleted because it is protected`
  if (operation !== 'replace' || !after?.protect) return undefined
  return `unable to replace resource "${before.urn}" as it is currently marked for protection`
}
