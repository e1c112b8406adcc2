/**
 * `npm run race:limits [-- --rounds N]`: 200 requests at once with a burst of 20 over four processes, in each of 100
 * rounds; then requests without a pause over the edges of seconds. Prints what was permitted. Exits with 1 when a round
 * permits another number than 20, or a period more than rate × time + burst.
 */
import { parseArgs } from 'node:util'
import { period, race, raceLimit, startProcesses } from '../test/limits/four-processes.ts'
import { startWorld } from '../test/limits/world.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '100' } } })
const rounds = Number(values.rounds)
const periods = [1000, 2000, 3000, 5000]

const world = await startWorld()
const processes = await startProcesses(world)
let faults = 0
const permitted = new Map<number, number>()
for (let round = 1; round <= rounds; round += 1) {
  const counts = await race(world, processes, `race${round}`)
  const passed = counts[200] ?? 0
  permitted.set(passed, (permitted.get(passed) ?? 0) + 1)
  if (passed !== raceLimit.burst || counts[429] !== 180) faults += 1
}
for (const [passed, count] of permitted) console.log(`${count} rounds of 200 requests at once: ${passed} permitted`)
for (const during of periods) {
  const found = await period(world, processes, `period${during}`, during)
  console.log(`${during} ms: ${found.permitted} permitted of at most ${found.most}, ${found.refused} refused`)
  if (found.permitted > found.most) faults += 1
}
await processes.stop()
await world.stop()
process.exitCode = faults === 0 ? 0 : 1
