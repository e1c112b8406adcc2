/**
 * The state of a client's sync, which its cursor holds. Writers stamp changes with their own clocks and commit a moment
 * later, so that a change may appear before one that was delivered already. Each call therefore reads the last
 * `settleMs` again, and the cursor remembers what was delivered of them: late changes are delivered, and none is
 * delivered twice.
 */
import { createHash } from 'node:crypto'
import { instant } from '@fieldnotes/table/instants'
import type { NoteScope } from '../note-scope.ts'

/**
 * Milliseconds. More than the difference of two machines' clocks plus the duration of a write with all its attempts.
 */
const settleMs = 20_000
/**
 * Deliveries that a cursor remembers: more than one partition can take in `settleMs`. DynamoDB writes 1,000 units a
 * second there, and a change is at least three, with its two indexes. Such a cursor has 75,000 characters.
 */
const deliveredMax = 7000
const list = 'changes'

export interface SyncState {
  /** Everything up to this position was delivered: `instant#noteId`, or an instant. */
  readonly from: string
  /** Hashes of the positions after `from` that were delivered too. */
  readonly delivered: readonly string[]
  /** Milliseconds since the epoch: the client knows of every deletion up to then. */
  readonly asOf: number
}

/** What one call read and delivered. */
export interface Delivery {
  /** Delivered entries among those read, in order: by this page or an earlier one. */
  readonly delivered: readonly { readonly position: string }[]
  /** Everything up to this position is delivered. */
  readonly reached: string
  /** Whether every entry after `from` was read. */
  readonly complete: boolean
  readonly hasMore: boolean
  readonly now: number
}

/** The 48 bits of a position that a cursor remembers. */
export function hashOf(position: string): string {
  return createHash('sha256').update(position).digest('base64url').slice(0, 8)
}

function earlier(a: string, b: string) {
  return a < b ? a : b
}
function later(a: string, b: string) {
  return earlier(a, b) === a ? b : a
}

/**
 * The state after a delivery. Beyond `deliveredMax` the oldest hashes are dropped, and `from` moves to them: nothing is
 * delivered twice even then, but a change that commits late before `from` is missed.
 */
export function advance(state: SyncState, { delivered, reached, complete, hasMore, now }: Delivery): SyncState {
  const from = later(state.from, earlier(reached, instant(now - settleMs)))
  const read = new Set(delivered.map(({ position }) => hashOf(position)))
  // A hash that was not read again: its entry is further on, or its note has changed and left the position.
  const unread = complete ? [] : state.delivered.filter((hash) => !read.has(hash))
  const recent = delivered.filter(({ position }) => position > from)
  const surplus = recent.slice(0, Math.max(0, recent.length + unread.length - deliveredMax))
  const hashes = [...recent.slice(surplus.length).map(({ position }) => hashOf(position)), ...unread]
  return { from: surplus.at(-1)?.position ?? from, delivered: hashes, asOf: hasMore ? state.asOf : now }
}

/** The cursor of a state. */
export function sealSync(scope: NoteScope, { from, delivered, asOf }: SyncState): string {
  return scope.cursors.seal(`${scope.personId} ${list}`, [from, asOf, delivered.join('')].join(' '))
}

/** The state in a cursor; undefined for a text that is not a cursor of this caller's changes. */
export function openSync(scope: NoteScope, cursor: string): SyncState | undefined {
  const position = scope.cursors.open(`${scope.personId} ${list}`, cursor)
  const [from = '', asOf = '', delivered = ''] = position?.split(' ') ?? []
  return asOf === '' ? undefined : { from, asOf: Number(asOf), delivered: delivered.match(/.{8}/g) ?? [] }
}
