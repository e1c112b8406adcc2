/** The lists of one caller: own notes, and notes shared with them. */
import { Problems } from '../errors/bad-input.ts'
import type { NoteFilter, NoteOrder } from '../generated/types.ts'
import { changeSk, noteKey, partition, pointerKey, type Stretch, wholeOf } from '../store/keys.ts'
import type { Clause, Item } from '../store/writes.ts'
import { follow, leadOf } from './find-notes.ts'
import { parseTag } from './note-input.ts'
import { noteOf } from './note-item.ts'
import type { Desk } from './note-scope.ts'
import { type Listing, type NotePage, type PageArgs, pageOf } from './pages.ts'

export interface NotesArgs extends PageArgs {
  readonly filter?: NoteFilter | null | undefined
  readonly orderBy?: NoteOrder | null | undefined
}

/** By last change unless asked otherwise, newest first. @throws BAD_USER_INPUT */
export async function listNotes(desk: Desk, args: NotesArgs): Promise<NotePage> {
  const problems = new Problems()
  const filter = parseFilter(args.filter ?? {}, problems)
  const { field, direction } = args.orderBy ?? { field: 'UPDATED_AT', direction: 'DESC' }
  const order = { forward: direction === 'ASC', ...(field === 'UPDATED_AT' && { index: 'byChange' as const }) }
  const listing = field === 'UPDATED_AT' ? byChange(desk, filter) : byCreation(desk, filter)
  const name = `notes ${JSON.stringify([field, direction, filter.tag, filter.pinned, filter.updatedSince, filter.trashed === true])}`
  const load = async (items: readonly Item[]) => items.map(noteOf)
  return pageOf(desk, { ...listing, name, load, problems, range: { ...listing.range, ...order } }, args)
}

/** The tag as tags are stored: in whatever spelling it is given, it finds its notes. */
function parseFilter(filter: NoteFilter, problems: Problems): NoteFilter {
  if (typeof filter.tag !== 'string') return filter
  return { ...filter, tag: parseTag(filter.tag, 'filter.tag', problems) }
}

/** Notes that others share with the caller, the latest change first. @throws BAD_USER_INPUT */
export function listShared(desk: Desk, args: PageArgs): Promise<NotePage> {
  const load = async (items: readonly Item[]) => {
    const notes = await follow(desk, items.map(leadOf))
    return items.map((item) => notes.get(String(item.id)))
  }
  const range = { pk: partition(desk.personId), index: 'byChange', between: wholeOf('SHARED'), forward: false } as const
  const listing = { name: 'sharedWithMe', range, load, problems: new Problems(), ...inStretch(desk, 'SHARED') }
  return pageOf(desk, listing, args)
}

type Part = Pick<Listing, 'placeOf' | 'keyAt'> & { readonly range: Omit<Listing['range'], 'forward' | 'index'> }

/** Places of a stretch of `byChange`: what comes behind its name. */
function inStretch(desk: Desk, stretch: Stretch): Pick<Listing, 'placeOf' | 'keyAt'> {
  return {
    placeOf: (item) => String(item.changeSk).slice(stretch.length + 1),
    keyAt: (place) => {
      const [at = '', id = ''] = place.split('#')
      const key = stretch === 'SHARED' ? pointerKey(desk.personId, id) : noteKey(desk.personId, id)
      return { ...key, changeSk: changeSk(stretch, at, id) }
    },
  }
}

function byChange(desk: Desk, filter: NoteFilter): Part {
  const stretch = filter.trashed ? 'TRASH' : 'NOTE'
  const [low, high] = wholeOf(stretch)
  const between = [filter.updatedSince ? `${stretch}#${filter.updatedSince}` : low, high] as const
  return { ...inStretch(desk, stretch), range: { pk: partition(desk.personId), between, ...where(marks(filter)) } }
}

function byCreation(desk: Desk, filter: NoteFilter): Part {
  const trash: Clause = [filter.trashed ? 'exists' : 'absent', 'trashedAt']
  const since: Clause[] = filter.updatedSince ? [['>=', 'updatedAt', filter.updatedSince]] : []
  return {
    placeOf: (item) => item.sk.slice('NOTE#'.length),
    keyAt: (place) => noteKey(desk.personId, place),
    range: { pk: partition(desk.personId), between: wholeOf('NOTE'), ...where([trash, ...since, ...marks(filter)]) },
  }
}

/** What no order of the table can answer: the items in between are looked at and passed over. */
function marks({ tag, pinned }: NoteFilter): Clause[] {
  return [
    ...(typeof tag === 'string' ? ([['contains', 'tags', tag]] as const) : []),
    ...(typeof pinned === 'boolean' ? ([['=', 'pinned', pinned]] as const) : []),
  ]
}

function where(clauses: readonly Clause[]) {
  return clauses.length > 0 ? { where: [clauses] } : {}
}
