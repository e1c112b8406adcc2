/** What a session adds to a request of the endpoint: one read. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTableProxy, type TableProxy } from '../revocation/table-proxy.ts'
import { sessionCookie } from './instance.ts'
import { dueIn, startWorld, type World } from './world.ts'

let world: World
let line: TableProxy
beforeAll(async () => {
  world = await startWorld()
  line = await openTableProxy(world.endpoint)
})
afterAll(async () => {
  await line.close()
  await world.stop()
})

/** The commands that a call sends to the table of sessions. */
async function commandsOf(call: () => Promise<{ readonly status: number }>): Promise<readonly string[]> {
  const before = line.commands().length
  expect((await call()).status).toBe(200)
  return line.commands().slice(before)
}

describe('a request with a session', () => {
  it('reads the session once, and the revocations as every door does, each 5 seconds', async () => {
    const cookie = (await world.signedIn()).cookie(sessionCookie) ?? ''
    const instance = await world.newInstance({ endpoint: line.endpoint })
    expect(await commandsOf(() => instance.call(cookie))).toEqual(['GetItem', 'Query', 'Query'])
    expect(await commandsOf(() => instance.call(cookie))).toEqual(['GetItem'])
    expect(await commandsOf(() => instance.call(cookie))).toEqual(['GetItem'])
  })

  it('that refreshes has 3 reads and 2 writes more, of which one reads whether the sign-in has ended', async () => {
    const cookie = (await world.signedIn()).cookie(sessionCookie) ?? ''
    const instance = await world.newInstance({ endpoint: line.endpoint })
    await instance.call(cookie)
    await dueIn(world.access, cookie, -1)
    const commands = await commandsOf(() => instance.call(cookie))
    expect(commands.filter((command) => command !== 'Query')).toEqual([
      'GetItem',
      'GetItem',
      'UpdateItem',
      'BatchGetItem',
      'TransactWriteItems',
    ])
  })
})
