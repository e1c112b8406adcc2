/**
 * `npm run bench:store`: requests and consumed capacity of each operation on tables of a hundred to a hundred thousand
 * notes; `-- --long` adds a million. Exits with 1 when an operation's number of requests is wrong, its
 * cost grows, or a door answers something else.
 */
import { randomUUID } from 'node:crypto'
import { startDatabase } from '@fieldnotes/local/database'
import { ensureTable } from '@fieldnotes/local/ensure-table'
import { createTable } from '@fieldnotes/table/table'
import { doorFaults, measureDoors } from './door-requests.ts'
import { type Operation, operations } from './store-operations.ts'
import { build } from './town.ts'

const sizes = [100, 10_000, 100_000, ...(process.argv.includes('--long') ? [1_000_000] : [])]
const rounds = 5

/** Cost per call of one operation on a table of one size. */
interface Cost {
  readonly requests: number
  readonly units: number
}

async function measureSize(endpoint: string, size: number): Promise<Map<string, Cost>> {
  const config = { name: `bench-${randomUUID()}`, region: 'eu-west-1', endpoint }
  await ensureTable(config, 'notes')
  const table = createTable(config)
  const town = await build(table, size)
  const costs = new Map<string, Cost>()
  for (const { name, prepare } of operations) {
    let [requests, units] = [0, 0]
    for (let round = 0; round < rounds; round += 1) {
      const act = await prepare(town)
      const before = { ...table.used }
      await act()
      requests += table.used.requests - before.requests
      units += table.used.units - before.units
    }
    costs.set(name, { requests: requests / rounds, units: units / rounds })
  }
  return costs
}

function fault({ name, requests }: Operation, costs: readonly Cost[]): string | undefined {
  if (requests === undefined) return undefined
  if (costs.some((cost) => cost.requests !== requests)) return `${name} should take ${requests} requests`
  const units = costs.map((cost) => cost.units)
  return Math.max(...units) > Math.min(...units) * 1.5 ? `the capacity of ${name} grows` : undefined
}

function cell(text: string) {
  return text.padStart(16)
}

const { endpoint, stop } = process.env.DYNAMODB_ENDPOINT
  ? { endpoint: process.env.DYNAMODB_ENDPOINT, stop: async () => undefined }
  : await startDatabase(undefined, console.error)
try {
  const measured: Map<string, Cost>[] = []
  for (const size of sizes) measured.push(await measureSize(endpoint, size))
  console.log(`${'requests / capacity units a call'.padEnd(38)}${sizes.map((size) => cell(`${size} notes`)).join('')}`)
  const faults = operations.map((operation) => {
    const costs = measured.map((costsOfSize) => costsOfSize.get(operation.name) ?? { requests: 0, units: 0 })
    const cells = costs.map(({ requests, units }) => cell(`${requests} / ${units.toFixed(1)}`))
    console.log(`${operation.name.padEnd(38)}${cells.join('')}`)
    return fault(operation, costs)
  })
  const doors = await measureDoors(endpoint)
  console.log(`\n${'requests that a door adds'.padEnd(38)}${cell('reads / writes')}answer`)
  for (const { name, reads, writes, answer } of doors)
    console.log(`${name.padEnd(38)}${cell(`${reads} / ${writes}`)}${answer}`)
  const found = [...faults, ...doors.flatMap(doorFaults)].filter((words) => words !== undefined)
  for (const words of found) console.error(words)
  process.exitCode = found.length > 0 ? 1 : 0
} finally {
  await stop()
}
