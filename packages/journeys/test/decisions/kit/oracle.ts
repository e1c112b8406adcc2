/**
 * The access rules a second time: a plain table that shares no code with the rules or the policy package. Where the two
 * disagree, one of them is wrong.
 */
import type { CallerFacts } from './callers.ts'
import type { NoteFacts } from './facts.ts'

/** Codes of refusals. */
export type Code = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND'

/** A caller whose user id is known. */
export interface KnownCaller extends CallerFacts {
  readonly id: string
}

/** Role of a caller in a note; `undefined` for none. */
export type Role = 'OWNER' | 'EDITOR' | 'VIEWER' | undefined

/** A note in the trash is visible to its owner only. */
export function roleIn(note: Pick<NoteFacts, 'ownerId' | 'shares' | 'trashedAt'>, { kind, id }: KnownCaller): Role {
  if (kind === 'anonymous') return undefined
  if (note.ownerId === id) return 'OWNER'
  return note.trashedAt === null ? note.shares[id]?.role : undefined
}

type Subject = { readonly key: string } & Partial<NoteFacts>
type Need = (caller: KnownCaller, subject: Subject) => boolean

function can(caller: KnownCaller, right: CallerFacts['rights'][number]) {
  return caller.rights.includes(right)
}
/** An app of a third party that acts for a person only creates and changes notes with the right to write. */
function writesAll(caller: KnownCaller) {
  return can(caller, 'write') && !(caller.kind === 'person' && caller.thirdParty)
}
function sees(caller: KnownCaller, note: Subject) {
  return can(caller, 'read') && roleIn(note as NoteFacts, caller) !== undefined
}
function isSelf(caller: KnownCaller, { key }: Subject) {
  return caller.kind === 'person' && caller.id === key
}

const needs = {
  nothing: () => true,
  'to be a person, and to read by a third party': (caller) =>
    caller.kind === 'person' && (!caller.thirdParty || can(caller, 'read')),
  'to read': (caller) => can(caller, 'read'),
  'to write': (caller) => can(caller, 'write'),
  'to write, not by a third party': writesAll,
  'to write or trash': (caller) => writesAll(caller) || can(caller, 'trash'),
  'to write or share': (caller) => writesAll(caller) || can(caller, 'share'),
  'to be a person who writes, by an own client': (caller) =>
    caller.kind === 'person' && !caller.thirdParty && can(caller, 'write'),
  'to be a person who reads, by an own client': (caller) =>
    caller.kind === 'person' && !caller.thirdParty && can(caller, 'read'),
  'to be a person, by an own client': (caller) => caller.kind === 'person' && !caller.thirdParty,
  'to be a person who shares': (caller) => caller.kind === 'person' && (writesAll(caller) || can(caller, 'share')),
  'to see it': sees,
  'to own it and read': (caller, note) => sees(caller, note) && roleIn(note as NoteFacts, caller) === 'OWNER',
  'to see it and audit': (caller, note) => sees(caller, note) && can(caller, 'audit'),
  'to see it in staff': (caller, note) => sees(caller, note) && caller.staff,
  'to be it': isSelf,
  'to be it, by an own client': (caller, person) => isSelf(caller, person) && !caller.thirdParty,
  'to be it or staff': (caller, person) => isSelf(caller, person) || caller.staff,
} as const satisfies Record<string, Need>

export type NeedName = keyof typeof needs

function all<Field extends string>(need: NeedName, ...fields: Field[]) {
  return Object.fromEntries(fields.map((field) => [field, need])) as Record<Field, NeedName>
}

/** Type → field → what the caller needs. */
export const spec: Readonly<Record<string, Readonly<Record<string, NeedName>>>> = {
  Query: {
    me: 'to be a person, and to read by a third party',
    ...all('to read', 'note', 'notes', 'sharedWithMe', 'tags', 'node', 'nodes', 'changes'),
  },
  Mutation: {
    ...all('to write', 'createNote', 'createNotes', 'updateNote'),
    deleteNote: 'to write, not by a third party',
    ...all('to write or trash', 'trashNote', 'restoreNote'),
    ...all('to write or share', 'unshareNote', 'leaveNote'),
    shareNote: 'to be a person who shares',
    updateProfile: 'to be a person who writes, by an own client',
    exportMyData: 'to be a person who reads, by an own client',
    // Of one sign-in. Ending all of them is in `sign-out/`.
    ...all('to be a person, by an own client', 'signOut', 'revokeSession', 'revokeApp'),
  },
  Note: {
    id: 'nothing',
    ...all(
      'to see it',
      'title',
      'content',
      'tags',
      'pinned',
      'color',
      'version',
      'createdAt',
      'updatedAt',
      'trashedAt',
    ),
    ...all('to see it', 'owner', 'viewerRole', 'viewerCan'),
    shares: 'to own it and read',
    lastEditedWith: 'to see it and audit',
    sizeBytes: 'to see it in staff',
  },
  User: {
    ...all('nothing', 'id', 'name'),
    email: 'to be it or staff',
    handle: 'to be it',
    ...all('to be it, by an own client', 'sessions', 'apps'),
  },
  Session: {
    id: 'nothing',
    ...all('to be a person, by an own client', 'userAgent', 'firstSeen', 'lastSeen', 'current'),
  },
  ConnectedApp: {
    id: 'nothing',
    ...all('to be a person, by an own client', 'clientId', 'name', 'scopes', 'since', 'lastUsedAt'),
  },
  ConnectedAppConnection: all('nothing', 'edges', 'nodes', 'pageInfo'),
  ConnectedAppEdge: all('nothing', 'cursor', 'node'),
  SessionConnection: all('nothing', 'edges', 'nodes', 'pageInfo'),
  SessionEdge: all('nothing', 'cursor', 'node'),
  Share: all('nothing', 'person', 'role', 'sharedAt'),
  NotePermissions: all('nothing', 'update', 'trash', 'restore', 'delete', 'share', 'leave'),
  NoteConnection: all('nothing', 'edges', 'nodes', 'pageInfo'),
  NoteEdge: all('nothing', 'cursor', 'node'),
  PageInfo: all('nothing', 'hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor'),
  TagCount: all('nothing', 'tag', 'count'),
  NoteChanges: all('nothing', 'changes', 'cursor', 'hasMore', 'resyncRequired'),
  NoteChanged: all('nothing', 'note'),
  NoteGone: all('nothing', 'noteId', 'reason', 'at'),
  ...Object.fromEntries(
    ['Create', 'Update', 'Trash', 'Restore', 'Share', 'Unshare'].map((act) => [
      `${act}NotePayload`,
      all('nothing', 'note'),
    ]),
  ),
  CreateNotesPayload: all('nothing', 'notes'),
  DeleteNotePayload: all('nothing', 'deletedNoteId'),
  LeaveNotePayload: all('nothing', 'leftNoteId'),
  UpdateProfilePayload: all('nothing', 'me'),
  RevokeAppPayload: all('nothing', 'revokedClientId', 'refusedFrom'),
  RevokeSessionPayload: all('nothing', 'revokedSessionId', 'refusedFrom'),
  ExportMyDataPayload: all('nothing', 'exportId', 'status', 'location', 'archive', 'expiresAt'),
  SignOutPayload: all('nothing', 'everywhere', 'endedUntil', 'refusedFrom'),
}

/** What a field needs of its caller. */
export function needOf(coordinate: string): NeedName {
  const [type = '', field = ''] = coordinate.split('.')
  const need = spec[type]?.[field]
  if (need === undefined) throw new Error(`the oracle has no entry for ${coordinate}`)
  return need
}

/** The code with which this caller is refused at `Type.field`; `undefined` when allowed. */
export function refusalOf(caller: KnownCaller, coordinate: string, subject: unknown): Code | undefined {
  if (needs[needOf(coordinate)](caller, subject as Subject)) return undefined
  return caller.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN'
}

/** Roles that may execute each mutation of a note. */
export const rolesFor: Readonly<Record<string, readonly Role[]>> = {
  updateNote: ['OWNER', 'EDITOR'],
  trashNote: ['OWNER'],
  restoreNote: ['OWNER'],
  deleteNote: ['OWNER'],
  shareNote: ['OWNER'],
  unshareNote: ['OWNER'],
  leaveNote: ['EDITOR', 'VIEWER'],
}

/**
 * The code with which a mutation of a note fails; `undefined` when it succeeds. An invisible note does not exist for
 * the caller.
 */
export function outcomeOf(caller: KnownCaller, mutation: string, note: NoteFacts | undefined): Code | undefined {
  const refusal = refusalOf(caller, `Mutation.${mutation}`, undefined)
  if (refusal) return refusal
  const role = note && roleIn(note, caller)
  if (!role) return 'NOT_FOUND'
  return rolesFor[mutation]?.includes(role) ? undefined : 'FORBIDDEN'
}
