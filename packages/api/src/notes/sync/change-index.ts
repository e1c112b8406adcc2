/** Reads the index entries of one person's changes, without the notes behind them, as one ordered list. */

import type { Item, Key } from '@fieldnotes/table/writes'
import type { NoteGoneReason } from '../../generated/types.ts'
import { boundsOf, type IndexRange, partition } from '../../store/item-keys.ts'
import { limits } from '../note-limits.ts'
import type { NoteScope } from '../note-scope.ts'

/** A change, as far as the index knows it. */
export interface ChangeEntry {
  /** `instant#noteId`, which orders all changes. */
  readonly position: string
  readonly at: string
  readonly noteId: string
  readonly range: IndexRange
  /** The person in whose partition the note is. */
  readonly ownerId: string
  /** The reason that a tombstone records. */
  readonly reason: NoteGoneReason
  /** Bytes of the note's content at this change; 0 for a tombstone. */
  readonly contentBytes: number
}

export interface ChangeQuery {
  readonly ranges: readonly IndexRange[]
  /** Exclusive. */
  readonly from: string
  /** Entries to read of each range. */
  readonly limit: number
}

export interface ChangeEntries {
  /** In order, at most one for each note. */
  readonly entries: readonly ChangeEntry[]
  /** The position up to which every range was read; undefined when all were read to their ends. */
  readonly readTo: string | undefined
}

/** Entries of all ranges after a position. One request for each range, one more for each further 1 MB of entries. */
export async function readEntries(scope: NoteScope, query: ChangeQuery): Promise<ChangeEntries> {
  const lists = await Promise.all(query.ranges.map((range) => readRange(scope, range, query)))
  const ends = lists.flatMap(({ entries, isCut }) => (isCut ? entries.slice(-1) : [])).sort(inOrder)
  return { entries: lastOfEachNote(lists.flatMap(({ entries }) => entries).sort(inOrder)), readTo: ends[0]?.position }
}

function inOrder(a: ChangeEntry, b: ChangeEntry) {
  return a.position < b.position ? -1 : 1
}

/**
 * A note that changes while the ranges are read may be found at its old and at its new position. Only the new one
 * counts.
 */
function lastOfEachNote(entries: readonly ChangeEntry[]): ChangeEntry[] {
  const last = new Map(entries.map((entry) => [entry.noteId, entry]))
  return entries.filter((entry) => last.get(entry.noteId) === entry)
}

async function readRange(scope: NoteScope, range: IndexRange, { from, limit }: ChangeQuery) {
  const between = [`${range}#${from}`, boundsOf(range)[1]] as const
  const query = { pk: partition(scope.personId), index: 'changePlaces', between, forward: true } as const
  const items: Item[] = []
  let after: Key | undefined
  do {
    const page = await scope.table.query({ ...query, after, limit: limit - items.length })
    items.push(...page.items)
    after = page.last
  } while (after && items.length < limit)
  const entries = items.map((item) => entryOf(scope, range, item))
  return { entries: entries.filter(({ position }) => position !== from), isCut: after !== undefined }
}

function entryOf(scope: NoteScope, range: IndexRange, { changeSk, ...attributes }: Item): ChangeEntry {
  const position = String(changeSk).slice(range.length + 1)
  const [at = '', noteId = ''] = position.split('#')
  return {
    position,
    at,
    noteId,
    range,
    ownerId: range === 'SHARED' ? String(attributes.ownerId) : scope.personId,
    reason: attributes.reason === 'DELETED' ? 'DELETED' : 'UNSHARED',
    contentBytes: range === 'GONE' ? 0 : Number(attributes.contentBytes ?? limits.contentBytes),
  }
}
