import { keyNames, tableShapes } from '@fieldnotes/table/table-shapes'

/** What AWS says of a table: the part that decides whether it can be the table of the notes. */
export interface FoundTable {
  readonly name: string
  readonly hashKey: string
  readonly rangeKey: string
  readonly attributes: readonly { readonly name: string; readonly type: string }[]
  readonly localSecondaryIndexes: readonly {
    readonly name: string
    readonly rangeKey: string
    readonly projectionType: string
    readonly nonKeyAttributes?: readonly string[]
  }[]
  readonly deletionProtectionEnabled: boolean
  readonly serverSideEncryption?: { readonly enabled: boolean }
  readonly pointInTimeRecovery?: { readonly enabled: boolean; readonly recoveryPeriodInDays: number }
  readonly ttl?: { readonly attributeName: string }
  readonly onDemandThroughputs?: readonly Ceiling[]
  readonly tags?: Readonly<Record<string, string>>
}

/** The most capacity units that a table serves in a second. */
export interface Ceiling {
  readonly maxReadRequestUnits: number
  readonly maxWriteRequestUnits: number
}

/** The stage that adopts a table. */
export interface Adopter {
  readonly project: string
  readonly stage: string
  readonly keep: boolean
  /** The ceiling of its own table. */
  readonly ceiling: Ceiling
}

type Index = FoundTable['localSecondaryIndexes'][number]

/** Whether an index of a table is the one that the code reads. */
function fits(index: Index, attributes: 'all' | readonly string[]): boolean {
  if (index.rangeKey !== keyNames.changeKey) return false
  if (attributes === 'all') return index.projectionType === 'ALL'
  return index.projectionType === 'ALL' || attributes.every((name) => index.nonKeyAttributes?.includes(name))
}

/** What the code needs in every stage: AWS can't add it to an existing table. */
function shapeFaults({ hashKey, rangeKey, attributes, localSecondaryIndexes }: FoundTable): readonly string[] {
  const { partitionKey, sortKey, changeKey } = keyNames
  const keys: readonly string[] = [partitionKey, sortKey, changeKey]
  const isKeyed = hashKey === partitionKey && rangeKey === sortKey
  const areTexts = attributes.every(({ name, type }) => type === 'S' || !keys.includes(name))
  const missing = Object.entries(tableShapes.notes.localIndexes).filter(
    ([name, attributes]) => !localSecondaryIndexes.some((index) => index.name === name && fits(index, attributes)),
  )
  return [
    ...(isKeyed ? [] : [`its keys are not ${partitionKey} and ${sortKey}`]),
    ...(areTexts ? [] : ['its keys are not texts']),
    ...missing.map(([name]) => `it has no index ${name} as the code reads it`),
  ]
}

/** Days that recovery reaches back in the own table of a stage: the default and the maximum of AWS. */
const recoveryDays = 35

/** What a stage that keeps its data gives its own table. A restored table has none of it until someone sets it. */
function careFaults(table: FoundTable, { maxReadRequestUnits: reads, maxWriteRequestUnits: writes }: Ceiling) {
  const ceiling = table.onDemandThroughputs?.[0]
  const hasCeiling = ceiling?.maxReadRequestUnits === reads && ceiling.maxWriteRequestUnits === writes
  const days = table.pointInTimeRecovery?.enabled ? table.pointInTimeRecovery.recoveryPeriodInDays : 0
  const cares: readonly [isGiven: boolean | undefined, fault: string][] = [
    [table.deletionProtectionEnabled, 'it has no protection against deletion'],
    [table.serverSideEncryption?.enabled, 'it is not encrypted with a key of KMS'],
    [days === recoveryDays, `it has no point-in-time recovery of ${recoveryDays} days`],
    [table.ttl?.attributeName === keyNames.timeToLive, `its items do not expire by ${keyNames.timeToLive}`],
    [hasCeiling, `it has no ceiling of capacity of ${reads} reads and ${writes} writes`],
  ]
  return cares.flatMap(([isGiven, fault]) => (isGiven ? [] : [fault]))
}

/**
 * SST tags the tables that it creates. A restored table has no tags, whichever stage its data are of: the operator says
 * so by tagging it, or any stage could adopt the data of production.
 */
function ownerFaults({ tags = {} }: FoundTable, { project, stage }: Adopter): readonly string[] {
  const expected = Object.entries({ project, stage })
  return expected.flatMap(([tag, value]) =>
    tags[tag] === value ? [] : [`its tag ${tag} is ${tags[tag] ?? 'missing'}, not ${value}`],
  )
}

/**
 * The table, when a stage can use it for its notes.
 * @throws Error with everything that speaks against it: the deployment fails, and not each request after it
 */
export function adoptable(table: FoundTable, adopter: Adopter): FoundTable {
  const cares = adopter.keep ? careFaults(table, adopter.ceiling) : []
  const faults = [...ownerFaults(table, adopter), ...shapeFaults(table), ...cares]
  if (faults.length === 0) return table
  throw new Error(`FIELDNOTES_TABLE can't be ${table.name}: ${faults.join('; ')} (docs/restore.md)`)
}
