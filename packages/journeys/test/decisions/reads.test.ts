/** Every field × every caller × every path × every syntax, on the deployed handler with signed tokens. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callers } from './kit/callers.ts'
import { readCases, repeatedCases, type Scene } from './kit/reads.ts'
import { startScene } from './kit/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.world.endpoint.stop())

describe.each(callers.map(({ name }, index) => [name, index] as const))('%s', (_name, index) => {
  it.each(readCases.map((each) => [each.name, each] as const))('reads exactly what is due: %s', async (_case, each) => {
    const caller = scene.world.callers[index]
    expect(caller && (await each.problems(scene, caller))).toEqual([])
  })

  it.each(repeatedCases.map((each) => [each.name, each] as const))(
    'reads the same when it is asked often: %s',
    async (_case, each) => {
      const caller = scene.world.callers[index]
      expect(caller && (await each.problems(scene, caller))).toEqual([])
    },
  )
})
