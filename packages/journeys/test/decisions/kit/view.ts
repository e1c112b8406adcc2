/** The graph as one caller would see it if nothing were refused: plain objects, derived from the facts. */

import { any, Fault } from './expect.ts'
import type { GoneFacts, NoteFacts, PersonFacts, Stored } from './facts.ts'
import { idOf } from './facts.ts'
import { type KnownCaller, outcomeOf, roleIn } from './oracle.ts'

/** A caller, and what is stored. */
export interface Seen {
  readonly caller: KnownCaller
  readonly stored: Stored
}

/** No person of these worlds has a browser session or an app: their tokens come from issuers. */
function none(type: string) {
  const pageInfo = { type: 'PageInfo', hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null }
  return { type, nodes: [], edges: [], pageInfo }
}
const [noSessions, noApps] = [none('SessionConnection'), none('ConnectedAppConnection')]

/** A person without a stored profile has an id only. */
export function personIn(stored: Stored, key: string) {
  return { ...profileIn(stored, key), sessions: noSessions, apps: noApps }
}

function profileIn({ people }: Stored, key: string): PersonFacts {
  return (
    people.find((person) => person.key === key) ?? {
      type: 'User',
      key,
      id: idOf('User', key),
      name: null,
      email: null,
      handle: null,
    }
  )
}

const acts = { update: 'updateNote', trash: 'trashNote', restore: 'restoreNote', delete: 'deleteNote' } as const
const allActs = { ...acts, share: 'shareNote', leave: 'leaveNote' } as const

function permissions(note: NoteFacts, caller: KnownCaller) {
  return {
    type: 'NotePermissions',
    ...Object.fromEntries(Object.entries(allActs).map(([act, name]) => [act, !outcomeOf(caller, name, note)])),
  }
}

/** Shares, oldest first. */
function sharesIn({ shares }: NoteFacts) {
  return Object.entries(shares).sort(([a, one], [b, other]) => (`${one.at} ${a}` < `${other.at} ${b}` ? -1 : 1))
}

/** A note with all its fields. */
export function noteView(note: NoteFacts, { caller, stored }: Seen) {
  return {
    ...note,
    owner: personIn(stored, note.ownerId),
    viewerRole: roleIn(note, caller) ?? null,
    viewerCan: permissions(note, caller),
    sizeBytes: any('number'),
    shares: sharesIn(note).map(([key, { role, at }]) => ({
      type: 'Share',
      person: personIn(stored, key),
      role,
      sharedAt: at,
    })),
    /** The oracle needs the facts, not the view. */
    facts: note,
  }
}

/** The note, or NOT_FOUND when the caller has no share of it. */
export function noteOrFault(note: NoteFacts | undefined, seen: Seen) {
  return note && roleIn(note, seen.caller) ? noteView(note, seen) : new Fault('NOT_FOUND')
}

function byChange(a: NoteFacts, b: NoteFacts) {
  return indexKeyOf(a) < indexKeyOf(b) ? 1 : -1
}
function indexKeyOf({ updatedAt, key }: NoteFacts) {
  return `${updatedAt}#${key}`
}

/** The caller's own notes, in the trash or not, in the order of lists. */
export function ownNotes({ caller, stored }: Seen, isTrashed: boolean): readonly NoteFacts[] {
  return stored.notes
    .filter((note) => roleIn(note, caller) === 'OWNER' && (note.trashedAt !== null) === isTrashed)
    .sort(byChange)
}

/** Expectations that are shared with the caller, in the order of lists. */
export function sharedNotes({ caller, stored }: Seen): readonly NoteFacts[] {
  return stored.notes.filter((note) => ['EDITOR', 'VIEWER'].includes(roleIn(note, caller) ?? '')).sort(byChange)
}

/** A whole list as one page. */
export function connection(notes: readonly NoteFacts[], seen: Seen) {
  const end = notes.length > 0 ? any('string') : null
  const nodes = notes.map((note) => noteView(note, seen))
  return {
    type: 'NoteConnection',
    nodes,
    edges: nodes.map((node) => ({ type: 'NoteEdge', cursor: any('string'), node })),
    pageInfo: { type: 'PageInfo', hasNextPage: false, hasPreviousPage: false, startCursor: end, endCursor: end },
  }
}

/** Tags of the caller's notes with their number. */
export function tagCounts(seen: Seen) {
  const counts = new Map<string, number>()
  for (const tag of ownNotes(seen, false).flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([tag, count]) => ({ type: 'TagCount', tag, count }))
}

function goneFor({ caller, stored }: Seen): readonly GoneFacts[] {
  return stored.gone.filter(({ personId }) => personId === caller.id)
}

/** All changes for the caller, oldest first. A deletion is listed only for callers who had synchronised before. */
export function changes(seen: Seen, isFirst: boolean) {
  const notes = [...ownNotes(seen, false), ...ownNotes(seen, true), ...sharedNotes(seen)]
  const changed = notes.map((note) => [indexKeyOf(note), { type: 'NoteChanged', note: noteView(note, seen) }] as const)
  const gone = isFirst ? [] : goneFor(seen).map((each) => [`${each.at}#${each.key}`, each] as const)
  const page = [...changed, ...gone].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change)
  return { type: 'NoteChanges', changes: page, cursor: any('string'), hasMore: false, resyncRequired: false }
}
