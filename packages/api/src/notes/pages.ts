/** Relay pages over a stretch of a partition: full, forwards and backwards, by sealed cursors (GraphQL Cursor Connections). */
import type { Problems } from '../errors/bad-input.ts'
import type { Item, Key, Range } from '../store/writes.ts'
import type { Note } from './note.ts'
import type { Desk } from './note-scope.ts'

export interface PageArgs {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly last?: number | null | undefined
  readonly before?: string | null | undefined
}

export interface NoteEntry {
  readonly node: Note
  /** Where the note stands in this list, not yet sealed. */
  readonly place: string
  readonly seal: (place: string) => string
}

export interface NotePage {
  readonly entries: readonly NoteEntry[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

/** A list of notes: a stretch of the table, how places in it are written, and how its items become notes. */
export interface Listing {
  /** Tells this list from every other; goes into its cursors. */
  readonly name: string
  readonly range: Omit<Range, 'after' | 'limit'>
  readonly placeOf: (item: Item) => string
  readonly keyAt: (place: string) => Key
  /** In the same order; undefined where an item leads to nothing that the caller may see. */
  readonly load: (items: readonly Item[]) => Promise<readonly (Note | undefined)[]>
  /** What is wrong with the filter; what is wrong with the page is added. */
  readonly problems: Problems
}

const sizeMax = 100
export const sizeDefault = 20
/** With a filter each request looks at twice as many items as the last, at most so many. */
const lookMax = 1000

interface Window {
  readonly size: number
  readonly backward: boolean
  readonly after: Key | undefined
}

/** Why a page can't be so large; undefined when it can. */
export function sizeFault(size: number | null | undefined): string | undefined {
  const isFine = size === undefined || size === null || (size >= 1 && size <= sizeMax)
  return isFine ? undefined : `use 1 to ${sizeMax}`
}

/** Judges every argument, so that one error names all that is wrong. @throws BAD_USER_INPUT */
function windowOf(desk: Desk, listing: Listing, args: PageArgs): Window {
  const { problems } = listing
  const backward = (args.last ?? args.before ?? null) !== null
  const isMixed = backward && (args.first ?? args.after ?? null) !== null
  // Cursors are sealed for a list, and a list whose filter is wrong has none.
  const open = problems.any ? () => '' : (cursor: string) => desk.cursors.open(sealName(desk, listing), cursor)
  problems.add('first', isMixed ? 'give `first` and `after`, or `last` and `before`' : undefined)
  problems.add('first', sizeFault(args.first))
  problems.add('last', sizeFault(args.last))
  const after = placeIn(args, 'after', { open, problems })
  const before = placeIn(args, 'before', { open, problems })
  problems.assertNone()
  const place = backward ? before : after
  const size = (backward ? args.last : args.first) ?? sizeDefault
  return { size, backward, after: place === undefined ? undefined : listing.keyAt(place) }
}

interface Opening {
  readonly open: (cursor: string) => string | undefined
  readonly problems: Problems
}

/** The place that a cursor holds; undefined without one. */
function placeIn(args: PageArgs, name: 'after' | 'before', { open, problems }: Opening): string | undefined {
  const cursor = args[name]
  if (typeof cursor !== 'string') return undefined
  const place = open(cursor)
  problems.add(name, place === undefined ? 'not a cursor of this list' : undefined)
  return place
}

function sealName(desk: Desk, { name }: Listing) {
  return `${desk.personId} ${name}`
}

/** One more than the page holds, so that it knows whether it is the last. */
async function gather(desk: Desk, listing: Listing, { size, backward, after }: Window) {
  const { range } = listing
  const forward = range.forward !== backward
  const found: { readonly node: Note; readonly place: string }[] = []
  let start = after
  for (let turn = 0; turn === 0 || (start && found.length <= size); turn += 1) {
    const limit = range.where ? Math.min((size + 1) * 2 ** turn, lookMax) : size + 1 - found.length
    const { items, last } = await desk.table.query({ ...range, forward, after: start, limit })
    const notes = await listing.load(items)
    for (const [index, item] of items.entries()) {
      const node = notes[index]
      if (node) found.push({ node, place: listing.placeOf(item) })
    }
    start = last
  }
  return found
}

/** A page of a list. One request for own notes without a filter. @throws BAD_USER_INPUT */
export async function pageOf(desk: Desk, listing: Listing, args: PageArgs): Promise<NotePage> {
  const window = windowOf(desk, listing, args)
  const { size, backward, after } = window
  const found = await gather(desk, listing, window)
  const seal = (place: string) => desk.cursors.seal(sealName(desk, listing), place)
  const entries = found.slice(0, size).map((entry) => ({ ...entry, seal }))
  const more = found.length > size
  const behind = after !== undefined
  return backward
    ? { entries: entries.reverse(), hasPreviousPage: more, hasNextPage: behind }
    : { entries, hasNextPage: more, hasPreviousPage: behind }
}
