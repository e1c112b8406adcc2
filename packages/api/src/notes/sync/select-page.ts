/** Selects the entries of one page of changes. No I/O. */
import { limits } from '../note-limits.ts'
import type { ChangeEntries, ChangeEntry } from './change-index.ts'
import { type Delivery, hashOf, type SyncState } from './sync-cursor.ts'

interface Selection {
  readonly page: readonly ChangeEntry[]
  readonly delivery: Omit<Delivery, 'now'>
}

/** The next entries that were not delivered yet, and how far the sync gets with them. */
export function selectPage(state: SyncState, { entries, readTo }: ChangeEntries, size: number): Selection {
  const before = new Set(state.delivered)
  const fresh = entries.filter(({ position }) => !before.has(hashOf(position)))
  // After `readTo` an entry of a range that was not read to its end may be missing.
  const readable = readTo === undefined ? fresh : fresh.filter(({ position }) => position <= readTo)
  const page = readable.slice(0, countThatFits(readable, size))
  const waiting = new Set(fresh.slice(page.length))
  const end = readTo ?? entries.at(-1)?.position ?? state.from
  const delivery = {
    delivered: entries.filter((entry) => !waiting.has(entry)),
    reached: readable.length > page.length ? (page.at(-1)?.position ?? end) : end,
    complete: readTo === undefined,
    hasMore: waiting.size > 0 || readTo !== undefined,
  }
  return { page, delivery }
}

/** How many entries fit on a page by number and by bytes of contents; the first one always fits. */
function countThatFits(entries: readonly ChangeEntry[], size: number): number {
  let bytes = 0
  const over = entries.findIndex(({ contentBytes }, index) => {
    bytes += contentBytes
    return index > 0 && (index >= size || bytes > limits.changesContentBytes)
  })
  return over < 0 ? entries.length : over
}
