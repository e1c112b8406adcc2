/** A short form of `npm run race:limits`: limits are exact over four processes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Processes, period, race, startProcesses } from './four-processes.ts'
import { startWorld, type World } from './world.ts'

let world: World
let processes: Processes
beforeAll(async () => {
  world = await startWorld()
  processes = await startProcesses(world)
}, 60_000)
afterAll(async () => {
  await processes.stop()
  await world.stop()
})

describe('of 200 requests at once over four processes with a burst of 20', () => {
  it.each(['race1', 'race2', 'race3'])('exactly 20 are permitted: %s', async (id) => {
    expect(await race(world, processes, id)).toEqual({ 200: 20, 429: 180 })
  })

  it('over the edges of seconds no more are permitted than rate × time + burst', async () => {
    const { permitted, refused, most } = await period(world, processes, 'period', 1500)
    expect(permitted).toBeLessThanOrEqual(most)
    expect(permitted).toBeGreaterThanOrEqual(20)
    expect(refused).toBeGreaterThan(0)
  })
})
