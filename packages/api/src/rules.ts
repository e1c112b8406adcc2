/** The rule of every field. A field without a rule fails to compile, and the endpoint does not start. */
import type { Principal } from '@fieldnotes/core/principal'
import { argument } from '@fieldnotes/policy/argument'
import {
  allow,
  and,
  family,
  firstParty,
  freshSignIn,
  has,
  inGroup,
  not,
  object,
  or,
  person,
  type RuleTable,
} from '@fieldnotes/policy/rules'
import type { ObjectTypes, ShareRole } from './generated/types.ts'
import type { Note } from './notes/note.ts'
import { roleOf } from './notes/roles.ts'
import type { Person } from './people/person.ts'

/** For explanations only, as `shareOf`. */
function ownerOf(_principal: Principal, { ownerId }: Note): string {
  return `owned by ${ownerId}`
}

function shareOf(principal: Principal, note: Note): string {
  const role = principal.kind === 'anonymous' ? undefined : note.shares[principal.id]?.role
  if (!role) return 'not shared with the caller'
  return `shared with the caller as ${role.toLowerCase()}${note.trashedAt === undefined ? '' : ', but in the trash'}`
}

/** The caller's own note. */
export const mine = object(
  'mine',
  (principal, note: Note) => principal.kind !== 'anonymous' && roleOf(note, principal.id) === 'OWNER',
  ownerOf,
)

/** A note outside the trash that is shared with the caller in this role. */
export const sharedAs = family((role: ShareRole) =>
  object(
    `shared as ${role.toLowerCase()}`,
    (principal, note: Note) => principal.kind !== 'anonymous' && roleOf(note, principal.id) === role,
    shareOf,
  ),
)

/** The person is the caller. */
export const oneself = object(
  'oneself',
  (principal, { id }: Person) => principal.kind !== 'anonymous' && id === principal.id,
  (_principal, { id }) => `this is ${id}`,
)

/** Members of the group that may read e-mail addresses and sizes. */
export const staff = inGroup('cognito:staff')
const reads = has('notes:read')
const writes = has('notes:write')
/** A caller who acts for itself or by a client of the product. An app of a third party acts for someone else. */
const unconfined = or(firstParty, not(person))
/** To an app of a third party, writing gives neither the trash nor sharing, and no scope gives deletion for good. */
const writesAll = and(writes, unconfined)
const trashes = or(writesAll, has('notes:trash'))
const shares = or(writesAll, has('notes:share'))
/** What manages the account: a person, by a client of the product. It needs no scope. */
const ownAccount = and(person, firstParty)
/** Of what a stolen token must not do: a sign-in of the last 5 minutes. */
export const recently = freshSignIn(300)
/** A service has no profile, and a caller without a token is no person: the matrix says so. */
const self = and(person, oneself)
/** Of an account, what its person sees by clients of the product alone. */
const managed = and(ownAccount, oneself)
const readable = and(reads, or(mine, sharedAs('EDITOR'), sharedAs('VIEWER')))

export const rules = {
  Query: {
    // An app of a third party reads the profile only with a scope that the person agreed to.
    me: and(person, or(firstParty, reads)),
    note: reads,
    notes: reads,
    sharedWithMe: reads,
    tags: reads,
    node: reads,
    nodes: reads,
    changes: reads,
  },
  Mutation: {
    createNote: writes,
    createNotes: writes,
    updateNote: writes,
    trashNote: trashes,
    restoreNote: trashes,
    deleteNote: writesAll,
    shareNote: and(person, shares),
    unshareNote: shares,
    leaveNote: shares,
    updateProfile: and(ownAccount, writes),
    revokeSession: ownAccount,
    revokeApp: ownAccount,
    exportMyData: and(ownAccount, reads),
    signOut: and(ownAccount, argument('input.everywhere', recently, [true])),
  },
  Note: {
    id: allow,
    title: readable,
    content: readable,
    tags: readable,
    pinned: readable,
    color: readable,
    version: readable,
    createdAt: readable,
    updatedAt: readable,
    trashedAt: readable,
    owner: readable,
    viewerRole: readable,
    viewerCan: readable,
    shares: and(reads, mine),
    lastEditedWith: and(readable, has('notes:audit')),
    sizeBytes: and(readable, staff),
  },
  User: {
    id: allow,
    name: allow,
    email: or(self, staff),
    handle: self,
    sessions: managed,
    apps: managed,
  },
  Session: { id: allow, userAgent: ownAccount, firstSeen: ownAccount, lastSeen: ownAccount, current: ownAccount },
  SessionConnection: { edges: allow, nodes: allow, pageInfo: allow },
  SessionEdge: { cursor: allow, node: allow },
  ConnectedApp: {
    id: allow,
    clientId: ownAccount,
    name: ownAccount,
    scopes: ownAccount,
    since: ownAccount,
    lastUsedAt: ownAccount,
  },
  ConnectedAppConnection: { edges: allow, nodes: allow, pageInfo: allow },
  ConnectedAppEdge: { cursor: allow, node: allow },
  Share: { person: allow, role: allow, sharedAt: allow },
  NotePermissions: { update: allow, trash: allow, restore: allow, delete: allow, share: allow, leave: allow },
  NoteConnection: { edges: allow, nodes: allow, pageInfo: allow },
  NoteEdge: { cursor: allow, node: allow },
  PageInfo: { hasNextPage: allow, hasPreviousPage: allow, startCursor: allow, endCursor: allow },
  TagCount: { tag: allow, count: allow },
  NoteChanges: { changes: allow, cursor: allow, hasMore: allow, resyncRequired: allow },
  NoteChanged: { note: allow },
  NoteGone: { noteId: allow, reason: allow, at: allow },
  CreateNotePayload: { note: allow },
  CreateNotesPayload: { notes: allow },
  UpdateNotePayload: { note: allow },
  TrashNotePayload: { note: allow },
  RestoreNotePayload: { note: allow },
  DeleteNotePayload: { deletedNoteId: allow },
  ShareNotePayload: { note: allow },
  UnshareNotePayload: { note: allow },
  LeaveNotePayload: { leftNoteId: allow },
  UpdateProfilePayload: { me: allow },
  RevokeSessionPayload: { revokedSessionId: allow, refusedFrom: allow },
  RevokeAppPayload: { revokedClientId: allow, refusedFrom: allow },
  ExportMyDataPayload: { exportId: allow, status: allow, location: allow, archive: allow, expiresAt: allow },
  SignOutPayload: { everywhere: allow, endedUntil: allow, refusedFrom: allow },
} satisfies RuleTable<ObjectTypes>
