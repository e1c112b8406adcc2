/** The mutations that need no note: new notes, and the caller's own profile. */
import { clientId } from '@fieldnotes/local/shapes'
import { differences } from './expect.ts'
import { refusalOf } from './oracle.ts'
import { predict } from './predict.ts'
import { type Problem, problemsWith } from './problems.ts'
import type { Case } from './reads.ts'
import { placesIn } from './shape.ts'
import { type Snapshot, type Stage, written } from './stage.ts'
import { noteView, personIn, type Seen } from './view.ts'
import type { Caller } from './world.ts'
import { asking, rootOf, syntaxFor, touched } from './writes.ts'

interface Birth {
  readonly mutation: string
  readonly input: object
  readonly payload: (born: ReturnType<typeof bornIn>, seen: Seen) => object
  /** What must now be stored. */
  readonly missing: (born: ReturnType<typeof bornIn>, after: Snapshot, caller: Caller) => readonly Problem[]
}

/** Notes that were not there before, in the order in which they were written. */
function bornIn(before: Snapshot, after: Snapshot) {
  return after.stored.notes
    .filter(({ id }) => !before.stored.notes.some((note) => note.id === id))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

const first = { title: 'first born', content: 'cries', tags: ['new'], pinned: true, color: 'RED' }
const second = { title: 'second born' }
const bare = { content: '', tags: [], pinned: false, color: null }

/** Exactly these notes, and they are the caller's. */
function misborn(
  born: ReturnType<typeof bornIn>,
  drafts: readonly object[],
  { id, issuer }: Caller,
): readonly Problem[] {
  const lastEditedWith = issuer === 'cognito' ? clientId : null
  const due = drafts.map((draft) => ({
    ...bare,
    ...draft,
    ownerId: id,
    version: 1,
    shares: {},
    trashedAt: null,
    lastEditedWith,
  }))
  const are = born.map(
    ({ title, content, tags, pinned, color, ownerId, version, shares, trashedAt, lastEditedWith }) => ({
      ...{ title, content, tags, pinned, color, ownerId, version, shares, trashedAt, lastEditedWith },
    }),
  )
  return differences(due, are, 'born ')
}

const births: readonly Birth[] = [
  {
    mutation: 'createNote',
    input: first,
    payload: ([note], seen) => ({ type: 'CreateNotePayload', note: note && noteView(note, seen) }),
    missing: (born, _after, caller) => misborn(born, [first], caller),
  },
  {
    mutation: 'createNotes',
    input: { notes: [first, second] },
    payload: (born, seen) => ({ type: 'CreateNotesPayload', notes: born.map((note) => noteView(note, seen)) }),
    missing: (born, _after, caller) => misborn(born, [first, second], caller),
  },
  {
    mutation: 'updateProfile',
    input: { name: 'Somebody Else', renewHandle: true },
    payload: (_born, { caller, stored }) => ({ type: 'UpdateProfilePayload', me: personIn(stored, caller.id) }),
    missing: (born, { stored }, { id }) =>
      differences(['Somebody Else', 0], [personIn(stored, id).name, born.length], 'profile '),
  },
]

function caseOf({ mutation, input, payload, missing }: Birth, turn: number): Case<Stage> {
  return {
    name: mutation,
    places: new Set(placesIn(rootOf(mutation))),
    problems: async (stage, caller) => {
      const { world } = stage
      const before = await stage.before()
      const { shape, document } = asking(mutation, syntaxFor(caller, turn))
      const answer = await world.endpoint.ask(caller.token, document, { input })
      const after = await stage.after()
      const born = bornIn(before, after)
      const seen = { caller, stored: after.stored }
      const refused = refusalOf(caller, `Mutation.${mutation}`, undefined)
      return [
        ...problemsWith(answer, predict(shape, { type: 'Mutation', [mutation]: payload(born, seen) }, seen)),
        ...(refused ? written(before, after) : missing(born, after, caller)),
        ...touched(
          before,
          after,
          born.map(({ id }) => id),
        ),
      ]
    },
  }
}

/** Each in every syntax. */
export const birthCases: readonly Case<Stage>[] = births.map(caseOf)
