/** A table that measures what each request reads, also when requests run at the same time. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Table } from '@fieldnotes/table/table'
import type { Item } from '@fieldnotes/table/writes'

export interface Weight {
  /** Calls of the table. */
  reads: number
  /** Bytes of the returned items as JSON. */
  bytes: number
}

export interface Scale {
  readonly wrap: (table: Table) => Table
  /** Runs one request, and returns what it read. */
  readonly weigh: <Out>(act: () => Promise<Out>) => Promise<{ readonly out: Out; readonly weight: Readonly<Weight> }>
}

export function createScale(): Scale {
  const current = new AsyncLocalStorage<Weight>()
  const note = (items: readonly (Item | undefined)[]) => {
    const weight = current.getStore()
    if (!weight) return
    weight.reads += 1
    for (const item of items) weight.bytes += Buffer.byteLength(JSON.stringify(item ?? ''))
  }
  const noted =
    <Args extends unknown[], Out>(
      act: (...args: Args) => Promise<Out>,
      itemsOf: (out: Out) => readonly (Item | undefined)[],
    ) =>
    async (...args: Args): Promise<Out> => {
      const out = await act(...args)
      note(itemsOf(out))
      return out
    }
  return {
    wrap: (table) => ({
      ...table,
      get: noted(table.get, (item) => [item]),
      batchGet: noted(table.batchGet, (items) => items),
      query: noted(table.query, ({ items }) => items),
    }),
    weigh: async (act) => {
      const weight = { reads: 0, bytes: 0 }
      return { out: await current.run(weight, act), weight }
    },
  }
}
