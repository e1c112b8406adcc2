/**
 * The fields that are read as the property of their name, by type. A field that is not in this table needs a resolver:
 * the default of GraphQL would return null for it without an error.
 */
import type { ResolversParentTypes } from '../generated/resolver-types.ts'
import type { ObjectTypes } from '../generated/types.ts'

/** Type → fields that are properties of the objects that resolvers of the type receive. */
type Properties = {
  readonly [Type in keyof ObjectTypes]?: readonly (keyof ObjectTypes[Type] & keyof ResolversParentTypes[Type])[]
}

const note = ['note'] as const

/** What a client edits of a note, and the versions and times of its edits. A CONFLICT has them too. */
export const noteState = [
  'title',
  'content',
  'tags',
  'pinned',
  'color',
  'version',
  'createdAt',
  'updatedAt',
  'trashedAt',
] as const

export const properties = {
  Note: [...noteState, 'lastEditedWith'],
  Share: ['role'],
  NotePermissions: ['update', 'trash', 'restore', 'delete', 'share', 'leave'],
  NoteEdge: ['node'],
  PageInfo: ['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor'],
  TagCount: ['tag', 'count'],
  NoteChanges: ['changes', 'cursor', 'hasMore', 'resyncRequired'],
  NoteChanged: note,
  NoteGone: ['reason', 'at'],
  CreateNotePayload: note,
  CreateNotesPayload: ['notes'],
  UpdateNotePayload: note,
  TrashNotePayload: note,
  RestoreNotePayload: note,
  DeleteNotePayload: ['deletedNoteId'],
  ShareNotePayload: note,
  UnshareNotePayload: note,
  LeaveNotePayload: ['leftNoteId'],
  UpdateProfilePayload: ['me'],
  SessionEdge: ['node'],
  Session: ['current'],
  ConnectedAppEdge: ['node'],
  ConnectedApp: ['clientId', 'name'],
  RevokeAppPayload: ['revokedClientId', 'refusedFrom'],
  RevokeSessionPayload: ['revokedSessionId', 'refusedFrom'],
  ExportMyDataPayload: ['exportId', 'status', 'location', 'archive', 'expiresAt'],
  SignOutPayload: ['everywhere', 'endedUntil', 'refusedFrom'],
} as const satisfies Properties
