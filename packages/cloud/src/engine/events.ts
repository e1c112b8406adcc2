import { appendFileSync } from 'node:fs'
import type { Resource } from '../graph/graph.ts'
import type { Command } from './command.ts'
import { type Comparison, compare, type Operation, refusalOf } from './compare-runs.ts'

/** Operations of the engine's events. A replacement is three of them, the deletion last. */
const steps = {
  create: ['create'],
  update: ['update'],
  same: ['same'],
  delete: ['delete'],
  replace: ['create-replacement', 'replace', 'delete-replaced'],
} as const satisfies Record<Operation, readonly string[]>

/** Writes the engine events from which SST's command line makes its output. */
export function reporter({ eventLog, verb }: Command) {
  const counts: Partial<Record<string, number>> = {}
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
      const compared = compare(before, after)
      const refusal = refusalOf(compared, before, after)
      if (refusal) throw new Error(refusal)
      for (const op of steps[compared.operation]) {
        const metadata = { op, ...metadataOf(compared, before, after) }
        counts[op] = (counts[op] ?? 0) + 1
        emit({ resourcePreEvent: { metadata, planning: verb === 'preview' } })
        emit({ resOutputsEvent: { metadata, planning: verb === 'preview' } })
      }
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

function metadataOf({ changed, replacing }: Comparison, before?: Resource, after?: Resource) {
  const { urn, type } = after ?? (before as Resource)
  const kindOf = (name: string) => (replacing.some((path) => path.split('.')[0] === name) ? 'update-replace' : 'update')
  return {
    urn,
    type,
    old: before ? stateOf(before) : null,
    new: after ? stateOf(after) : null,
    keys: replacing,
    logical: true,
    provider: '',
    diffs: changed,
    detailedDiff: Object.fromEntries(changed.map((name) => [name, { diffKind: kindOf(name), inputDiff: true }])),
  }
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
