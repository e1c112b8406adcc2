/**
 * How far a client has synced. Writers stamp their changes with their own clocks and need a moment to commit, so a change
 * may appear *behind* one that was told already. The last `settleMs` are therefore read again each time, and what was told
 * from them is remembered in the cursor, up to 500 changes: late changes are told, and nothing is told twice.
 */
import { createHash } from 'node:crypto'
import type { Item } from '../table-writes.ts'
import { type Desk, instant } from './desk.ts'
import type { Stretch } from './keys.ts'

/** More than the clocks of two machines differ plus what a write may take with all its retries. */
const settleMs = 20_000
const seenMax = 500
const list = 'changes'

export interface Sync {
  /** Everything up to here was told: `instant#noteId`, or an instant. */
  readonly from: string
  /** Hashes of the places behind `from` that were told, too. */
  readonly seen: readonly string[]
  /** Milliseconds since the epoch: the client knows of everything that was gone by then. */
  readonly asOf: number
}

/** A change and its place in the order of all changes. */
export interface Placed {
  readonly place: string
  readonly stretch: Stretch
  readonly item: Item
}

export interface Told {
  /** Everything read behind `from`, in order, told now or before or not yet. */
  readonly placed: readonly Placed[]
  readonly page: readonly Placed[]
  readonly hasMore: boolean
  readonly now: number
}

export const hashOf = (place: string): string => createHash('sha256').update(place).digest('base64url').slice(0, 8)

const earlier = (a: string, b: string) => (a < b ? a : b)
const later = (a: string, b: string) => (earlier(a, b) === a ? b : a)

/** Those of `told` behind `from`, remembered; the oldest are forgotten when they are too many, and `from` moves past them. */
const remember = (told: readonly Placed[], from: string): Pick<Sync, 'from' | 'seen'> => {
  const behind = told.filter(({ place }) => place > from)
  const forgotten = behind.at(-seenMax - 1)?.place ?? from
  return { from: forgotten, seen: behind.slice(-seenMax).map(({ place }) => hashOf(place)) }
}

/** The cursor after a page was told. */
export const advance = (sync: Sync, { placed, page, hasMore, now }: Told): Sync => {
  const reached = (hasMore ? page : placed).at(-1)?.place ?? sync.from
  const from = later(sync.from, earlier(reached, instant(now - settleMs)))
  if (!hasMore) return { ...remember(placed, from), asOf: now }
  const next = remember(page, from)
  const seen = [...new Set([...sync.seen, ...next.seen])]
  // In the middle of very many changes within moments, late ones are looked for from this page on.
  return seen.length > seenMax
    ? { ...remember(page, page[0]?.place ?? from), asOf: sync.asOf }
    : { ...next, seen, asOf: sync.asOf }
}

export const sealSync = (desk: Desk, { from, seen, asOf }: Sync): string =>
  desk.cursors.seal(`${desk.personId} ${list}`, [from, asOf, seen.join('')].join(' '))

/** Undefined for what is not a cursor of this caller's changes. */
export const openSync = (desk: Desk, cursor: string): Sync | undefined => {
  const [from = '', asOf = '', seen = ''] = desk.cursors.open(`${desk.personId} ${list}`, cursor)?.split(' ') ?? []
  return asOf === '' ? undefined : { from, asOf: Number(asOf), seen: seen.match(/.{8}/g) ?? [] }
}
