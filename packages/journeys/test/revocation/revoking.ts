/** What the tests of revocations share: a world for one file, and instances that remember tokens. */
import { afterAll, beforeAll, expect } from 'vitest'
import { type Instance, startWorld, type World } from './instances.ts'

export const accepted = '200'
export const refused = '401 UNAUTHENTICATED'
export const closed = '503 UNAVAILABLE'

/** A world for the tests of one file. */
export interface Revoking {
  /** The running one. */
  readonly world: () => World
  readonly revoke: (...words: string[]) => Promise<void>
  /** Two instances that have used, and so remember, each of the tokens. */
  readonly warmInstances: (...tokens: string[]) => Promise<readonly [Instance, Instance]>
}

/** Starts a world before the tests of the file, and stops it after them. */
export function startRevoking(): Revoking {
  let started: World | undefined
  const world = () => {
    if (started) return started
    throw new Error('the world has not started')
  }
  beforeAll(async () => {
    started = await startWorld()
  })
  afterAll(() => started?.stop())
  return {
    world,
    revoke: async (...words) => {
      const { status, err } = await world().admin('revoke', ...words, '--yes')
      expect([status, err]).toEqual([0, ''])
    },
    warmInstances: async (...tokens) => {
      const instances = [await world().newInstance(), await world().newInstance()] as const
      for (const { call } of instances)
        for (const token of tokens) expect([await call(token), await call(token)]).toEqual([accepted, accepted])
      return instances
    },
  }
}

/** What each of the instances answers. */
export async function outcomes(instances: readonly Instance[], token?: string): Promise<readonly string[]> {
  return Promise.all(instances.map(({ call }) => call(token)))
}

let serial = 0

/** A person of one test alone, as a word of the command and of a token. */
export function newPerson(): string {
  serial += 1
  return `person${serial}`
}
