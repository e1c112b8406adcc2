/**
 * Processes that are killed at each step of what they do, on the cloud of one test file. What a process has sent is all
 * that is left of it: each request that changes something is a step, and the steps are those that a process without an
 * accident has sent.
 */
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { type InstanceProcess, startInstance } from './instance-processes.ts'
import type { Step } from './instance-steps.ts'
import { ownerlessSessions } from './stored-sessions.ts'
import { startWorld, type World } from './world.ts'

/** What a process does: an act of a person, prepared before it, and what is checked afterwards. */
export type Prepared<Subject> = readonly [subject: Subject, act: (process: InstanceProcess) => Promise<unknown>]

/** What a test does with processes that end. */
export interface Killing {
  readonly world: () => World
  /** A process of its own, which ends with the test. */
  readonly newProcess: () => Promise<InstanceProcess>
  /**
   * Kills a process at each step of an act, and checks what is left for its subject: no session without its person in
   * any case. Returns the names of the changes.
   */
  readonly killAtEach: <Subject>(
    prepare: () => Promise<Prepared<Subject>>,
    check: (subject: Subject, step: string) => Promise<void>,
  ) => Promise<readonly string[]>
}

const changesNothing = /^(?:Get|BatchGet|Query|\/\.well-known|.*\/jwks)/

/** Starts a cloud before the tests of the file, and stops it after them. */
export function killing(): Killing {
  let world: World
  /** The next process, which starts while the one before it is used. */
  let spare: Promise<InstanceProcess>
  beforeAll(async () => {
    world = await startWorld()
    spare = startInstance(world.settings)
  })
  afterAll(async () => {
    await (await spare).stop()
    await world.stop()
  })

  async function newProcess(): Promise<InstanceProcess> {
    const process = await spare
    spare = startInstance(world.settings)
    onTestFinished(process.stop)
    return process
  }

  /** Before the first change of an act, and after each. */
  async function stepsOf([, act]: Prepared<unknown>): Promise<readonly Step[]> {
    const process = await newProcess()
    await process.requests()
    await act(process)
    const names = (await process.requests()).filter((name) => !changesNothing.test(name))
    const after = names.map((name, at) => {
      const nth = names.slice(0, at + 1).filter((each) => each === name).length
      return { when: 'after', name, nth } as const
    })
    return [{ when: 'before', name: names[0] ?? '', nth: 1 }, ...after]
  }

  return {
    world: () => world,
    newProcess,
    killAtEach: async (prepare, check) => {
      const steps = await stepsOf(await prepare())
      for (const step of steps) {
        const [subject, act] = await prepare()
        const process = await newProcess()
        await process.endAt(step)
        const words = Object.values(step).join(' ')
        expect(await Promise.race([process.ended, act(process)]), words).toBe('SIGKILL')
        await check(subject, words)
        expect(await ownerlessSessions(world.settings.config.access), words).toEqual([])
      }
      return steps.slice(1).map(({ name }) => name)
    },
  }
}
