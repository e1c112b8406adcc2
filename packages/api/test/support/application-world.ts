/** Applications in a table of the tests of one file, and the check of a request that may have a key. */
import type { Principal } from '@fieldnotes/core/principal'
import { sampleService } from '@fieldnotes/core/sample-principals'
import { digestOf } from '@fieldnotes/table/digest'
import { createTable, type OpenTable } from '@fieldnotes/table/table'
import { type Engine, startEngine } from '@fieldnotes/table/test/engine'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { apiKeyOf, secretOf } from '../../src/keys/api-key.ts'
import type { Application } from '../../src/keys/application.ts'
import { type CheckKey, createCheckKey } from '../../src/keys/check-key.ts'
import { addApplication } from '../../src/keys/stored-applications.ts'

/** The client of every application that names no other. */
export const robot = sampleService({ id: 'robot-id', issuer: 'fieldnotes', clientId: 'robot' })

/** When each test begins, in milliseconds since the epoch. */
export const start = 1_800_000_000_000

/** The secret of every key. */
export const first = secretOf()

/** Starts a table before the tests of the file. Tests move `now`; `lines` are the events of the log. */
export function applicationWorld() {
  let engine: Engine
  let table: OpenTable
  let made = 0
  beforeAll(async () => {
    engine = await startEngine()
    table = createTable(await engine.newTable('access'))
  })
  afterAll(() => engine.stop())
  const world = {
    now: start,
    lines: [] as string[],
    access: () => table,
    /** Stores an application with one key that ends in an hour. Returns its id and its key. */
    newApplication: async (change: Partial<Application> = {}) => {
      made += 1
      const id = `app${made}`
      const key = apiKeyOf('test', id, first)
      const keys = [{ digest: digestOf(key), createdAt: start / 1000, endsAt: start / 1000 + 3600 }]
      await addApplication(table, { id, stage: 'test', clients: ['fieldnotes:robot'], keys, ...change }, start)
      return { id, key }
    },
    checkOf: (options: Partial<Parameters<typeof createCheckKey>[0]> = {}): CheckKey => {
      const log = (_level: string, event: string) => void world.lines.push(event)
      const given = { access: table, stage: 'test', apiKeys: 'optional', clock: () => world.now, log } as const
      return createCheckKey({ ...given, ...options })
    },
  }
  beforeEach(() => {
    world.now = start
    world.lines = []
  })
  return world
}

/** Id of the application, `none`, or code and reason. */
export async function outcome(
  check: CheckKey,
  key: string | undefined,
  principal: Principal = robot,
  name = 'x-api-key',
): Promise<string> {
  try {
    return (await check({ [name]: key }, principal))?.id ?? 'none'
  } catch (error) {
    const { code, reason } = error as { code: string; reason: string }
    return `${code} ${reason}`
  }
}
