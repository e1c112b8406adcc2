/**
 * How far a client has synced. Writers stamp their changes with their own clocks and need a moment to commit, so a change
 * may appear *behind* one that was told already. The last `settleMs` are therefore read again each time, and what was told
 * from them is remembered in the cursor: late changes are told, and nothing is told twice.
 */
import { createHash } from 'node:crypto'
import { type Desk, instant } from '../note-scope.ts'

/** More than the clocks of two machines differ plus what a write may take with all its retries. */
const settleMs = 20_000
/**
 * More than one person's partition can take in that time: DynamoDB writes 1,000 units a second there, and a change is three at
 * least, with its two indexes. A cursor that remembers so many has 75,000 characters.
 */
const seenMax = 7000
const list = 'changes'

/** How many days after its `asOf` a cursor is taken: how long clients may stay away and still learn what is gone. */
export const cursorDays = 30

export interface Sync {
  /** Everything up to here was told: `instant#noteId`, or an instant. */
  readonly from: string
  /** Hashes of the places behind `from` that were told, too. */
  readonly seen: readonly string[]
  /** Milliseconds since the epoch: the client knows of everything that was gone by then. */
  readonly asOf: number
}

export interface Told {
  /** Of what was read behind `from`, in order, all that is told by now: with this page or before. */
  readonly told: readonly { readonly place: string }[]
  /** Everything up to here is told. */
  readonly reached: string
  /** Whether all that lies behind `from` was read. */
  readonly complete: boolean
  readonly hasMore: boolean
  readonly now: number
}

export function hashOf(place: string): string {
  return createHash('sha256').update(place).digest('base64url').slice(0, 8)
}

function earlier(a: string, b: string) {
  return a < b ? a : b
}
function later(a: string, b: string) {
  return earlier(a, b) === a ? b : a
}

/**
 * The cursor after a page was told. What is too much to remember is forgotten from the oldest, and `from` moves past it: told
 * twice is nothing even then, but what commits late among those would be missed.
 */
export function advance(sync: Sync, { told, reached, complete, hasMore, now }: Told): Sync {
  const from = later(sync.from, earlier(reached, instant(now - settleMs)))
  const met = new Set(told.map(({ place }) => hashOf(place)))
  // Told before and not met now: it lies behind what was read, or it moved on and its place is nobody's any more.
  const beyond = complete ? [] : sync.seen.filter((hash) => !met.has(hash))
  const behind = told.filter(({ place }) => place > from)
  const surplus = behind.slice(0, Math.max(0, behind.length + beyond.length - seenMax))
  const seen = [...behind.slice(surplus.length).map(({ place }) => hashOf(place)), ...beyond]
  return { from: surplus.at(-1)?.place ?? from, seen, asOf: hasMore ? sync.asOf : now }
}

export function sealSync(desk: Desk, { from, seen, asOf }: Sync): string {
  return desk.cursors.seal(`${desk.personId} ${list}`, [from, asOf, seen.join('')].join(' '))
}

/** Undefined for what is not a cursor of this caller's changes. */
export function openSync(desk: Desk, cursor: string): Sync | undefined {
  const [from = '', asOf = '', seen = ''] = desk.cursors.open(`${desk.personId} ${list}`, cursor)?.split(' ') ?? []
  return asOf === '' ? undefined : { from, asOf: Number(asOf), seen: seen.match(/.{8}/g) ?? [] }
}
