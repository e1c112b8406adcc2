/** The lists of one caller: own notes, and notes that are shared with them. */

import type { Clause, Item } from '@fieldnotes/table/writes'
import { Problems } from '../errors/bad-input.ts'
import type { NoteFilter, NoteOrder } from '../generated/types.ts'
import { boundsOf, changeSk, type IndexRange, noteKey, partition, pointerKey } from '../store/item-keys.ts'
import { readVisible, targetOf } from './find-notes.ts'
import { parseTag } from './note-input.ts'
import { noteOf } from './note-item.ts'
import type { NoteScope } from './note-scope.ts'
import type { PageArguments } from './page-arguments.ts'
import { type Listing, type NotePage, pageOf } from './pages.ts'

export interface NotesArguments extends PageArguments {
  readonly filter?: NoteFilter | null | undefined
  readonly orderBy?: NoteOrder | null | undefined
}

/** Own notes; without `orderBy` the latest change first. @throws BAD_USER_INPUT */
export async function listNotes(scope: NoteScope, args: NotesArguments): Promise<NotePage> {
  const problems = new Problems()
  const filter = parseFilter(args.filter ?? {}, problems)
  const { field, direction } = args.orderBy ?? { field: 'UPDATED_AT', direction: 'DESC' }
  const order = { forward: direction === 'ASC', ...(field === 'UPDATED_AT' && { index: 'byChange' as const }) }
  const listing = field === 'UPDATED_AT' ? byChange(scope, filter) : byCreation(scope, filter)
  const choice = [field, direction, filter.tag, filter.pinned, filter.updatedSince, filter.trashed === true]
  const name = `notes ${JSON.stringify(choice)}`
  const load = async (items: readonly Item[]) => items.map(noteOf)
  return pageOf(scope, { ...listing, name, load, problems, query: { ...listing.query, ...order } }, args)
}

/** The filter with its tag in the form in which tags are stored. */
function parseFilter(filter: NoteFilter, problems: Problems): NoteFilter {
  if (typeof filter.tag !== 'string') return filter
  return { ...filter, tag: parseTag(filter.tag, 'filter.tag', problems) }
}

/** Notes that other people share with the caller, the latest change first. @throws BAD_USER_INPUT */
export function listShared(scope: NoteScope, args: PageArguments): Promise<NotePage> {
  const load = async (items: readonly Item[]) => {
    const notes = await readVisible(scope, items.map(targetOf))
    return items.map((item) => notes.get(String(item.id)))
  }
  const query = {
    pk: partition(scope.personId),
    index: 'byChange',
    between: boundsOf('SHARED'),
    forward: false,
  } as const
  const listing = { name: 'sharedWithMe', query, load, problems: new Problems(), ...positionsIn(scope, 'SHARED') }
  return pageOf(scope, listing, args)
}

type Positions = Pick<Listing, 'positionOf' | 'keyAt'>
type Part = Positions & { readonly query: Omit<Listing['query'], 'forward' | 'index'> }

/** Positions in a range of `byChange` are `instant#noteId`. */
function positionsIn(scope: NoteScope, range: IndexRange): Positions {
  return {
    positionOf: (item) => String(item.changeSk).slice(range.length + 1),
    keyAt: (position) => {
      const [at = '', id = ''] = position.split('#')
      const key = range === 'SHARED' ? pointerKey(scope.personId, id) : noteKey(scope.personId, id)
      return { ...key, changeSk: changeSk(range, at, id) }
    },
  }
}

function byChange(scope: NoteScope, filter: NoteFilter): Part {
  const range = filter.trashed ? 'TRASH' : 'NOTE'
  const [low, high] = boundsOf(range)
  const between = [filter.updatedSince ? `${range}#${filter.updatedSince}` : low, high] as const
  return {
    ...positionsIn(scope, range),
    query: { pk: partition(scope.personId), between, ...where(unindexed(filter)) },
  }
}

/** Positions are ids of notes, which are ULIDs and sort by creation. */
function byCreation(scope: NoteScope, filter: NoteFilter): Part {
  const trash: Clause = [filter.trashed ? 'exists' : 'absent', 'trashedAt']
  const since: Clause[] = filter.updatedSince ? [['>=', 'updatedAt', filter.updatedSince]] : []
  const clauses = [trash, ...since, ...unindexed(filter)]
  return {
    positionOf: (item) => item.sk.slice('NOTE#'.length),
    keyAt: (position) => noteKey(scope.personId, position),
    query: { pk: partition(scope.personId), between: boundsOf('NOTE'), ...where(clauses) },
  }
}

/** Filters without an index: DynamoDB reads the items between, and drops them. */
function unindexed({ tag, pinned }: NoteFilter): Clause[] {
  return [
    ...(typeof tag === 'string' ? ([['contains', 'tags', tag]] as const) : []),
    ...(typeof pinned === 'boolean' ? ([['=', 'pinned', pinned]] as const) : []),
  ]
}

function where(clauses: readonly Clause[]) {
  return clauses.length > 0 ? { where: [clauses] } : {}
}
