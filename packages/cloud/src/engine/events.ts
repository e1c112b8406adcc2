import { appendFileSync } from 'node:fs'
import type { Resource } from '../graph/graph.ts'
import type { Command } from './command.ts'

type Operation = 'create' | 'update' | 'same' | 'delete'

/** Writes the engine events from which SST's command line makes its output. */
export function reporter({ eventLog, verb }: Command) {
  const counts: Partial<Record<Operation, number>> = {}
  let sequence = 0
  const emit = (event: object): void => {
    const stamp = { sequence, timestamp: Math.floor(Date.now() / 1000) }
    sequence += 1
    appendFileSync(eventLog, `${JSON.stringify({ ...stamp, ...event })}\n`)
  }
  const summary = () =>
    emit({ summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges: counts, PolicyPacks: {} } })
  emit({ preludeEvent: { config: {} } })
  return {
    resource(before: Resource | undefined, after: Resource | undefined): void {
      const metadata = metadataOf(before, after)
      counts[metadata.op] = (counts[metadata.op] ?? 0) + 1
      emit({ resourcePreEvent: { metadata, planning: verb === 'preview' } })
      if (after) emit({ resOutputsEvent: { metadata, planning: verb === 'preview' } })
    },
    failure(error: unknown): void {
      const message = error instanceof Error ? String(error.stack) : String(error)
      emit({ diagnosticEvent: { message, color: 'never', severity: 'error', urn: '', prefix: '' } })
      summary()
    },
    end(): void {
      summary()
      emit({ cancelEvent: {} })
    },
  }
}

function metadataOf(before: Resource | undefined, after: Resource | undefined) {
  const changed = changedInputs(before, after)
  const { urn, type } = after ?? (before as Resource)
  return {
    op: operationOf(before, after, changed),
    urn,
    type,
    old: before ? stateOf(before) : null,
    new: after ? stateOf(after) : null,
    keys: null,
    logical: true,
    provider: '',
    diffs: changed,
    detailedDiff: Object.fromEntries(changed.map((name) => [name, { diffKind: 'update', inputDiff: true }])),
  }
}

function operationOf(before?: Resource, after?: Resource, changed: readonly string[] = []): Operation {
  if (!after) return 'delete'
  if (!before) return 'create'
  return changed.length > 0 ? 'update' : 'same'
}

function changedInputs(before?: Resource, after?: Resource): readonly string[] {
  if (!before || !after) return []
  const names = new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)])
  return [...names].filter((name) => JSON.stringify(before.inputs[name]) !== JSON.stringify(after.inputs[name]))
}

function stateOf({ type, urn, custom, id = '', parent = '', inputs, outputs = inputs }: Resource) {
  return {
    type,
    urn,
    custom,
    id,
    parent,
    inputs,
    outputs,
    provider: '',
  }
}
