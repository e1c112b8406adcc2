/**
 * `npm run bench:limits`: processor time of a request that its limit permits, and of one that it refuses. Exits with 1
 * when a refused one costs more than half of the other.
 */
import { startDatabase } from '@fieldnotes/local/database'
import { ensureTable } from '@fieldnotes/local/ensure-table'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { median } from './measure/statistics.ts'
import { sample, warmUp } from './session/session-figures.ts'
import { createDoorWorld, type Send } from './store/door-world.ts'

const ratioMax = 0.5
const [rounds, requests] = [30, 100]

/** An instance, an event, and what it answers. */
type Measured = readonly [send: Send, event: APIGatewayProxyEventV2, answer: string]

/** Sends an event, whose answer has to be this one. */
async function expectAnswer([send, event, expected]: Measured): Promise<void> {
  const answer = await send(event)
  if (answer !== expected) throw new Error(`answered ${answer} in place of ${expected}`)
}

/** Medians, in milliseconds of processor time. All are measured in turn, on warm instances. */
async function measure(all: readonly Measured[]): Promise<readonly number[]> {
  const samples = all.map((measured) => ({ measured, costs: [] as number[] }))
  for (let round = 0; round < rounds + warmUp; round += 1)
    for (const { measured, costs } of samples) costs.push(await sample(() => expectAnswer(measured), requests))
  return samples.map(({ costs }) => median(costs.slice(warmUp)))
}

const { endpoint, stop } = await startDatabase(undefined, console.error)
try {
  const [access, rates, notes] = ['access', 'rates', 'notes'].map((name) => ({ name, region: 'eu-west-1', endpoint }))
  if (!access || !rates || !notes) throw new Error('three tables are needed')
  for (const table of [access, rates, notes]) await ensureTable(table, table.name as 'access' | 'rates' | 'notes')
  const { endpoint: newInstance, byKey, byToken } = await createDoorWorld({ access, rates, notes })
  const [one, two] = [newInstance(), newInstance()]
  for (let used = 0; used < 3; used += 1) await two(byKey.good)
  const [permitted = 0, refused = 0, person = 0] = await measure([
    [one, byKey.ample, '200'],
    [two, byKey.good, '429 LIMIT_EXCEEDED'],
    [one, byToken.first, '200'],
  ])
  const ratio = refused / permitted
  const rows = [
    ['{ me { id } }, of an application', permitted, 'permitted: 1 write'],
    ['the same, over its limit', refused, `refused: none; ${ratio.toFixed(2)} of it, at most ${ratioMax}`],
    ['the same, of a person', person, 'counted in memory'],
  ] as const
  console.log('CPU milliseconds a request')
  for (const [what, cost, note] of rows) console.log(`${what.padEnd(38)}${cost.toFixed(3).padStart(8)}  ${note}`)
  process.exitCode = ratio <= ratioMax ? 0 : 1
} finally {
  await stop()
}
