/** Mistakes in the rules, one for a statement each: the statement must become false, and the endpoint show why. */

import { mine, rules, sharedAs, staff } from '@fieldnotes/api/rules'
import type { statements } from '@fieldnotes/api/statements'
import { and, firstParty, has, inGroup, or, person, type Rule, signedIn } from '@fieldnotes/policy/rules'

export interface Planted {
  readonly statement: keyof typeof statements
  readonly coordinate: string
  readonly rule: Rule
}

const { Mutation, Note, User } = rules
const [reads, writes, shares, trashes] = ['read', 'write', 'share', 'trash'].map((name) => has(`notes:${name}`)) as [
  Rule,
  Rule,
  Rule,
  Rule,
]
const readable = Note.content
const visible = or(mine, sharedAs('EDITOR'), sharedAs('VIEWER'))

export const planted: readonly Planted[] = [
  { statement: 'A machine is not a person', coordinate: 'Query.me', rule: signedIn },
  { statement: 'A machine has no account', coordinate: 'Mutation.updateProfile', rule: and(firstParty, writes) },
  { statement: 'A machine shares no note', coordinate: 'Mutation.shareNote', rule: or(writes, shares) },
  { statement: 'A third party changes no profile', coordinate: 'Mutation.updateProfile', rule: and(person, writes) },
  { statement: 'A note is found by reading alone', coordinate: 'Query.tags', rule: or(reads, writes) },
  { statement: 'Contents need the scope to read', coordinate: 'Note.content', rule: visible },
  {
    statement: 'A token that only reads changes nothing',
    coordinate: 'Mutation.createNote',
    rule: or(writes, reads),
  },
  {
    statement: 'The scope for the trash deletes nothing for good',
    coordinate: 'Mutation.deleteNote',
    rule: or(writes, trashes),
  },
  {
    statement: 'An app of a third party deletes nothing for good',
    coordinate: 'Mutation.deleteNote',
    rule: writes,
  },
  {
    statement: 'An app of a third party shares with the scope to share alone',
    coordinate: 'Mutation.shareNote',
    rule: and(person, or(writes, shares)),
  },
  {
    statement: 'An app of a third party reaches the trash with its scope alone',
    coordinate: 'Mutation.trashNote',
    rule: or(writes, trashes),
  },
  { statement: 'The scope to share edits nothing', coordinate: 'Mutation.updateNote', rule: or(writes, shares) },
  { statement: 'The app that changed a note is for audits', coordinate: 'Note.lastEditedWith', rule: readable },
  { statement: 'An owner who may read reads everything plain', coordinate: 'Note.tags', rule: and(readable, staff) },
  {
    statement: 'A sharee who may read reads everything plain',
    coordinate: 'Note.color',
    rule: and(reads, or(mine, sharedAs('EDITOR'))),
  },
  { statement: 'Only the owner sees with whom a note is shared', coordinate: 'Note.shares', rule: readable },
  { statement: 'The title is as open as the content', coordinate: 'Note.title', rule: or(readable, writes) },
  {
    statement: 'Who sees the last app sees the content',
    coordinate: 'Note.lastEditedWith',
    rule: has('notes:audit'),
  },
  { statement: 'Sizes are for staff', coordinate: 'Note.sizeBytes', rule: readable },
  {
    statement: "Another issuer's staff sees no sizes",
    coordinate: 'Note.sizeBytes',
    rule: and(readable, or(staff, inGroup('firebase:staff'))),
  },
  { statement: 'An e-mail address is for oneself and staff', coordinate: 'User.email', rule: person },
  { statement: 'A handle is for oneself', coordinate: 'User.handle', rule: User.email },
  {
    statement: 'Restoring is as open as the trash',
    coordinate: 'Mutation.restoreNote',
    rule: or(Mutation.trashNote, and(person, reads)),
  },
  {
    statement: 'Unsharing is as open as leaving',
    coordinate: 'Mutation.leaveNote',
    rule: or(Mutation.leaveNote, and(person, reads)),
  },
  {
    statement: 'Who shares may take it back',
    coordinate: 'Mutation.shareNote',
    rule: and(person, or(writes, shares, reads)),
  },
  {
    statement: 'Sessions and apps are for oneself, by a client of the product',
    coordinate: 'User.sessions',
    rule: User.handle,
  },
  {
    statement: 'Sessions and apps are for oneself, by a client of the product',
    coordinate: 'User.apps',
    rule: User.handle,
  },
  // The last ones: their requests end sign-ins of the caller of every counterexample.
  {
    statement: 'Only a person ends sign-ins and apps, by a client of the product',
    coordinate: 'Mutation.signOut',
    rule: person,
  },
  {
    statement: 'Ending every sign-in needs a fresh one',
    coordinate: 'Mutation.signOut',
    rule: and(person, firstParty),
  },
]

/** Mistakes that no request shows today: the store would have to return a foreign note as well. */
export const unreachable: readonly Planted[] = [
  { statement: 'A note is read by its owner and by those it is shared with', coordinate: 'Note.content', rule: reads },
  {
    statement: 'No machine reads what is neither its own nor shared with it',
    coordinate: 'Note.title',
    rule: or(readable, and(reads, signedIn)),
  },
  {
    statement: 'The trash hides a note from those it was shared with',
    coordinate: 'Note.trashedAt',
    rule: or(readable, person),
  },
]
