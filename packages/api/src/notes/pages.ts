/** Reads pages of a list, forwards and backwards (GraphQL Cursor Connections). A page is full unless the list ends. */

import type { Item, Key, Query } from '@fieldnotes/table/writes'
import type { Problems } from '../errors/bad-input.ts'
import type { Note } from './note.ts'
import type { NoteScope } from './note-scope.ts'
import { type PageArguments, parsePageArguments } from './page-arguments.ts'

/** An object on a page. */
export interface Entry<Node> {
  readonly node: Node
  /** The object's position in the list. */
  readonly position: string
  /** Makes a cursor of a position. */
  readonly seal: (position: string) => string
}

/** A page of a connection. */
export interface Page<Node> {
  readonly entries: readonly Entry<Node>[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

export type NoteEntry = Entry<Note>
export type NotePage = Page<Note>

/** A list of notes: a query, the positions of its items, and the notes of its items. */
export interface Listing {
  /** Unique for list, order and filter; part of what cursors are signed for. */
  readonly name: string
  readonly query: Omit<Query, 'after' | 'limit'>
  readonly positionOf: (item: Item) => string
  readonly keyAt: (position: string) => Key
  /** The notes of the items, in the same order; undefined for a note that the caller may not see. */
  readonly load: (items: readonly Item[]) => Promise<readonly (Note | undefined)[]>
  /** Problems of the filter. Those of the page's arguments are added. */
  readonly problems: Problems
}

/** Items that one request reads of a list with a filter. */
const readMax = 1000

interface Start {
  readonly size: number
  readonly backward: boolean
  readonly after: Key | undefined
}

/**
 * One note more than the page has, to learn whether another page follows. Each request of a filtered list reads twice
 * as many items.
 */
async function gather(scope: NoteScope, listing: Listing, { size, backward, after }: Start) {
  const { query } = listing
  const forward = query.forward !== backward
  const found: { readonly node: Note; readonly position: string }[] = []
  let start = after
  for (let round = 0; round === 0 || (start && found.length <= size); round += 1) {
    const limit = query.where ? Math.min((size + 1) * 2 ** round, readMax) : size + 1 - found.length
    const { items, last } = await scope.table.query({ ...query, forward, after: start, limit })
    const notes = await listing.load(items)
    for (const [index, item] of items.entries()) {
      const node = notes[index]
      if (node) found.push({ node, position: listing.positionOf(item) })
    }
    start = last
  }
  return found
}

/** A page of a list. One request for own notes without a filter. @throws BAD_USER_INPUT */
export async function pageOf(scope: NoteScope, listing: Listing, args: PageArguments): Promise<NotePage> {
  const signedFor = `${scope.personId} ${listing.name}`
  const open = (cursor: string) => scope.cursors.open(signedFor, cursor)
  const seal = (position: string) => scope.cursors.seal(signedFor, position)
  const { size, backward, from } = parsePageArguments(args, { open, problems: listing.problems })
  const after = from === undefined ? undefined : listing.keyAt(from)
  const found = await gather(scope, listing, { size, backward, after })
  const entries = found.slice(0, size).map((entry) => ({ ...entry, seal }))
  const more = found.length > size
  const behind = after !== undefined
  return backward
    ? { entries: entries.reverse(), hasPreviousPage: more, hasNextPage: behind }
    : { entries, hasNextPage: more, hasPreviousPage: behind }
}
