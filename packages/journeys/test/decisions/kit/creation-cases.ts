/** Mutations that need no note: they create notes, or change the caller's own profile. */
import { differences } from './expect.ts'
import { operationFor, rootOf, syntaxFor, touched } from './note-cases.ts'
import { refusalOf } from './oracle.ts'
import { predict } from './predict.ts'
import { type Problem, problemsWith } from './problems.ts'
import type { Case } from './read-cases.ts'
import { coordinatesIn } from './shape.ts'
import { noteView, personIn, type Seen } from './view.ts'
import type { Caller } from './world.ts'
import { type Snapshot, type WriteWorld, written } from './write-world.ts'

interface Creation {
  readonly mutation: string
  readonly input: object
  readonly payload: (created: ReturnType<typeof createdIn>, seen: Seen) => object
  /** Problems with what is stored afterwards. */
  readonly missing: (created: ReturnType<typeof createdIn>, after: Snapshot, caller: Caller) => readonly Problem[]
}

/** Expectations that did not exist before, in the order of their keys. */
function createdIn(before: Snapshot, after: Snapshot) {
  return after.stored.notes
    .filter(({ id }) => !before.stored.notes.some((note) => note.id === id))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

const first = { title: 'the first new note', content: 'cries', tags: ['new'], pinned: true, color: 'RED' }
const second = { title: 'the second new note' }
const bare = { content: '', tags: [], pinned: false, color: null }

/** Differences from the expected notes, all owned by the caller. */
function creationDifferences(
  created: ReturnType<typeof createdIn>,
  drafts: readonly object[],
  { id, client }: Caller,
): readonly Problem[] {
  const due = drafts.map((draft) => ({
    ...bare,
    ...draft,
    ownerId: id,
    version: 1,
    shares: {},
    trashedAt: null,
    lastEditedWith: client,
  }))
  const are = created.map(
    ({ title, content, tags, pinned, color, ownerId, version, shares, trashedAt, lastEditedWith }) => ({
      ...{ title, content, tags, pinned, color, ownerId, version, shares, trashedAt, lastEditedWith },
    }),
  )
  return differences(due, are, 'created note ')
}

const creations: readonly Creation[] = [
  {
    mutation: 'createNote',
    input: first,
    payload: ([note], seen) => ({ type: 'CreateNotePayload', note: note && noteView(note, seen) }),
    missing: (created, _after, caller) => creationDifferences(created, [first], caller),
  },
  {
    mutation: 'createNotes',
    input: { notes: [first, second] },
    payload: (created, seen) => ({ type: 'CreateNotesPayload', notes: created.map((note) => noteView(note, seen)) }),
    missing: (created, _after, caller) => creationDifferences(created, [first, second], caller),
  },
  {
    mutation: 'updateProfile',
    input: { name: 'Another Name', renewHandle: true },
    payload: (_created, { caller, stored }) => ({ type: 'UpdateProfilePayload', me: personIn(stored, caller.id) }),
    missing: (created, { stored }, { id }) =>
      differences(['Another Name', 0], [personIn(stored, id).name, created.length], 'profile '),
  },
]

function caseOf({ mutation, input, payload, missing }: Creation, index: number): Case<WriteWorld> {
  return {
    name: mutation,
    coordinates: new Set(coordinatesIn(rootOf(mutation))),
    problems: async (writeWorld, caller) => {
      const { world } = writeWorld
      const before = await writeWorld.before()
      const { shape, document } = operationFor(mutation, syntaxFor(caller, index))
      const answer = await world.endpoint.ask(caller.token, document, { input })
      const after = await writeWorld.after()
      const created = createdIn(before, after)
      const seen = { caller, stored: after.stored }
      const refused = refusalOf(caller, `Mutation.${mutation}`, undefined)
      return [
        ...problemsWith(answer, predict(shape, { type: 'Mutation', [mutation]: payload(created, seen) }, seen)),
        ...(refused ? written(before, after) : missing(created, after, caller)),
        ...touched(
          before,
          after,
          created.map(({ id }) => id),
        ),
      ]
    },
  }
}

/** One case for each mutation; the syntax varies with the caller. */
export const creationCases: readonly Case<WriteWorld>[] = creations.map(caseOf)
