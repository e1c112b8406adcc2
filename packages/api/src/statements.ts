/**
 * What must be true of the rules, for every caller and every object. `npm run prove` checks each statement for all
 * combinations of facts, and prints the smallest counterexample of a false one.
 */
import { given } from '@fieldnotes/policy/argument'
import { always, equal, field, implies, never, onlyIf, type Statement, when } from '@fieldnotes/policy/prove'
import { and, firstParty, has, inGroup, not, or, person, signedIn } from '@fieldnotes/policy/rules'
import type { ObjectTypes } from './generated/types.ts'
import { listed, shared, trashed } from './knowledge.ts'
import { mine, oneself, recently, sharedAs, staff } from './rules.ts'

const of = field<ObjectTypes>

const reads = has('notes:read')
const writes = has('notes:write')
const shares = has('notes:share')
const trashes = has('notes:trash')
const audits = has('notes:audit')
const machine = when(signedIn, not(person))
const everywhere = given('input.everywhere', [true])

const contents = ['Note.title', 'Note.content', 'Note.tags', 'Note.pinned', 'Note.color', 'Note.trashedAt'] as const
const history = ['Note.version', 'Note.createdAt', 'Note.updatedAt', 'Note.lastEditedWith', 'Note.sizeBytes'] as const
const sharing = ['Note.owner', 'Note.viewerRole', 'Note.viewerCan', 'Note.shares'] as const
const changing = of(
  'Mutation.createNote',
  'Mutation.createNotes',
  'Mutation.updateNote',
  'Mutation.trashNote',
  'Mutation.restoreNote',
  'Mutation.deleteNote',
  'Mutation.shareNote',
  'Mutation.unshareNote',
  'Mutation.leaveNote',
  'Mutation.updateProfile',
)
const plain = of(...contents)
const guarded = of(...contents, ...history, ...sharing)
const owned = of('NotePermissions.trash', 'NotePermissions.restore', 'NotePermissions.delete', 'NotePermissions.share')
const lists = of('Query.note', 'Query.notes', 'Query.sharedWithMe', 'Query.tags', 'Query.node', 'Query.changes')

/** By what they say. */
export const statements = {
  // The caller.
  'Only a known caller reads': never(of('Query.*'), when(not(signedIn))),
  'Only a known caller writes': never(of('Mutation.*'), when(not(signedIn))),
  'A machine is not a person': never(of('Query.me'), machine),
  'A machine has no account': never(of('Mutation.updateProfile', 'User.handle', 'User.sessions'), machine),
  'A machine shares no note': never(of('Mutation.shareNote'), machine),
  'A third party changes no profile': never(of('Mutation.updateProfile'), when(not(firstParty))),

  'Only a person ends sign-ins and apps, by a client of the product': onlyIf(
    of('Mutation.signOut', 'Mutation.revokeSession', 'Mutation.revokeApp'),
    and(person, firstParty),
  ),
  'Only a person exports, by a client of the product that reads': onlyIf(
    of('Mutation.exportMyData'),
    and(person, firstParty, reads),
  ),
  'Ending every sign-in needs a fresh one': never(of('Mutation.signOut'), when(everywhere, not(recently))),

  // Scopes.
  'A note is found by reading alone': onlyIf(lists, reads),
  'Contents need the scope to read': onlyIf(guarded, reads),
  'A token that only reads changes nothing': never(changing, when(not(writes), not(shares), not(trashes))),
  'The scope for the trash deletes nothing for good': never(of('Mutation.deleteNote'), when(not(writes))),
  'An app of a third party deletes nothing for good': never(of('Mutation.deleteNote'), when(person, not(firstParty))),
  'An app of a third party shares with the scope to share alone': never(
    of('Mutation.shareNote', 'Mutation.unshareNote', 'Mutation.leaveNote'),
    when(person, not(firstParty), not(shares)),
  ),
  'An app of a third party reaches the trash with its scope alone': never(
    of('Mutation.trashNote', 'Mutation.restoreNote'),
    when(person, not(firstParty), not(trashes)),
  ),
  'The scope to share edits nothing': never(of('Mutation.updateNote'), when(shares, not(writes))),
  'The app that changed a note is for audits': onlyIf(of('Note.lastEditedWith'), audits),

  // Notes.
  'A note is read by its owner and by those it is shared with': onlyIf(guarded, or(mine, shared)),
  'No machine reads what is neither its own nor shared with it': never(guarded, when(machine, not(mine), not(shared))),
  'The trash hides a note from those it was shared with': never(guarded, when(trashed, listed)),
  'An owner who may read reads everything plain': always(plain, when(reads, mine)),
  'A sharee who may read reads everything plain': always(plain, when(reads, shared)),
  'Only the owner sees with whom a note is shared': onlyIf(of('Note.shares'), mine),
  'The title is as open as the content': equal(of('Note.title'), of('Note.content')),
  'Who sees the last app sees the content': implies(of('Note.lastEditedWith'), of('Note.content')),
  'Sizes are for staff': onlyIf(of('Note.sizeBytes'), staff),
  "Another issuer's staff sees no sizes": never(
    of('Note.sizeBytes'),
    when(person, inGroup('firebase:staff'), not(staff)),
  ),

  // What a caller may do with a note: the rule of the mutation, and the role.
  'A note is edited by its owner and its editors': onlyIf(of('NotePermissions.update'), or(mine, sharedAs('EDITOR'))),
  'Only the owner shares, puts into the trash and deletes': onlyIf(owned, mine),
  'The owner leaves no note': never(of('NotePermissions.leave'), when(mine)),

  // People.
  'An e-mail address is for oneself and staff': onlyIf(of('User.email'), or(oneself, staff)),
  'A handle is for oneself': onlyIf(of('User.handle'), oneself),
  'Sessions and apps are for oneself, by a client of the product': onlyIf(
    of('User.sessions', 'User.apps'),
    and(person, firstParty, oneself),
  ),
  'A session is read by a person, by a client of the product': onlyIf(
    of('Session.userAgent', 'Session.firstSeen', 'Session.lastSeen', 'Session.current'),
    and(person, firstParty),
  ),
  'A connected app is read by a person, by a client of the product': onlyIf(
    of(
      'ConnectedApp.clientId',
      'ConnectedApp.name',
      'ConnectedApp.scopes',
      'ConnectedApp.since',
      'ConnectedApp.lastUsedAt',
    ),
    and(person, firstParty),
  ),

  // Mutations.
  'Restoring is as open as the trash': equal(of('Mutation.trashNote'), of('Mutation.restoreNote')),
  'Unsharing is as open as leaving': equal(of('Mutation.unshareNote'), of('Mutation.leaveNote')),
  'Who shares may take it back': implies(of('Mutation.shareNote'), of('Mutation.unshareNote')),
} as const satisfies Readonly<Record<string, Statement>>
