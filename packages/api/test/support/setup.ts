import type { Table } from '@fieldnotes/table/table'
import { type Engine, startEngine } from '@fieldnotes/table/test/engine'
import { bePatient } from '@fieldnotes/table/test/patience'
import { afterAll, beforeAll } from 'vitest'
import { createWorld, type World } from './world.ts'

/** One engine for a test file; each call of the result creates a world with an empty table. */
export function useWorlds(): (wrap?: (table: Table) => Table) => Promise<World> {
  let engine: Engine | undefined
  bePatient()
  beforeAll(async () => {
    engine = await startEngine()
  })
  afterAll(async () => engine?.stop())
  return async (wrap) => {
    if (!engine) throw new Error('no engine')
    return createWorld(await engine.newTable(), wrap)
  }
}

/** One world for a test file; each call of the result returns two new people in it, and their number. */
export function usePairs() {
  const newWorld = useWorlds()
  let world: World
  let count = 0
  beforeAll(async () => {
    world = await newWorld()
  })
  return () => {
    count += 1
    return { world, count, alice: world.someone(`alice${count}`), bob: world.someone(`bob${count}`) }
  }
}
