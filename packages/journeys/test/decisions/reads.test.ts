/** Every field × every caller × every path × every syntax, on the deployed handler with signed tokens. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callers } from './kit/callers.ts'
import { type ReadWorld, readCases, repeatedCases } from './kit/read-cases.ts'
import { startReadWorld } from './kit/read-world.ts'

let readWorld: ReadWorld

beforeAll(async () => {
  readWorld = await startReadWorld()
})
afterAll(() => readWorld.world.endpoint.stop())

describe.each(callers.map(({ name }, index) => [name, index] as const))('%s', (_name, index) => {
  it.each(readCases.map((each) => [each.name, each] as const))('reads exactly what is due: %s', async (_case, each) => {
    const caller = readWorld.world.callers[index]
    expect(caller && (await each.problems(readWorld, caller))).toEqual([])
  })

  it.each(repeatedCases.map((each) => [each.name, each] as const))(
    'reads the same when the operation is repeated: %s',
    async (_case, each) => {
      const caller = readWorld.world.callers[index]
      expect(caller && (await each.problems(readWorld, caller))).toEqual([])
    },
  )
})
