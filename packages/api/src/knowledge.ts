/**
 * What the rules alone do not say, for proofs: relations between the facts of notes and people, examples of both, and
 * how requests reach them. Tests compare each part with stored notes and with the endpoint.
 */
import type { Principal } from '@fieldnotes/core/principal'
import type { Knowledge } from '@fieldnotes/policy/prove'
import { and, not, object, or, person, type Rule, signedIn } from '@fieldnotes/policy/rules'
import type { Note } from './notes/note.ts'
import type { Person } from './people/person.ts'
import { mine, oneself, sharedAs } from './rules.ts'

const editor = sharedAs('EDITOR')
const viewer = sharedAs('VIEWER')

/** The note is shared with the caller, in either role. */
export const shared = or(editor, viewer)

/** The note is in the trash. No rule reads it alone. */
export const trashed = object('in the trash', (_principal, { trashedAt }: Note) => trashedAt !== undefined)

/** The note lists the caller among its shares, also where the trash hides it. No rule reads it alone. */
export const listed = object(
  'among the shares',
  (principal, { shares }: Note) => principal.kind !== 'anonymous' && Object.hasOwn(shares, principal.id),
)

function requires(first: Rule, second: Rule): Rule {
  return or(not(first), second)
}

/** Each allows every caller at every note and person. */
export const relations: readonly Rule[] = [
  not(and(mine, listed)),
  not(and(editor, viewer)),
  not(and(shared, trashed)),
  requires(shared, listed),
  requires(and(listed, not(trashed)), shared),
  requires(mine, signedIn),
  requires(listed, signedIn),
  requires(oneself, signedIn),
]

type Holds = (rule: Rule) => boolean

function idOf(caller: Principal): string {
  return caller.kind === 'anonymous' ? '' : caller.id
}

const another = 'another person'
const at = '2026-11-22T09:00:00.000Z'

/** The members of a note that the rules read. */
export type NoteExample = Pick<Note, 'ownerId' | 'shares' | 'trashedAt'>

function noteExample(holds: Holds, caller: Principal): NoteExample {
  const role = holds(editor) ? 'EDITOR' : 'VIEWER'
  return {
    ownerId: holds(mine) ? idOf(caller) : another,
    shares: holds(listed) ? { [idOf(caller)]: { role, at } } : {},
    trashedAt: holds(trashed) ? at : undefined,
  }
}

/** Ids that begin as the caller's does, or that the caller's begins with. */
function similarIds(caller: Principal): readonly string[] {
  return [`${idOf(caller)} and more`, idOf(caller).slice(0, 3)]
}

const otherShares: readonly Note['shares'][] = [
  { 'another sharee': { role: 'VIEWER', at } },
  { 'another sharee': { role: 'EDITOR', at }, 'a third': { role: 'VIEWER', at }, 'a fourth': { role: 'VIEWER', at } },
]

/** The same note shared with others too, put into the trash at other times, and owned by others with similar ids. */
function noteVariants(example: unknown, caller: Principal): readonly NoteExample[] {
  const note = example as NoteExample
  const times = note.trashedAt === undefined ? [] : ['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z']
  const owners = note.ownerId === another ? similarIds(caller) : []
  return [
    ...otherShares.map((others) => ({ ...note, shares: { ...others, ...note.shares } })),
    ...times.map((trashedAt) => ({ ...note, trashedAt })),
    ...owners.map((ownerId) => ({ ...note, ownerId })),
  ]
}

function personVariants(example: unknown, caller: Principal): readonly Person[] {
  return (example as Person).id === another ? similarIds(caller).map((id) => ({ id })) : []
}

function personExample(holds: Holds, caller: Principal): Person {
  return { id: holds(oneself) ? idOf(caller) : another }
}

/** The store returns no other note to a caller. Notes are shared with people only. */
const visible = or(mine, and(shared, person))

export const knowledge: Knowledge = {
  relations,
  // A permission is decided at its note.
  examples: { Note: noteExample, NotePermissions: noteExample, User: personExample },
  variants: { Note: noteVariants, NotePermissions: noteVariants, User: personVariants },
  ways: {
    Note: [
      { through: ['Query.note'], given: visible },
      { through: ['Mutation.updateNote', 'UpdateNotePayload.note'], given: or(mine, and(editor, person)) },
    ],
    NotePermissions: [{ through: ['Query.note', 'Note.viewerCan'], given: visible }],
    User: [
      { through: ['Query.me'], given: oneself },
      { through: ['Query.note', 'Note.owner'], given: and(shared, person, not(oneself)) },
    ],
  },
  inputs: {
    'Mutation.updateNote': { input: { title: '<title>' } },
    'Mutation.updateProfile': { input: { name: '<name>' } },
  },
}
