/** Three processes that share nothing but the tables: what arrives at the user pool is counted there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTableProxy, type TableProxy } from '../revocation/table-proxy.ts'
import { sessionCookie } from './instance.ts'
import { type InstanceProcess, startInstance } from './instance-processes.ts'
import { dueIn, itemOf, startWorld, type World } from './world.ts'

let world: World
let tokens: TableProxy
let processes: readonly InstanceProcess[]
beforeAll(async () => {
  world = await startWorld()
  const { sessions, ...settings } = world.settings
  tokens = await openTableProxy(sessions.provider.tokenEndpoint)
  const provider = { ...sessions.provider, tokenEndpoint: tokens.endpoint }
  const counted = { ...settings, sessions: { ...sessions, provider } }
  processes = await Promise.all([1, 2, 3].map(() => startInstance(counted)))
})
afterAll(async () => {
  await Promise.all(processes.map(({ stop }) => stop()))
  await tokens.close()
  await world.stop()
})

/** Sends thirty requests at the same time, ten to each process. Returns the statuses that there were. */
async function statusesOf(cookie: string): Promise<readonly number[]> {
  const calls = processes.flatMap((process) => Array.from({ length: 10 }, () => process.call(cookie)))
  const answers = await Promise.all(calls)
  expect(answers).toHaveLength(30)
  return [...new Set(answers.map(({ status }) => status))]
}

describe('thirty requests at once over three processes', () => {
  it.each([
    ['an expired token', -1, 1],
    ['a token that is about to expire', 30, 1],
    ['a token that is not due', 600, 0],
  ])('with %s, %i seconds before its end: refreshes at the user pool: %i', async (_name, seconds, refreshes) => {
    const cookie = (await world.signedIn()).cookie(sessionCookie) ?? ''
    await dueIn(world.access, cookie, seconds)
    const before = tokens.commands().length
    expect(await statusesOf(cookie)).toEqual([200])
    expect(tokens.commands().length - before).toBe(refreshes)
    expect(await itemOf(world.access, cookie)).toMatchObject({ version: 1 + refreshes })
  })
})
