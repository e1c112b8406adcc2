/** Where changes stand: all stretches of one person's changes as one list, read without the contents behind them. */
import type { NoteGoneReason } from '../../generated/types.ts'
import { partition, type Stretch, wholeOf } from '../../store/keys.ts'
import type { Item, Key } from '../../store/writes.ts'
import { limits } from '../note-input.ts'
import type { Desk } from '../note-scope.ts'

/** A change, as far as it can be known before its note is read. */
export interface Placed {
  /** `instant#noteId`, in the order of all changes. */
  readonly place: string
  readonly at: string
  readonly noteId: string
  readonly stretch: Stretch
  /** Whose partition the note lies in. */
  readonly ownerId: string
  /** Of what is gone. */
  readonly reason: NoteGoneReason
  /** Of the note when it stood here; 0 of what is gone. */
  readonly contentBytes: number
}

export interface Portion {
  readonly stretches: readonly Stretch[]
  /** Exclusive. */
  readonly from: string
  /** How many places of each stretch are enough. */
  readonly enough: number
}

export interface Places {
  /** In order, each note once. */
  readonly placed: readonly Placed[]
  /** Behind this place not every stretch was read; undefined when all were read to their ends. */
  readonly horizon: string | undefined
}

/** The stretches behind a place as one list. One request for each, one more for each further 1 MB of places. */
export async function readPlaces(desk: Desk, portion: Portion): Promise<Places> {
  const lists = await Promise.all(portion.stretches.map((stretch) => readStretch(desk, stretch, portion)))
  const ends = lists.flatMap(({ placed, cut }) => (cut ? placed.slice(-1) : [])).sort(inOrder)
  return { placed: lastOfEach(lists.flatMap(({ placed }) => placed).sort(inOrder)), horizon: ends[0]?.place }
}

function inOrder(a: Placed, b: Placed) {
  return a.place < b.place ? -1 : 1
}

/** A note that moved on while the stretches were read was met where it stood and where it stands: only the latter counts. */
function lastOfEach(placed: readonly Placed[]): Placed[] {
  const last = new Map(placed.map((one) => [one.noteId, one]))
  return placed.filter((one) => last.get(one.noteId) === one)
}

async function readStretch(desk: Desk, stretch: Stretch, { from, enough }: Portion) {
  const between = [`${stretch}#${from}`, wholeOf(stretch)[1]] as const
  const range = { pk: partition(desk.personId), index: 'changePlaces', between, forward: true } as const
  const items: Item[] = []
  let after: Key | undefined
  do {
    const page = await desk.table.query({ ...range, after, limit: enough - items.length })
    items.push(...page.items)
    after = page.last
  } while (after && items.length < enough)
  const placed = items.map((item) => placedOf(desk, stretch, item))
  return { placed: placed.filter(({ place }) => place !== from), cut: after !== undefined }
}

function placedOf(desk: Desk, stretch: Stretch, { changeSk, ...held }: Item): Placed {
  const place = String(changeSk).slice(stretch.length + 1)
  const [at = '', noteId = ''] = place.split('#')
  return {
    place,
    at,
    noteId,
    stretch,
    ownerId: stretch === 'SHARED' ? String(held.ownerId) : desk.personId,
    reason: held.reason === 'DELETED' ? 'DELETED' : 'UNSHARED',
    contentBytes: stretch === 'GONE' ? 0 : Number(held.contentBytes ?? limits.contentBytes),
  }
}
