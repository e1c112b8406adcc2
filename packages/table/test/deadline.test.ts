/** The time that the calls of one request have together. */
import { describe, expect, it } from 'vitest'
import { type Deadline, requestMs, within } from '../src/deadline.ts'
import { createTable } from '../src/table.ts'
import { useSilentDatabase } from './kit/silent.ts'

const silent = useSilentDatabase()

describe('a deadline', () => {
  const key = { pk: 'p', sk: 's' }
  const past: Deadline = { at: 1000, clock: () => 1000 }

  it.each([
    ['get', (table) => table.get(key)],
    ['batchGet', (table) => table.batchGet([key])],
    ['query', (table) => table.query({ pk: 'p', between: ['a', 'b'], forward: true, limit: 1 })],
    ['put', (table) => table.write({ put: key })],
    ['update', (table) => table.write({ update: key, set: { a: 1 } })],
    ['remove', (table) => table.write({ remove: key })],
    ['transact', (table) => table.transact([{ put: key }, { remove: { ...key, sk: 'x' } }])],
  ] as const satisfies readonly [string, (table: ReturnType<typeof createTable>) => Promise<unknown>][])(
    'that is over refuses %s as UNAVAILABLE and sends no request',
    async (_, call) => {
      const opened = createTable(silent.config())
      const table = { ...opened, ...opened.until(past) }
      await expect(call(table)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
      expect(silent.requests()).toBe(0)
    },
  )

  it('aborts the signal of a running call', async () => {
    const signals: AbortSignal[] = []
    const never = (signal: AbortSignal) => {
      signals.push(signal)
      return new Promise<never>(() => undefined)
    }
    await expect(within({ at: 1, clock: () => 0 }, never)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })

  it('leaves alone what is done in time, and its errors as they are', async () => {
    const ample: Deadline = { at: requestMs, clock: () => 0 }
    expect(await within(ample, async () => 'done')).toBe('done')
    const mistake = new TypeError('a mistake')
    await expect(within(ample, () => Promise.reject(mistake))).rejects.toBe(mistake)
  })
})
