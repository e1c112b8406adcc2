/**
 * Every mutation × every caller × every state of a note: refused before the write, or executed, with the payload under
 * the caller's rules.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callers } from './kit/callers.ts'
import { creationCases } from './kit/creation-cases.ts'
import { startEndpoint } from './kit/endpoint.ts'
import { noteCases } from './kit/note-cases.ts'
import { createWorld } from './kit/world.ts'
import { createWriteWorld, type WriteWorld } from './kit/write-world.ts'

let writeWorld: WriteWorld

beforeAll(async () => {
  writeWorld = createWriteWorld(await createWorld(await startEndpoint()))
})
afterAll(() => writeWorld.world.endpoint.stop())

describe.each(callers.map(({ name }, index) => [name, index] as const))('%s', (_name, index) => {
  it.each([...noteCases, ...creationCases].map((each) => [each.name, each] as const))(
    'writes exactly what is due, as viewerCan foretold: %s',
    async (_case, each) => {
      const caller = writeWorld.world.callers[index]
      expect(caller && (await each.problems(writeWorld, caller))).toEqual([])
    },
  )
})
