/**
 * Cases for mutations of a note: every mutation × every caller × every state. Each checks the response, the stored
 * items, and `viewerCan` before it.
 */

import { any, differences, Fault } from './expect.ts'
import type { NoteFacts } from './facts.ts'
import { type NoteMutation, noteMutations } from './note-mutations.ts'
import { outcomeOf } from './oracle.ts'
import { predict } from './predict.ts'
import { type Problem, problemsWith } from './problems.ts'
import type { Case } from './read-cases.ts'
import { mutationRemedyOf } from './remedy-oracle.ts'
import { coordinatesIn, everything, root, type Shape } from './shape.ts'
import { documentOf, renamed, type Syntax, syntaxes } from './syntax.ts'
import { noteView, type Seen } from './view.ts'
import { type Caller, noteAt } from './world.ts'
import { type Snapshot, type State, states, type WriteWorld, written } from './write-world.ts'

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** The operation of a mutation that selects its whole payload. */
export function rootOf(mutation: string): Shape {
  const shape = everything(`${capital(mutation)}Payload`)
  return root('Mutation', { key: mutation, name: mutation, args: '(input: $input)', shape })
}

/** The document of a mutation in one syntax, and the shape of its response. */
export function operationFor(mutation: string, syntax: Syntax) {
  const shape = renamed(rootOf(mutation), syntax, 'Note')
  const header = `mutation ($input: ${capital(mutation)}Input!)`
  return { shape, document: documentOf(shape, syntax, { target: 'Note', header }) }
}

/** Every caller uses each syntax in some case, and so does every mutation. */
export function syntaxFor(caller: Caller, index: number): Syntax {
  return syntaxes[(caller.name.length + index) % syntaxes.length] ?? syntaxes[0]
}

const said = { updateNote: 'update', trashNote: 'trash', restoreNote: 'restore', deleteNote: 'delete' } as const
const sayings: Readonly<Record<string, string>> = { ...said, shareNote: 'share', leaveNote: 'leave' }

/** Value of `viewerCan` for a mutation before it runs; `undefined` when it has no such field. */
async function permissionOf({ world }: WriteWorld, caller: Caller, mutation: string, id: string): Promise<unknown> {
  const ability = sayings[mutation]
  if (!ability) return undefined
  const { body } = await world.endpoint.ask(
    caller.token,
    `query ($id: ID!) { note(id: $id) { viewerCan { ${ability} } } }`,
    { id },
  )
  return body.data.note?.viewerCan?.[ability]
}

/** Members of a note that clients can read or that decisions depend on. */
function membersOf(note: NoteFacts) {
  const { id, ownerId, title, content, tags, pinned, color, version, createdAt, updatedAt, trashedAt } = note
  const { lastEditedWith, shares } = note
  return {
    id,
    ownerId,
    title,
    content,
    tags,
    pinned,
    color,
    version,
    createdAt,
    updatedAt,
    trashedAt,
    lastEditedWith,
    shares,
  }
}

interface ExecutedMutation {
  readonly act: NoteMutation
  readonly caller: Caller
  readonly id: string
  readonly before: Snapshot
  readonly after: Snapshot
}

/** Problems with the stored note after the mutation. */
function changeProblems(
  { world }: WriteWorld,
  { act, caller, id, before, after }: ExecutedMutation,
): readonly Problem[] {
  const was = noteAt(before.stored, id)
  const is = noteAt(after.stored, id)
  if (!was) return ['nothing was there']
  const effect = act.effect(was, caller, world)
  if (effect === 'gone') return is ? ['the note is still there'] : []
  if (effect === undefined) return written(before, after)
  const stamps = { version: was.version + 1, updatedAt: any('string'), lastEditedWith: caller.client }
  return differences({ ...membersOf(was), ...stamps, ...effect }, is && membersOf(is), 'note ')
}

/** Problems with other people's notes and profiles, which no mutation may change. */
export function touched(before: Snapshot, after: Snapshot, ids: readonly string[]): readonly Problem[] {
  const others = ({ stored }: Snapshot) =>
    Object.fromEntries(stored.notes.filter(({ id }) => !ids.includes(id)).map((note) => [note.id, note]))
  return differences(others(before), others(after), 'another note ')
}

function payloadOf(mutation: string, id: string, seen: Seen): object {
  const type = `${capital(mutation)}Payload`
  if (mutation === 'deleteNote') return { type, deletedNoteId: id }
  if (mutation === 'leaveNote') return { type, leftNoteId: id }
  const note = noteAt(seen.stored, id)
  return { type, note: note ? noteView(note, seen) : null }
}

function noteCase(act: NoteMutation, state: State, index: number): Case<WriteWorld> {
  return {
    name: `${act.mutation} of a note: ${state}`,
    coordinates: new Set(coordinatesIn(rootOf(act.mutation))),
    problems: async (writeWorld, caller) => {
      const { mutation } = act
      const { world } = writeWorld
      const id = await writeWorld.noteIn(state, caller)
      const saying = await permissionOf(writeWorld, caller, mutation, id)
      const before = await writeWorld.before()
      const { shape, document } = operationFor(mutation, syntaxFor(caller, index))
      const answer = await world.endpoint.ask(caller.token, document, {
        input: act.input({ id, caller, world, now: before }),
      })
      const after = await writeWorld.after()
      const seen = { caller, stored: after.stored }
      const outcome = outcomeOf(caller, mutation, noteAt(before.stored, id))
      const remedy = mutationRemedyOf(caller, mutation, noteAt(before.stored, id))
      const result = outcome ? new Fault(outcome, remedy) : payloadOf(mutation, id, seen)
      const said = saying === undefined || saying === !outcome
      return [
        ...problemsWith(answer, predict(shape, { type: 'Mutation', [mutation]: result }, seen)),
        ...(outcome ? written(before, after) : changeProblems(writeWorld, { act, caller, id, before, after })),
        ...touched(before, after, [id]),
        ...(said ? [] : [`viewerCan said ${saying}`]),
      ]
    },
  }
}

/** All mutations of a note. */
export const noteCases: readonly Case<WriteWorld>[] = noteMutations.flatMap((act, at) =>
  states.map((state, index) => noteCase(act, state, at * states.length + index)),
)
