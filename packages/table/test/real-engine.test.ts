/** The table on a real engine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConditionFailed } from '../src/failures.ts'
import { createTable, type OpenTable } from '../src/table.ts'
import { type Engine, startEngine } from './kit/engine.ts'
import { bePatient } from './kit/patience.ts'

bePatient()
const key = { pk: 'p', sk: 's' }
let engine: Engine
let table: OpenTable
beforeAll(async () => {
  engine = await startEngine()
  table = createTable(await engine.newTable())
})
afterAll(() => engine.stop())

describe('the table on a real engine', () => {
  it('reads, writes on conditions, and returns the item that failed a condition', async () => {
    await table.write({ put: { ...key, n: 1 }, when: [[['absent', 'pk']]] })
    const again = await table.write({ put: key, when: [[['absent', 'pk']]] }).catch((error: unknown) => error)
    expect(again).toBeInstanceOf(ConditionFailed)
    expect((again as ConditionFailed).failures).toEqual([{ failed: true, item: { ...key, n: 1 } }])
    const update = { update: key, set: { a: 'x', n: undefined }, add: { c: 2 } }
    expect(
      await table.update({
        ...update,
        when: [
          [['=', 'n', 2]],
          [
            ['exists', 'n'],
            ['<', 'n', 2],
          ],
        ],
      }),
    ).toEqual({ ...key, a: 'x', c: 2 })
    const both = table.transact([{ put: { pk: 'p', sk: 'new' } }, { remove: key, when: [[['=', 'a', 'y']]] }])
    expect(((await both.catch((error: unknown) => error)) as ConditionFailed).failures).toEqual([
      { failed: false, item: undefined },
      { failed: true, item: { ...key, a: 'x', c: 2 } },
    ])
  })

  it('reads each key once, by one request for each 100', async () => {
    const many = Array.from({ length: 150 }, (_, index) => ({ pk: 'many', sk: String(index) }))
    await Promise.all(many.map((put) => table.write({ put })))
    const before = table.used.requests
    expect(await table.batchGet([...many, ...many])).toHaveLength(150)
    expect(table.used.requests - before).toBe(2)
    expect(table.used.units).toBeGreaterThan(150)
  })
})
