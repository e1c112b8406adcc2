import { keyNames, tableShapes } from '@fieldnotes/table/table-shapes'

/** What AWS says of a table: the part that decides whether it can be the table of the notes. */
export interface FoundTable {
  readonly name: string
  readonly hashKey: string
  readonly rangeKey: string
  readonly localSecondaryIndexes: readonly {
    readonly name: string
    readonly rangeKey: string
    readonly projectionType: string
    readonly nonKeyAttributes?: readonly string[]
  }[]
  readonly deletionProtectionEnabled: boolean
  readonly pointInTimeRecovery?: { readonly enabled: boolean }
  readonly ttl?: { readonly attributeName: string }
  readonly onDemandThroughputs?: readonly { readonly maxReadRequestUnits: number }[]
  readonly tags?: Readonly<Record<string, string>>
}

/** The stage that adopts a table. */
export interface Adopter {
  readonly stage: string
  readonly keep: boolean
}

type Index = FoundTable['localSecondaryIndexes'][number]

/** Whether an index of a table is the one that the code reads. */
function fits(index: Index, attributes: 'all' | readonly string[]): boolean {
  if (index.rangeKey !== keyNames.changeKey) return false
  if (attributes === 'all') return index.projectionType === 'ALL'
  return index.projectionType === 'ALL' || attributes.every((name) => index.nonKeyAttributes?.includes(name))
}

/** What the code needs in every stage: AWS can't add it to an existing table. */
function shapeFaults({ hashKey, rangeKey, localSecondaryIndexes }: FoundTable): readonly string[] {
  const { partitionKey, sortKey } = keyNames
  const isKeyed = hashKey === partitionKey && rangeKey === sortKey
  const missing = Object.entries(tableShapes.notes.localIndexes).filter(
    ([name, attributes]) => !localSecondaryIndexes.some((index) => index.name === name && fits(index, attributes)),
  )
  return [
    ...(isKeyed ? [] : [`its keys are not ${partitionKey} and ${sortKey}`]),
    ...missing.map(([name]) => `it has no index ${name} as the code reads it`),
  ]
}

/** What a stage that keeps its data gives its own table. A restored table has none of it until someone sets it. */
function careFaults(table: FoundTable): readonly string[] {
  const ceiling = table.onDemandThroughputs?.[0]?.maxReadRequestUnits ?? 0
  const cares: readonly [isGiven: boolean | undefined, fault: string][] = [
    [table.deletionProtectionEnabled, 'it has no protection against deletion'],
    [table.pointInTimeRecovery?.enabled, 'it has no point-in-time recovery'],
    [table.ttl?.attributeName === keyNames.timeToLive, `its items do not expire by ${keyNames.timeToLive}`],
    [ceiling > 0, 'it has no ceiling of capacity'],
  ]
  return cares.flatMap(([isGiven, fault]) => (isGiven ? [] : [fault]))
}

/** SST tags the tables that it creates; a restored table has no tags. */
function ownerFaults({ tags = {} }: FoundTable, stage: string): readonly string[] {
  return tags.stage === undefined || tags.stage === stage ? [] : [`it belongs to the stage ${tags.stage}`]
}

/**
 * The table, when a stage can use it for its notes.
 * @throws Error with everything that speaks against it: the deployment fails, and not each request after it
 */
export function adoptable(table: FoundTable, { stage, keep }: Adopter): FoundTable {
  const faults = [...ownerFaults(table, stage), ...shapeFaults(table), ...(keep ? careFaults(table) : [])]
  if (faults.length === 0) return table
  throw new Error(`FIELDNOTES_TABLE can't be ${table.name}: ${faults.join('; ')} (docs/restore.md)`)
}
