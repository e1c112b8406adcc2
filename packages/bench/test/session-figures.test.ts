import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countSessionRequests, measureSessionCpu } from '../src/session/session-figures.ts'
import { type SessionWorld, startSessionWorld } from '../src/session/session-world.ts'

const once = { rounds: 1, requests: 2 } as const
let world: SessionWorld
beforeAll(async () => {
  world = await startSessionWorld()
})
afterAll(() => world.stop())

describe('a warm request with a session', () => {
  it('has one read more than one with a bearer token, and no write', async () => {
    const { bearer, session } = await countSessionRequests(world)
    expect(bearer.reads).toBeGreaterThan(0)
    expect(session).toEqual({ reads: bearer.reads + 1, writes: bearer.writes })
  })

  it('costs processor time, of which each figure has its part', async () => {
    const figures = await measureSessionCpu(world, once)
    expect(Object.keys(figures)).toEqual(['bearer', 'session', 'exchange', 'read'])
    for (const milliseconds of Object.values(figures)) expect(milliseconds).toBeGreaterThan(0)
  })

  it('is not measured where it is refused', async () => {
    const events = { ...world.events, cookie: world.events.none }
    await expect(measureSessionCpu({ ...world, events }, once)).rejects.toThrow('answered 401')
  })
})
