/** Random steps of three people, some at once, compared with a model. MODEL_RUNS sets the number of runs. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { handleOf, idOf } from '../support/acts.ts'
import type { Model, Name } from '../support/model.ts'
import { names } from '../support/model.ts'
import { steps } from '../support/model-commands.ts'
import type { Real } from '../support/model-step.ts'
import { lookAround, sync } from '../support/model-watch.ts'
import { useWorlds } from '../support/setup.ts'
import type { World } from '../support/world.ts'

const newWorld = useWorlds()
const runs = Number(process.env.MODEL_RUNS ?? 40)
const stepsPerRun = 100

async function byName<T>(make: (name: Name) => T | Promise<T>): Promise<Record<Name, Awaited<T>>> {
  const made = await Promise.all(names.map(async (name) => [name, await make(name)] as const))
  return Object.fromEntries(made) as Record<Name, Awaited<T>>
}

let meetings = 0

/** Three people who never met before. */
async function meet(world: World): Promise<Real> {
  meetings += 1
  const meeting = meetings
  const people = await byName((name) => world.someone(`${name}-${meeting}`))
  return {
    people,
    handles: await byName((name) => handleOf(people[name])),
    ids: await byName((name) => idOf(people[name])),
    devices: await byName(() => ({ cursor: null, kept: new Map(), delivered: new Map() })),
  }
}

describe('notes of three people', () => {
  it('agree with the model after every step', { timeout: 600_000 }, async () => {
    const world = await newWorld()
    let taken = 0
    const property = fc.asyncProperty(
      fc.commands(steps, { maxCommands: stepsPerRun, size: 'max' }),
      async (commands) => {
        const model: Model = { notes: [], tick: 0, news: await byName(() => new Set<string>()) }
        const real = await meet(world)
        await fc.asyncModelRun(() => ({ model, real }), commands)
        taken += [...commands].length
        await lookAround(model, real)
        for (const name of names) await sync(name, 3).run(model, real)
      },
    )
    await fc.assert(property, { numRuns: runs, endOnFailure: true })
    expect(taken).toBeGreaterThan(runs * 20)
  })
})
